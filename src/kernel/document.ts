import type { SourceFile, Span } from './source-file.ts';

/**
 * A parsed JSON or YAML document that remembers where everything stands. Maps keep their entries in
 * order as a list, so that a key such as `__proto__` is only a key.
 */
export type DocumentNode = ScalarNode | ListNode | MapNode;

export type Scalar = string | number | boolean | null;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: Scalar;
  readonly start: number;
  readonly end: number;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly DocumentNode[];
  readonly start: number;
  readonly end: number;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly start: number;
  readonly end: number;
}

export interface MapEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: DocumentNode;
}

/** The value under a key, or undefined when the node is no map or has no such key. */
export function child(node: DocumentNode | undefined, key: string): DocumentNode | undefined {
  return entryOf(node, key)?.value;
}

/** The entry of a key, or undefined when the node is no map or has no such key. */
export function entryOf(node: DocumentNode | undefined, key: string): MapEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.find((entry) => entry.key === key);
}

/** The string that a node is, or undefined. */
export function stringOf(node: DocumentNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The stretch of the file that a node covers. */
export function spanOf(file: SourceFile, node: { readonly start: number; readonly end: number }): Span {
  return { file, start: node.start, end: node.end };
}
