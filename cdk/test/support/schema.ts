import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, SpecDatabase } from '@aws-cdk/service-spec-types';

type Json = unknown;

let loaded: SpecDatabase | undefined;

/**
 * What of a template CloudFormation's resource schemas do not allow: unknown types and properties, missing ones,
 * wrong types, values that are not among the allowed ones. Values that intrinsic functions give are not looked into;
 * text that stands for a number or boolean is allowed, as CloudFormation reads it so.
 */
export function violations(template: { readonly Resources?: Json }): readonly string[] {
  loaded ??= loadAwsServiceSpecSync();
  const db = loaded;
  return Object.entries(mapOf(template.Resources)).flatMap(([id, resource]) => {
    const { Type: type, Properties: properties } = mapOf(resource);
    if (typeof type !== 'string') return [`${id}: no type`];
    if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') return [];
    if (type === 'AWS::CDK::Metadata') return [];
    const [known] = db.lookup('resource', 'cloudFormationType', 'equals', type);
    if (!known) return [`${id}: unknown type ${type}`];
    const tags = known.tagInformation?.tagPropertyName;
    return ofMap(db, known.properties, mapOf(properties), `${id} (${type})`, tags);
  });
}

function ofMap(
  db: SpecDatabase,
  known: Readonly<Record<string, Property>>,
  value: Readonly<Record<string, Json>>,
  path: string,
  tags?: string,
): readonly string[] {
  const missing = Object.entries(known)
    .filter(([name, property]) => property.required && value[name] === undefined)
    .map(([name]) => `${path}: ${name} is missing`);
  const written = Object.entries(value).flatMap(([name, each]) => {
    const property = Object.hasOwn(known, name) ? known[name] : undefined;
    if (property) return ofAnyType(db, property, each, `${path}.${name}`);
    return name === tags ? [] : [`${path}: unknown property ${name}`];
  });
  return [...missing, ...written];
}

/** A property keeps the types that it had before; fitting one of them is enough. */
function ofAnyType(db: SpecDatabase, property: Property, value: Json, path: string): readonly string[] {
  const now = ofType(db, property.type, value, path);
  const fitsBefore = (property.previousTypes ?? []).some(
    (type) => ofType(db, type, value, path).length === 0,
  );
  return fitsBefore ? [] : now;
}

function ofType(db: SpecDatabase, type: PropertyType, value: Json, path: string): readonly string[] {
  if (isIntrinsic(value)) return [];
  switch (type.type) {
    case 'array':
      if (!Array.isArray(value)) return [`${path}: not a list`];
      return value.flatMap((item, index) => ofType(db, type.element, item, `${path}.${index}`));
    case 'map':
      if (!isMap(value)) return [`${path}: not a map`];
      return Object.entries(value).flatMap(([key, item]) => ofType(db, type.element, item, `${path}.${key}`));
    case 'ref': {
      if (!isMap(value)) return [`${path}: not a map`];
      return ofMap(db, db.get('typeDefinition', type.reference.$ref).properties, value, path);
    }
    case 'union': {
      const tried = type.types.map((each) => ofType(db, each, value, path));
      return tried.some((each) => each.length === 0) ? [] : (tried[0] ?? []);
    }
    case 'string':
      if (typeof value === 'object') return [`${path}: not text`];
      return amongAllowed(type.allowedValues, value, path);
    case 'integer':
    case 'number':
      return Number.isFinite(Number(value)) && typeof value !== 'object' ? [] : [`${path}: not a number`];
    case 'boolean':
      return [true, false, 'true', 'false'].includes(value as boolean) ? [] : [`${path}: not a boolean`];
    case 'tag':
      return isMap(value) && 'Key' in value && 'Value' in value ? [] : [`${path}: not a tag`];
    default:
      return [];
  }
}

function amongAllowed(allowed: readonly Json[] | undefined, value: Json, path: string): readonly string[] {
  if (!allowed || allowed.map(String).includes(String(value))) return [];
  return [`${path}: ${String(value)} is not among ${allowed.join(', ')}`];
}

function isIntrinsic(value: Json): boolean {
  if (!isMap(value)) return false;
  const [key, ...more] = Object.keys(value);
  return more.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'));
}

function isMap(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapOf(value: Json): Record<string, Json> {
  return isMap(value) ? value : {};
}
