import { child, type DocumentNode, type MapEntry, type MapNode } from '../../../kernel/document.ts';

const PREFIX = 'AWS::Serverless::';

/**
 * The properties of a serverless resource with those of `Globals` below them ("Globals section of the AWS
 * SAM template"): maps are merged, lists are joined with the global items first, else the resource wins.
 */
export function withGlobals(
  properties: DocumentNode | undefined,
  globals: DocumentNode | undefined,
  type: string,
): DocumentNode | undefined {
  const shared = type.startsWith(PREFIX) ? child(globals, type.slice(PREFIX.length)) : undefined;
  if (!shared) return properties;
  return properties ? merge(shared, properties) : shared;
}

function merge(shared: DocumentNode, own: DocumentNode): DocumentNode {
  if (shared.kind === 'list' && own.kind === 'list')
    return { ...own, items: [...shared.items, ...own.items] };
  if (shared.kind !== 'map' || own.kind !== 'map' || isCall(shared) || isCall(own)) return own;
  return mergeMaps(shared, own);
}

function mergeMaps(shared: MapNode, own: MapNode): MapNode {
  const entries = new Map<string, MapEntry>(shared.entries.map((entry) => [entry.key, entry]));
  for (const entry of own.entries) {
    const below = entries.get(entry.key);
    entries.set(entry.key, below ? { ...entry, value: merge(below.value, entry.value) } : entry);
  }
  return { ...own, entries: [...entries.values()] };
}

function isCall(node: MapNode): boolean {
  const [entry, ...more] = node.entries;
  return entry !== undefined && more.length === 0 && (entry.key === 'Ref' || entry.key.startsWith('Fn::'));
}
