import type { DocumentNode, MapEntry, MapNode, Scalar } from '../../kernel/document.ts';

/** Where a made node stands: in the source text of what it was made from. */
export interface At {
  readonly start: number;
  readonly end: number;
}

export function scalarNode(value: Scalar, { start, end }: At): DocumentNode {
  return { kind: 'scalar', value, start, end };
}

export function listNode(items: readonly DocumentNode[], { start, end }: At): DocumentNode {
  return { kind: 'list', items, start, end };
}

/** A map of the given entries; those without a value are left out. */
export function mapNode(
  entries: Readonly<Record<string, DocumentNode | undefined>> | readonly (readonly [string, DocumentNode])[],
  at: At,
): MapNode {
  const pairs = Array.isArray(entries) ? entries : Object.entries(entries);
  const made = pairs.flatMap(([key, value]): MapEntry[] =>
    value ? [{ key, keyStart: at.start, keyEnd: at.start, value }] : [],
  );
  return { kind: 'map', entries: made, start: at.start, end: at.end };
}

export function refNode(name: string, at: At): DocumentNode {
  return mapNode({ Ref: scalarNode(name, at) }, at);
}

export function getAttNode(resource: string, attribute: string, at: At): DocumentNode {
  return mapNode({ 'Fn::GetAtt': listNode([scalarNode(resource, at), scalarNode(attribute, at)], at) }, at);
}

export function subNode(pattern: string, at: At): DocumentNode {
  return mapNode({ 'Fn::Sub': scalarNode(pattern, at) }, at);
}

/** A map with one entry set, in place of the one of that key or after the others. */
export function withEntry(node: MapNode, entry: MapEntry): MapNode {
  const at = node.entries.findIndex(({ key }) => key === entry.key);
  const entries = at < 0 ? [...node.entries, entry] : node.entries.with(at, entry);
  return { ...node, entries };
}
