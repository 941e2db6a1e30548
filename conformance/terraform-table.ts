/** Checks the table of Terraform types against the provider's schema and CloudFormation's specification. */
import type { SpecDatabase, Resource as SpecResource } from '@aws-cdk/service-spec-types';
import { YES } from '../src/model/answer.ts';
import { known, list, map, type Value } from '../src/model/value.ts';
import type { TerraformResource } from '../src/sources/terraform/terraform-resource.ts';
import { applyFields } from '../src/sources/terraform/translate/fields.ts';
import { PropertyBuilder } from '../src/sources/terraform/translate/property-builder.ts';
import type { Join, TypeMapping } from '../src/sources/terraform/translate/type-mapping.ts';
import { JOINS, TYPES } from '../src/sources/terraform/types/registry.ts';
import type { SchemaBlock } from './terraform-provider.ts';

const SPAN = { file: { path: 'schema.tf', text: '' }, start: 0, end: 0 };

/** A map that remembers which names were asked for. */
class AskedMap extends Map<string, Value> {
  readonly #asked: Set<string>;
  readonly #path: string;

  constructor(entries: Iterable<readonly [string, Value]>, path: string, asked: Set<string>) {
    super();
    this.#asked = asked;
    this.#path = path;
    for (const [name, value] of entries) this.set(name, value);
  }

  override get(name: string): Value | undefined {
    if (!name.startsWith('#')) this.#asked.add(`${this.#path}${name}`);
    return super.get(name);
  }
}

/** Every argument of a block with a made-up value, one item for each nested block. */
function example(block: SchemaBlock, path: string, asked: Set<string>, depth: number): AskedMap {
  const entries: [string, Value][] = [];
  for (const [name, { type }] of Object.entries(block.attributes ?? {})) {
    entries.push([name, exampleOf(type, `${path}${name}.`, asked)]);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    if (depth > 8) continue;
    const inner = example(nested.block, `${path}${name}.`, asked, depth + 1);
    const value = map(inner, SPAN);
    entries.push([name, nested.nesting_mode === 'single' ? value : list([value], SPAN)]);
  }
  return new AskedMap(entries, path, asked);
}

function exampleOf(type: unknown, path: string, asked: Set<string>): Value {
  if (!Array.isArray(type)) return known(type === 'bool' ? true : type === 'number' ? 1 : 'text', SPAN);
  const [kind, inner] = type;
  if (kind === 'map') return map(new Map([['key', exampleOf(inner, path, asked)]]), SPAN);
  if (kind !== 'object') return list([exampleOf(inner, path, asked)], SPAN);
  const entries = Object.entries(inner as Record<string, unknown>).map(([name, each]): [string, Value] => [
    name,
    exampleOf(each, `${path}${name}.`, asked),
  ]);
  return map(new AskedMap(entries, path, asked), SPAN);
}

/** The names of a schema, nested ones with their path. */
function namesOf(block: SchemaBlock, path: string, depth: number): Set<string> {
  const names = new Set<string>();
  for (const [name, { type }] of Object.entries(block.attributes ?? {})) {
    names.add(`${path}${name}`);
    for (const inner of objectNames(type, `${path}${name}.`)) names.add(inner);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    names.add(`${path}${name}`);
    if (depth > 8) continue;
    for (const inner of namesOf(nested.block, `${path}${name}.`, depth + 1)) names.add(inner);
  }
  return names;
}

function objectNames(type: unknown, path: string): string[] {
  if (!Array.isArray(type)) return [];
  const [kind, inner] = type;
  if (kind !== 'object') return objectNames(inner, path);
  return Object.entries(inner as Record<string, unknown>).flatMap(([name, each]) => [
    `${path}${name}`,
    ...objectNames(each, `${path}${name}.`),
  ]);
}

export interface TableReport {
  readonly rows: number;
  readonly problems: readonly string[];
}

/** Arguments that exist in other versions of the provider than the one at hand. */
const OTHER_VERSIONS = new Set([
  'aws_s3_bucket.lifecycle_rule.status',
  'aws_region.region',
  'aws_autoscaling_attachment.alb_target_group_arn',
]);

/** Every argument that the table reads exists in the provider, and every property it sets in CloudFormation. */
export function checkTable(
  schemas: Readonly<Record<string, { readonly block: SchemaBlock }>> | undefined,
  db: SpecDatabase,
): TableReport {
  const problems: string[] = [];
  for (const row of TYPES) problems.push(...checkRow(row, row.type, schemas, db));
  for (const row of JOINS) problems.push(...checkRow(row, row.intoType, schemas, db));
  return { rows: TYPES.length + JOINS.length, problems: [...new Set(problems)] };
}

