import type { ResourceGraph } from '../environment/graph.ts';
import type { Edit, EditValue } from '../model/remedy.ts';
import type { Resource } from '../model/resource.ts';
import { get, referenceFrom, stringFrom, type Value } from '../model/value.ts';

/** Sets a property of a resource; numbers in the path are list indexes, one past the end appends. */
export function setProperty(resource: Resource, path: string, value: EditValue): Edit {
  return { kind: 'set-property', resource: resource.id, path: path.split('.'), value };
}

export function addResource(
  logicalId: string,
  type: string,
  properties: { readonly [key: string]: EditValue },
): Edit {
  return { kind: 'add-resource', logicalId, type, properties };
}

export function runCommand(command: string): Edit {
  return { kind: 'command', command };
}

/** What becomes of a resource that is deleted or replaced; only CloudFormation has words for it. */
export function keepWhenGone(resource: Resource, value: 'Retain' | 'Snapshot'): readonly Edit[] {
  if (!resource.id.startsWith('cfn:')) return [];
  return (['DeletionPolicy', 'UpdateReplacePolicy'] as const)
    .filter((attribute) => !isKeeping(resource.attributes.get(attribute)))
    .map((attribute) => ({ kind: 'set-attribute', resource: resource.id, attribute, value }));
}

const KEEPING = ['Retain', 'Snapshot', 'RetainExceptOnCreate'];

function isKeeping(value: Value | undefined): boolean {
  return value !== undefined && KEEPING.includes(stringFrom(value) ?? '');
}

/** CloudFormation's `Ref` to a resource. */
export function ref(resource: Resource | string): EditValue {
  return { Ref: typeof resource === 'string' ? resource : resource.name };
}

/** CloudFormation's `Fn::GetAtt`. */
export function getAtt(resource: Resource | string, attribute: string): EditValue {
  return { 'Fn::GetAtt': [typeof resource === 'string' ? resource : resource.name, attribute] };
}

/** CloudFormation's `Fn::Sub`; placeholders stand in plain braces, such as `arn:{AWS::Partition}:s3:::x`. */
export function sub(template: string): EditValue {
  return { 'Fn::Sub': template.replaceAll('{', '${') };
}

/** A logical id made of a place's name and what is added there: the same place always gives the same id. */
export function logicalId(place: Resource | string, suffix: string): string {
  const name = typeof place === 'string' ? place : place.name;
  const words = name.replaceAll(
    /[^A-Za-z0-9]+(.)?/g,
    (_, next: string | undefined) => next?.toUpperCase() ?? '',
  );
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${suffix}`;
}

/** The path at which a new item is appended to a list property (a missing list begins at 0). */
export function appendPath(resource: Resource, path: string): string {
  const at: Value = get(resource.properties, ...path.split('.').map(keyOrIndex));
  return `${path}.${at.kind === 'list' ? at.items.length : 0}`;
}

function keyOrIndex(step: string): string | number {
  return /^\d+$/.test(step) ? Number(step) : step;
}

/** The first declared resource of a type in the same stack as a place, which a remedy can use again. */
export function sameStack(graph: ResourceGraph, place: Resource, type: string): Resource | undefined {
  return graph
    .ofType(type)
    .find((each) => !each.external && (place.stack === '' || each.stack === place.stack));
}

/** A value of the graph as it would be written again: literals, and references to resources. */
export function rewritten(value: Value): EditValue {
  switch (value.kind) {
    case 'known':
      return value.value;
    case 'list':
      return value.items.map(rewritten);
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, rewritten(entry)]));
    case 'unknown':
      return reference(value);
    default:
      return null;
  }
}

function reference(value: Value): EditValue {
  const target = referenceFrom(value);
  if (!target) return value.kind === 'unknown' ? value.expression : null;
  const name = target.resource.slice(target.resource.lastIndexOf('/') + 1);
  return target.attribute === 'Ref' ? ref(name) : getAtt(name, target.attribute);
}
