import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, referenceFrom, stringFrom, type Value } from '../../model/value.ts';
import { resourceTypeFacts } from '../table/resource-table.ts';

/** Which live resource a declared one is: declared id → live resource. */
export type Aliases = ReadonlyMap<string, Resource>;

const LOGICAL_ID = 'aws:cloudformation:logical-id';
const STACK = 'aws:cloudformation:stack-name';

/**
 * Recognises declared resources in an account: by the ids that a Terraform state recorded, by the tags of CloudFormation, by a name that is set by hand,
 * by the tag `Name`, and by the parent that it belongs to. What could be two resources is none: nothing is guessed.
 */
export function aliasesOf(declared: readonly Resource[], live: readonly Resource[]): Aliases {
  const aliases = new Map<string, Resource>();
  const taken = new Set<string>();
  const byType = Map.groupBy(live, ({ type }) => type);
  const free = (type: string) => (byType.get(type) ?? []).filter(({ id }) => !taken.has(id));
  const join = (resource: Resource, found: Resource | undefined) => {
    if (!found || taken.has(found.id)) return false;
    aliases.set(resource.id, found);
    taken.add(found.id);
    return true;
  };
  for (const names of [recordedNames, logicalNames, physicalNames, givenNames]) {
    const rivals = rivalsOf(declared, names.declared);
    for (const resource of declared) {
      if (aliases.has(resource.id)) continue;
      const own = names.declared(resource).filter((name) => rivals.get(key(resource.type, name)) === 1);
      join(
        resource,
        only(free(resource.type).filter((each) => names.live(each).some((name) => own.includes(name)))),
      );
    }
  }
  let changed = true;
  while (changed) {
    changed = false;
    for (const resource of declared) {
      if (aliases.has(resource.id)) continue;
      const found = only(free(resource.type).filter((each) => belongsAlike(resource, each, aliases)));
      if (join(resource, found)) changed = true;
    }
  }
  return aliases;
}

interface Names {
  declared(resource: Resource): readonly string[];
  live(resource: Resource): readonly string[];
}

const recordedNames: Names = {
  declared: ({ knownAs = [] }) => knownAs,
  live: ({ id, name }) => [id, name],
};

const logicalNames: Names = {
  declared: (resource) => [resource.name],
  live: (resource) => (tagOf(resource, STACK) === undefined ? [] : namesFrom(tagOf(resource, LOGICAL_ID))),
};

const physicalNames: Names = { declared: identifiersOf, live: identifiersOf };

const givenNames: Names = {
  declared: (resource) => [...namesFrom(tagOf(resource, 'Name')), resource.name],
  live: (resource) => [...namesFrom(tagOf(resource, 'Name')), resource.name],
};

function namesFrom(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name];
}

/** Services write some names in small letters, whatever was asked for. */
function identifiersOf(resource: Resource): readonly string[] {
  const [property, ...more] = resourceTypeFacts(resource.type)?.identifier ?? [];
  const own = property === undefined || more.length > 0 ? undefined : get(resource.properties, property);
  const name = own && stringFrom(own);
  return name === undefined || name.startsWith('arn:') ? [] : [name.toLowerCase()];
}

function tagOf(resource: Resource, key: string): string | undefined {
  const tag = itemsOf(get(resource.properties, 'Tags')).find((each) => stringFrom(get(each, 'Key')) === key);
  return tag && stringFrom(get(tag, 'Value'));
}

/** How many declared resources of a type claim a name; one that two claim tells neither. */
function rivalsOf(
  declared: readonly Resource[],
  namesOf: (resource: Resource) => readonly string[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const resource of declared) {
    for (const name of new Set(namesOf(resource))) {
      const at = key(resource.type, name);
      counts.set(at, (counts.get(at) ?? 0) + 1);
    }
  }
  return counts;
}

function key(type: string, name: string): string {
  return `${type}\u0000${name}`;
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** What can never be changed says what a resource is; at least one such property must name the same parent. */
function belongsAlike(declared: Resource, live: Resource, aliases: Aliases): boolean {
  let parents = 0;
  for (const path of resourceTypeFacts(declared.type)?.createOnly ?? []) {
    const names = path.split('.');
    const ours = get(declared.properties, ...names);
    const theirs = get(live.properties, ...names);
    const parent = referenceFrom(ours);
    const there = referenceFrom(theirs)?.resource;
    if (parent) {
      const expected = aliases.get(parent.resource);
      if (!expected || !isNamed(expected, there, theirs)) return false;
      parents += 1;
    } else if (differ(ours, theirs)) return false;
  }
  return parents > 0 && sameKeys(declared, live);
}

/** A parent is named by reference, or by a name that it carries. */
function isNamed(parent: Resource, reference: string | undefined, value: Value): boolean {
  return reference === parent.id || (reference === undefined && stringFrom(value) === parent.name);
}

/** Ports and priorities can be changed, but tell siblings apart. */
const SIBLING_KEYS = ['Port', 'Protocol', 'Priority', 'RuleNumber', 'Egress', 'RouteKey', 'HttpMethod'];

function sameKeys(declared: Resource, live: Resource): boolean {
  return SIBLING_KEYS.every((name) => !differ(get(declared.properties, name), get(live.properties, name)));
}

function differ(ours: Value, theirs: Value): boolean {
  return ours.kind === 'known' && theirs.kind === 'known' && String(ours.value) !== String(theirs.value);
}