function checkRow(
  row: TypeMapping | Join,
  type: string,
  schemas: Readonly<Record<string, { readonly block: SchemaBlock }>> | undefined,
  db: SpecDatabase,
): string[] {
  const [spec] = db.lookup('resource', 'cloudFormationType', 'equals', type);
  const schema = schemas?.[row.terraform];
  if (!schema)
    return schemas && !OLDER_TYPES.has(row.terraform)
      ? [`${row.terraform}: the provider has no such type`]
      : [];
  const asked = new Set<string>();
  const attributes = example(schema.block, '', asked, 0);
  const resource = resourceOf(row.terraform, attributes);
  const builder = new PropertyBuilder();
  const prepared = 'prepare' in row && row.prepare ? row.prepare(resource) : attributes;
  applyFields(row.fields, prepared, builder);
  if ('merge' in row) row.merge?.(attributes, builder, SPAN);
  const derived = 'derive' in row && row.derive ? row.derive(resource) : [];
  const names = namesOf(schema.block, '', 0);
  const problems = [...asked]
    .filter((name) => !isKnown(row.terraform, name, names) && !isLenient(row.terraform, name))
    .map((name) => `${row.terraform}: the provider has no argument ${name}`);
  if (spec)
    problems.push(...propertyProblems(row.terraform, type, spec, map(builder.entries(SPAN), SPAN), db));
  for (const each of derived) {
    const [derivedSpec] = db.lookup('resource', 'cloudFormationType', 'equals', each.type);
    if (!derivedSpec) problems.push(`${row.terraform}: CloudFormation has no type ${each.type}`);
    else
      problems.push(
        ...propertyProblems(row.terraform, each.type, derivedSpec, map(each.properties, SPAN), db),
      );
  }
  if (!spec && !INVENTED_TYPES.has(type) && !/^(?:Account|Terraform)::/.test(type)) {
    problems.push(`${row.terraform}: CloudFormation has no type ${type}`);
  }
  return problems;
}

/**
 * Arguments must exist where they are asked for. Kinds of blocks that share their arguments (disks, actions,
 * statements) may ask for one that only another of them has.
 */
function isKnown(type: string, name: string, names: ReadonlySet<string>): boolean {
  if (names.has(name)) return true;
  const steps = name.split('.');
  return steps.length > 1 && (SHARING.has(type) || steps.some((step) => SHARED_BLOCKS.has(step)));
}

/** Types whose rules share one set of arguments. */
const SHARING = new Set([
  'aws_wafv2_web_acl',
  'aws_wafv2_rule_group',
  'aws_s3_bucket_lifecycle_configuration',
]);

/** Blocks whose arguments differ a little between the types and versions that have them. */
const SHARED_BLOCKS = new Set([
  'root_block_device',
  'ebs_block_device',
  'metadata_options',
  'network_interface',
  'lifecycle_rule',
  'destination',
  'grant',
]);

/** Types that CloudFormation does not have, named in its manner. */
const INVENTED_TYPES = new Set(['AWS::Macie::ClassificationJob']);

/** Types that the provider at hand no longer or not yet has. */
const OLDER_TYPES = new Set(['aws_elasticache_security_group', 'aws_ssm_default_host_management']);

function isLenient(type: string, name: string): boolean {
  return OTHER_VERSIONS.has(`${type}.${name}`) || OTHER_ARGUMENTS.has(name.slice(name.lastIndexOf('.') + 1));
}

/** Names that one of several types with the same fields has. */
const OTHER_ARGUMENTS = new Set([
  'source_security_group_id',
  'sid',
  'path_pattern',
  'elasticsearch_version',
  'engine_version',
  'insecure_value',
  'parameters',
]);

function resourceOf(type: string, attributes: ReadonlyMap<string, Value>): TerraformResource {
  return {
    address: `${type}.example`,
    type,
    module: '',
    attributes,
    span: SPAN,
    exists: YES,
    dependsOn: [],
    basis: 'template',
    movedFrom: [],
    preventDestroy: false,
    sensitive: [],
  };
}

function propertyProblems(
  row: string,
  type: string,
  spec: SpecResource,
  value: Value,
  db: SpecDatabase,
): string[] {
  return checkMap(value, spec.properties as Properties, `${row} -> ${type}`, db);
}

type Properties = Readonly<Record<string, { readonly type: PropertyType }>>;
type PropertyType =
  | { readonly type: 'array' | 'map'; readonly element: PropertyType }
  | { readonly type: 'ref'; readonly reference: { readonly $ref: string } }
  | { readonly type: 'union'; readonly types: readonly PropertyType[] }
  | { readonly type: string };

/** Facts beside CloudFormation's properties that our own judgements read. */
const OWN_PROPERTIES = new Set([
  'IsDefault',
  'DefaultRouteTableId',
  'DefaultNetworkAclId',
  'Recording',
  'DefaultBaseline',
  'Origin',
  'MfaDelete',
  'Enabled',
]);

function checkMap(value: Value, properties: Properties, path: string, db: SpecDatabase): string[] {
  if (value.kind !== 'map') return [];
  return [...value.entries].flatMap(([name, entry]) => {
    const property = properties[name];
    if (!property && OWN_PROPERTIES.has(name)) return [];
    return property
      ? checkValue(entry, property.type, `${path}.${name}`, db)
      : [`${path}.${name}: no such property`];
  });
}

function checkValue(value: Value, type: PropertyType, path: string, db: SpecDatabase): string[] {
  if (type.type === 'array' && 'element' in type) {
    if (value.kind !== 'list') return value.kind === 'map' ? [`${path}: a list is expected`] : [];
    return value.items.flatMap((item) => checkValue(item, type.element, path, db));
  }
  if (type.type === 'ref' && 'reference' in type) {
    if (value.kind === 'list') return [`${path}: a map is expected`];
    const definition = db.get('typeDefinition', type.reference.$ref);
    return checkMap(value, definition.properties as Properties, path, db);
  }
  if (type.type === 'union' && 'types' in type) {
    const tries = type.types.map((each) => checkValue(value, each, path, db));
    return tries.find((each) => each.length === 0) ?? tries[0] ?? [];
  }
  if (value.kind === 'list' && ['string', 'number', 'integer', 'boolean'].includes(type.type)) {
    return [`${path}: a single value is expected`];
  }
  return [];
}
