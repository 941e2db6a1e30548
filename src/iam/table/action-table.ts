import { compileGlob, matchGlob } from '../match/glob.ts';
import { tokensOf } from '../match/tokens.ts';

export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging' | '';

export interface ActionFacts {
  /** `service:Action` as AWS writes it. */
  readonly name: string;
  readonly level: AccessLevel;
  readonly resources: readonly ResourceFacts[];
  /** Condition keys that the action supports, beside the global ones. */
  readonly keys: readonly KeyFacts[];
}

export interface ResourceFacts {
  readonly type: string;
  /** `arn:${Partition}:s3:::${BucketName}`. */
  readonly arn: string;
  readonly required: boolean;
}

export interface KeyFacts {
  /** Ends in a placeholder where a name follows: `aws:ResourceTag/${TagKey}`. */
  readonly key: string;
  readonly type: string;
}

/** What AWS's Service Authorization Reference says about services, actions and condition keys. */
export interface ActionTable {
  readonly version: string;
  readonly services: readonly string[];
  hasService(service: string): boolean;
  /** The facts of an action; case does not matter. */
  action(name: string): ActionFacts | undefined;
  /** The actions that a pattern such as `s3:Get*` stands for, in the order of their names. */
  expand(pattern: string): readonly string[];
  /** Condition keys of a service. */
  keysOf(service: string): readonly KeyFacts[];
}

/** The committed form of the table (`actions.generated.json`). */
export interface TableSource {
  readonly version: string;
  readonly levels: readonly string[];
  readonly services: Readonly<Record<string, ServiceRow>>;
}

type ActionRow = readonly [
  name: string,
  level: number,
  resources: readonly number[],
  keys: readonly number[],
];

interface ServiceRow {
  readonly actions: readonly ActionRow[];
  readonly resources: readonly (readonly [type: string, arn: string, keys: readonly number[]])[];
  readonly keys: readonly (readonly [key: string, type: string])[];
}

interface ServiceIndex {
  readonly row: ServiceRow;
  /** Lower-case names in order, each with its row. */
  readonly names: readonly string[];
  readonly rows: readonly ActionRow[];
}

let loading: Promise<ActionTable> | undefined;

/** Loads the table when it is first needed; it takes about a megabyte. */
export function loadActionTable(): Promise<ActionTable> {
  loading ??= import('./actions.generated.json', { with: { type: 'json' } }).then(({ default: source }) =>
    actionTable(source as unknown as TableSource),
  );
  return loading;
}

/** Makes a table of its committed form. */
export function actionTable(source: TableSource): ActionTable {
  const services = new Map(Object.entries(source.services));
  const indexes = new Map<string, ServiceIndex>();
  const indexOf = (service: string): ServiceIndex | undefined => {
    const row = services.get(service);
    if (row === undefined) return undefined;
    let index = indexes.get(service);
    if (index === undefined) {
      index = buildIndex(row);
      indexes.set(service, index);
    }
    return index;
  };
  return {
    version: source.version,
    services: [...services.keys()],
    hasService: (service) => services.has(service.toLowerCase()),
    action(name) {
      const [service, action] = halves(name);
      const index = indexOf(service);
      const at = index?.names.indexOf(action) ?? -1;
      const row = index?.rows[at];
      return index && row && factsOf(source, service, index.row, row);
    },
    expand(pattern) {
      const [service, action] = halves(pattern);
      if (!/[*?]/.test(service)) return expandIn(service, indexOf(service), action);
      const glob = globOf(service);
      return [...services.keys()]
        .filter((each) => matchGlob(glob, each))
        .flatMap((each) => expandIn(each, indexOf(each), action));
    },
    keysOf: (service) =>
      (services.get(service.toLowerCase())?.keys ?? []).map(([key, type]) => ({ key, type })),
  };
}

function halves(name: string): readonly [service: string, action: string] {
  const lower = name.toLowerCase();
  const colon = lower.indexOf(':');
  return colon < 0 ? [lower, lower] : [lower.slice(0, colon), lower.slice(colon + 1)];
}

function buildIndex(row: ServiceRow): ServiceIndex {
  const sorted = row.actions
    .map((action) => ({ lower: action[0].toLowerCase(), action }))
    .toSorted((a, b) => (a.lower < b.lower ? -1 : 1));
  return { row, names: sorted.map((each) => each.lower), rows: sorted.map((each) => each.action) };
}

/** Only names that share the literal beginning of the pattern are compared. */
function expandIn(service: string, index: ServiceIndex | undefined, pattern: string): readonly string[] {
  if (index === undefined) return [];
  const wildcard = pattern.search(/[*?]/);
  const prefix = wildcard < 0 ? pattern : pattern.slice(0, wildcard);
  const glob = globOf(pattern);
  const found: string[] = [];
  for (let at = lowerBound(index.names, prefix); index.names[at]?.startsWith(prefix); at += 1) {
    if (matchGlob(glob, index.names[at] as string)) found.push(`${service}:${index.rows[at]?.[0]}`);
  }
  return found;
}

function lowerBound(names: readonly string[], prefix: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle] as string) < prefix) low = middle + 1;
    else high = middle;
  }
  return low;
}

function globOf(pattern: string) {
  return compileGlob(tokensOf(pattern, { wildcards: true, variables: false }));
}

function factsOf(source: TableSource, service: string, row: ServiceRow, action: ActionRow): ActionFacts {
  const [name, level, resources, keys] = action;
  return {
    name: `${service}:${name}`,
    level: (source.levels[level] ?? '') as AccessLevel,
    resources: resources.flatMap((encoded) => {
      const found = row.resources[encoded < 0 ? -encoded - 1 : encoded];
      return found ? [{ type: found[0], arn: found[1], required: encoded < 0 }] : [];
    }),
    keys: keys.flatMap((index) => {
      const found = row.keys[index];
      return found ? [{ key: found[0], type: found[1] }] : [];
    }),
  };
}
