/**
 * Compiles what the reader needs to know about CloudFormation's resource types out of
 * `@aws-cdk/aws-service-spec` (Apache-2.0) into one small table. `node tools/generate-resource-table.ts`.
 */
import { writeFileSync } from 'node:fs';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, Resource, SpecDatabase } from '@aws-cdk/service-spec-types';

export const TABLE_PATH = 'src/environment/table/resource-table.generated.json';

/** Deepest property path that is followed for references. */
const DEEPEST = 8;

interface TableRow {
  /** Properties or attributes that identify a resource (what `Ref` gives). */
  i?: string[];
  /** ARN format. */
  n?: string;
  /** Attributes that `Fn::GetAtt` knows. */
  a?: string[];
  /** Properties whose change replaces the resource. */
  c?: string[];
  /** Property path (list indexes left out) → numbers of the targets that it refers to. */
  r?: Record<string, number[]>;
}

/** The table as it is written to the file. */
export function buildResourceTable(): string {
  const db = loadAwsServiceSpecSync();
  const targets = new TargetNumbers();
  const rows: [string, TableRow][] = [];
  const resources = [...db.all('resource')].sort((a, b) =>
    compare(a.cloudFormationType, b.cloudFormationType),
  );
  for (const resource of resources) rows.push([resource.cloudFormationType, rowOf(db, resource, targets)]);
  const lines = rows.map(([type, row]) => `${JSON.stringify(type)}:${JSON.stringify(row)}`);
  return `{"schema":"honmaru.resource-table/1","targets":${JSON.stringify(targets.list)},"types":{\n${lines.join(',\n')}\n}}\n`;
}

class TargetNumbers {
  readonly list: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(target: string): number {
    const known = this.#numbers.get(target);
    if (known !== undefined) return known;
    this.#numbers.set(target, this.list.length);
    this.list.push(target);
    return this.list.length - 1;
  }
}

function rowOf(db: SpecDatabase, resource: Resource, targets: TargetNumbers): TableRow {
  const properties = sortedEntries(resource.properties);
  const createOnly = properties.filter(([, property]) => property.causesReplacement === 'yes');
  const references: Record<string, number[]> = {};
  for (const [name, property] of properties) collect(db, name, property, targets, references, []);
  const identifier = resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? [];
  const attributes = Object.keys(resource.attributes).sort(compare);
  return {
    ...(identifier.length > 0 ? { i: [...identifier] } : {}),
    ...(resource.arnTemplate === undefined ? {} : { n: resource.arnTemplate }),
    ...(attributes.length > 0 ? { a: attributes } : {}),
    ...(createOnly.length > 0 ? { c: createOnly.map(([name]) => name) } : {}),
    ...(Object.keys(references).length > 0 ? { r: references } : {}),
  };
}

/** Adds what a property and everything below it refers to. */
function collect(
  db: SpecDatabase,
  path: string,
  property: Property,
  targets: TargetNumbers,
  references: Record<string, number[]>,
  inside: readonly string[],
): void {
  const refs = property.relationshipRefs ?? [];
  if (refs.length > 0) {
    const numbers = refs.map((ref) => targets.numberOf(`${ref.cloudFormationType}.${ref.propertyName}`));
    references[path] = [...new Set(numbers)].sort((a, b) => a - b);
  }
  for (const id of definitionsIn(property.type)) {
    if (inside.includes(id) || inside.length >= DEEPEST) continue;
    const definition = db.get('typeDefinition', id);
    for (const [name, inner] of sortedEntries(definition.properties)) {
      collect(db, `${path}.${name}`, inner, targets, references, [...inside, id]);
    }
  }
}

/** Ids of the type definitions that a type is made of. */
function definitionsIn(type: PropertyType): readonly string[] {
  switch (type.type) {
    case 'ref':
      return [type.reference.$ref];
    case 'array':
    case 'map':
      return definitionsIn(type.element);
    case 'union':
      return type.types.flatMap(definitionsIn);
    default:
      return [];
  }
}

function sortedEntries(properties: Readonly<Record<string, Property>>): readonly [string, Property][] {
  return Object.entries(properties).sort(([a], [b]) => compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

if (import.meta.main) {
  const table = buildResourceTable();
  writeFileSync(TABLE_PATH, table);
  console.log(`${TABLE_PATH}: ${table.length} bytes`);
}
