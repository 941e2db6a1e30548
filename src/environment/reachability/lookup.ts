import { type Answer, all, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, referencesIn, type Value } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';

/** The value of a property, absent where it is not written. */
export function property(resource: Resource, ...path: readonly (string | number)[]): Value {
  return get(resource.properties, ...path);
}

/** An item of a list, with whether it is there at all. */
export interface Item {
  readonly value: Value;
  readonly present: Answer;
}

/** The items of a list value; those below an undecided choice are there perhaps, an undecided list is one such item. */
export function itemsWithPresence(value: Value): readonly Item[] {
  switch (value.kind) {
    case 'absent':
      return [];
    case 'list':
      return value.items.flatMap(itemsWithPresence);
    case 'oneOf':
      return value.options.flatMap((option) =>
        itemsWithPresence(option).map((item) => ({
          ...item,
          present: all([item.present, undecided(value)]),
        })),
      );
    case 'unknown':
      return [{ value, present: value.parts ? YES : undecided(value) }];
    default:
      return [{ value, present: YES }];
  }
}

/** A resource that a property names, with whether it is surely named. */
export interface Listed {
  readonly resource: Resource;
  readonly sure: Answer;
  readonly at: Value;
}

/** The resources that a value names, and the parts of it that name something that was not read. */
export interface Resolved {
  readonly found: readonly Listed[];
  readonly open: readonly Value[];
}

/** Resolves a reference, a list of references, or a joined string of references. */
export function resolve(graph: ResourceGraph, value: Value): Resolved {
  const found: Listed[] = [];
  const open: Value[] = [];
  for (const { value: item, present } of itemsWithPresence(value)) {
    const targets = targetsOf(graph, item);
    if (targets.length === 0) open.push(item);
    for (const resource of targets) found.push({ resource, sure: all([present, resource.exists]), at: item });
  }
  return { found, open };
}

function targetsOf(graph: ResourceGraph, value: Value): readonly Resource[] {
  const single = graph.target(value);
  const targets = single
    ? [single]
    : referencesIn(value).flatMap((reference) => graph.get(reference.resource) ?? []);
  return targets.filter((target) => !target.external);
}

/** The one resource of a type that a property refers to, or undefined. */
export function referred(
  graph: ResourceGraph,
  value: Value,
  ...types: readonly string[]
): Resource | undefined {
  return resolve(graph, value).found.find(({ resource }) => types.includes(resource.type))?.resource;
}

/** Puts a value under a key of an index of lists. */
export function add<T>(index: Map<string, T[]>, key: string, value: T): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}
