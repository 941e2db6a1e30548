import type { Resource } from '../model/resource.ts';
import type { Part, Value } from '../model/value.ts';
import type { Join } from './graph.ts';
import { type ReferenceTarget, resourceTypeFacts } from './table/resource-table.ts';

/**
 * Joins resources that call each other by a written name, ARN or parameter instead of by reference: where
 * the specification says that a property refers to a type, and exactly one resource of that type carries
 * that name. An ARN that names an account is never joined: whose account it is cannot be told.
 */
export function literalJoins(resources: readonly Resource[]): readonly Join[] {
  const names = new NameIndex(resources);
  return resources.flatMap((resource) => joinsOf(resource, names));
}

function joinsOf(resource: Resource, names: NameIndex): readonly Join[] {
  const joins: Join[] = [];
  for (const [path, targets] of resourceTypeFacts(resource.type)?.references ?? []) {
    for (const found of valuesAt(resource.properties, path.split('.'), [])) {
      const text = canonicalText(found.value, resource.stack);
      const target = text === undefined ? undefined : names.find(text, targets, resource.stack);
      if (!target || target.resource.id === resource.id) continue;
      const edge = {
        from: resource.id,
        to: target.resource.id,
        path: found.path.join('.'),
        attribute: target.attribute,
      };
      joins.push({ value: found.value, edge });
    }
  }
  return joins;
}

interface Found {
  readonly value: Value;
  readonly path: readonly (string | number)[];
}

/** The single values at a path of names, through lists and choices. */
function valuesAt(
  value: Value,
  names: readonly string[],
  path: readonly (string | number)[],
): readonly Found[] {
  if (value.kind === 'oneOf') return value.options.flatMap((option) => valuesAt(option, names, path));
  if (value.kind === 'list') {
    return value.items.flatMap((item, index) => valuesAt(item, names, [...path, index]));
  }
  const [name, ...rest] = names;
  if (name === undefined) return [{ value, path }];
  const entry = value.kind === 'map' ? value.entries.get(name) : undefined;
  return entry ? valuesAt(entry, rest, [...path, name]) : [];
}

interface Named {
  readonly resource: Resource;
  readonly attribute: string;
}

/** The names of resources by type, made when the type is first asked for. */
class NameIndex {
  readonly #byType = new Map<string, Resource[]>();
  readonly #names = new Map<string, Map<string, Named[]>>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) {
      const list = this.#byType.get(resource.type);
      if (list) list.push(resource);
      else this.#byType.set(resource.type, [resource]);
    }
  }

  /** The one resource with a name: in the same stack first, else anywhere in the environment. */
  find(text: string, targets: readonly ReferenceTarget[], stack: string): Named | undefined {
    const found = new Map<string, Named>();
    for (const { type } of targets) {
      for (const named of this.#namesOf(type).get(text) ?? []) found.set(named.resource.id, named);
    }
    const near = [...found.values()].filter((named) => named.resource.stack === stack);
    return only(near) ?? (near.length === 0 ? only([...found.values()]) : undefined);
  }

  #namesOf(type: string): ReadonlyMap<string, readonly Named[]> {
    const known = this.#names.get(type);
    if (known) return known;
    const names = new Map<string, Named[]>();
    for (const resource of this.#byType.get(type) ?? []) {
      for (const [text, attribute] of namesOf(resource)) {
        const list = names.get(text);
        if (list) list.push({ resource, attribute });
        else names.set(text, [{ resource, attribute }]);
      }
    }
    this.#names.set(type, names);
    return names;
  }
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** What others may write to mean a resource: its identifier, when it is set by hand, and its ARN. */
function namesOf(resource: Resource): ReadonlyMap<string, string> {
  const facts = resourceTypeFacts(resource.type);
  const names = new Map<string, string>();
  const [identifier, ...more] = facts?.identifier ?? [];
  if (identifier === undefined || more.length > 0 || resource.properties.kind !== 'map') return names;
  const value = resource.properties.entries.get(identifier);
  const name = value && canonicalText(value, resource.stack);
  if (name === undefined) return names;
  names.set(name, 'Ref');
  const arn = facts?.arn && arnOf(facts.arn, name);
  if (arn) names.set(arn, 'Arn');
  return names;
}

const PARTITION = '\u0000partition\u0000';

/** Fills an ARN format that has one free part beside partition, region and account. */
function arnOf(format: string, name: string): string | undefined {
  let free = 0;
  const filled = format.replace(/\$\{([A-Za-z0-9]+)\}/g, (_, part: string) => {
    const fixed = FIXED_PARTS.get(part);
    if (fixed !== undefined) return fixed;
    free += 1;
    return name;
  });
  return free === 1 ? filled : undefined;
}

const FIXED_PARTS: ReadonlyMap<string, string> = new Map([
  ['Partition', PARTITION],
  ['Region', holeText('region', 'AWS::Region')],
  ['Account', holeText('account', 'AWS::AccountId')],
]);

/**
 * A value as a text that can be compared between resources: holes for account and region mean the same
 * everywhere, those for parameters only within their stack. Undefined for what refers to a resource.
 */
function canonicalText(value: Value, stack: string): string | undefined {
  if (value.kind === 'known')
    return typeof value.value === 'string' ? withoutPartition(value.value) : undefined;
  if (value.kind !== 'unknown' || !value.parts) return undefined;
  const texts = value.parts.map((part) => partText(part, stack));
  return texts.every((text) => text !== undefined) ? withoutPartition(texts.join('')) : undefined;
}

function partText(part: Part, stack: string): string | undefined {
  if (typeof part === 'string') return part;
  if (part.resource !== undefined) return undefined;
  if (part.type === 'partition') return PARTITION;
  if (part.type === 'account' || part.type === 'region') return holeText(part.type, part.expression);
  return holeText(part.type, `${stack}/${part.expression}`);
}

function holeText(type: string, expression: string): string {
  return `\u0000${type}:${expression}\u0000`;
}

/** ARNs are compared whatever their partition, and without a trailing `/`, `/*` or `:*`. */
function withoutPartition(text: string): string {
  if (!text.startsWith('arn:')) return text;
  return text.replace(/^arn:[^:]*:/, `arn:${PARTITION}:`).replace(/[:/]\*?$/, '');
}
