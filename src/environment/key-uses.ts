import { type KeyFact, namesOfKey } from '../model/key-fact.ts';
import type { Resource } from '../model/resource.ts';
import { get, stringFrom, type Value, visit } from '../model/value.ts';
import { isDeclared, type ResourceGraph } from './graph.ts';
import { isKeyFile } from './key-files.ts';
import { resourceTypeFacts } from './table/resource-table.ts';

/** A resource that keeps its data under a KMS key. */
export interface KeyUse {
  readonly resource: Resource;
  /** Where the key is named, such as `SSESpecification.KMSMasterKeyId`. */
  readonly path: string;
  readonly value: Value;
}

const KEY_TYPES = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'] as const;
const ALIAS_TYPE = 'AWS::KMS::Alias';

/** The keys that an environment declares or was read with. */
export function declaredKeys(graph: ResourceGraph): readonly Resource[] {
  return graph.ofType(...KEY_TYPES).filter(isDeclared);
}

/** What depends on a declared key: by reference, by its alias, or by a name that is written. */
export function usesOfDeclaredKey(graph: ResourceGraph, key: Resource): readonly KeyUse[] {
  return usesOf(graph, [key], writtenNames(key));
}

/** What depends on a key of a KMS, in whichever way the environment names it. */
export function usesOfKey(graph: ResourceGraph, fact: KeyFact): readonly KeyUse[] {
  return usesOf(graph, keysOfFact(graph, fact), namesOfKey(fact));
}

/** The declared keys that are the key of a fact: by id or ARN, or by an alias that is given to them. */
export function keysOfFact(graph: ResourceGraph, fact: KeyFact): readonly Resource[] {
  const names = new Set(namesOfKey(fact));
  const named = declaredKeys(graph).filter((key) => writtenNames(key).some((name) => names.has(name)));
  const byAlias = aliasesOf(graph).flatMap(({ name, key }) => (names.has(name) && key ? [key] : []));
  return [...new Set([...named, ...byAlias])];
}

function writtenNames(key: Resource): readonly string[] {
  const written = ['KeyId', 'Arn'].flatMap((name) => stringFrom(get(key.properties, name)) ?? []);
  return [key.id, ...(key.knownAs ?? []), ...written];
}

function usesOf(
  graph: ResourceGraph,
  keys: readonly Resource[],
  names: readonly string[],
): readonly KeyUse[] {
  const index = graph.memo(namedKeys);
  const aliases = aliasesOf(graph).filter(({ key }) => key && keys.includes(key));
  const wanted = [
    ...names,
    ...keys.map(({ id }) => id),
    ...aliases.flatMap(({ name, resource }) => [name, resource.id]),
  ];
  const uses = new Set(wanted.flatMap((name) => index.get(name) ?? []));
  return [...uses].toSorted((a, b) => Number(isKeyFile(a.resource)) - Number(isKeyFile(b.resource)));
}

interface DeclaredAlias {
  readonly resource: Resource;
  /** Empty where it is not decided. */
  readonly name: string;
  readonly key: Resource | undefined;
}

function aliasesOf(graph: ResourceGraph): readonly DeclaredAlias[] {
  return graph.memo(readAliases);
}

function readAliases(graph: ResourceGraph): readonly DeclaredAlias[] {
  return graph
    .ofType(ALIAS_TYPE)
    .filter(isDeclared)
    .map((resource) => ({
      resource,
      name: stringFrom(get(resource.properties, 'AliasName')) ?? '',
      key: graph.target(get(resource.properties, 'TargetKeyId')),
    }));
}

/** Uses by what they name: the id of a declared key or alias, or the text that is written. */
function namedKeys(graph: ResourceGraph): ReadonlyMap<string, readonly KeyUse[]> {
  const index = new Map<string, KeyUse[]>();
  for (const resource of graph.resources) {
    if (!isDeclared(resource) || resource.type.startsWith('AWS::KMS::')) continue;
    visit(resource.properties, (value, path) => {
      if (!namesKey(resource, path)) return;
      const name = graph.target(value)?.id ?? stringFrom(value);
      if (name === undefined) return;
      const use = { resource, path: path.join('.'), value };
      for (const each of new Set([name, stringFrom(value) ?? name])) {
        const list = index.get(each);
        if (list) list.push(use);
        else index.set(each, [use]);
      }
    });
  }
  return index;
}

const NOT_DATA = /^AWS::IAM::|Policy$/;

/**
 * Whether a property names the key of the resource's data: by the resource specification, which does not tell it of
 * every type (`AWS::EC2::Volume`), else by its name.
 */
function namesKey({ type }: Resource, path: readonly (string | number)[]): boolean {
  const names = path.filter((each) => typeof each === 'string');
  const last = names.at(-1) ?? '';
  if (NOT_DATA.test(type) || typeof path.at(-1) !== 'string') return false;
  if (/kms/i.test(last)) return true;
  const targets = resourceTypeFacts(type)?.references.get(names.join('.')) ?? [];
  if (targets.some((target) => target.type.startsWith('AWS::KMS::'))) return true;
  return /^(?:encryption)?key(?:id|arn)$/i.test(last) && names.some((name) => /encrypt|^sse/i.test(name));
}
