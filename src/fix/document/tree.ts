import type { Scalar } from '../../kernel/document.ts';

/**
 * A JSON or YAML document as an editor needs it: where everything stands, in which of YAML's two shapes it is
 * written, and what is shared through anchors. JSON is all flow.
 */
export type TreeNode = TreeScalar | TreeMap | TreeList | TreeAlias;

interface Written {
  /** With its tag and anchor. */
  readonly start: number;
  /** The end of what is written, without the white space and comments behind it. */
  readonly end: number;
  readonly tag?: string;
  /** The name by which other places refer to it. */
  readonly anchor?: string;
}

export interface TreeScalar extends Written {
  readonly kind: 'scalar';
  /** `|` and `>` of YAML: several lines below the key. */
  readonly block: boolean;
  /** Nothing is written. */
  readonly empty: boolean;
  readonly quote?: '"' | "'";
  /** What is written, without quotes. */
  readonly value: string;
  /** The value in JSON. */
  readonly scalar?: Scalar;
}

export interface TreeMap extends Written {
  readonly kind: 'map';
  readonly shape: 'block' | 'flow';
  readonly entries: readonly TreeEntry[];
  /** What it takes entries from (`<<`). */
  readonly merged: readonly TreeNode[];
}

export interface TreeEntry {
  readonly key: string;
  readonly start: number;
  /** Behind the colon. */
  readonly colon: number;
  readonly value: TreeNode;
}

export interface TreeList extends Written {
  readonly kind: 'list';
  readonly shape: 'block' | 'flow';
  readonly items: readonly TreeItem[];
}

export interface TreeItem {
  /** Of the dash in a block, of the value in a flow list. */
  readonly start: number;
  readonly value: TreeNode;
}

export interface TreeAlias extends Written {
  readonly kind: 'alias';
  readonly source: string;
}

/** A parsed document with what an edit of it must know. */
export interface Tree {
  readonly language: 'json' | 'yaml';
  readonly text: string;
  readonly root: TreeNode;
  /** Anchors that some alias refers to: what stands there is shared. */
  readonly shared: ReadonlySet<string>;
}

/** Maps with more entries than this are looked up by an index, which is made once. */
const FEW = 8;
const indexes = new WeakMap<TreeMap, ReadonlyMap<string, TreeEntry>>();

/** The entry of a key, or undefined where the node is no map or has no such key of its own. */
export function treeEntry(node: TreeNode | undefined, key: string): TreeEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  if (node.entries.length <= FEW) return node.entries.find((entry) => entry.key === key);
  let index = indexes.get(node);
  if (!index) {
    index = new Map(node.entries.toReversed().map((entry) => [entry.key, entry]));
    indexes.set(node, index);
  }
  return index.get(key);
}

/** The value of a key, or undefined. */
export function treeChild(node: TreeNode | undefined, key: string): TreeNode | undefined {
  return treeEntry(node, key)?.value;
}

/** The end of an entry: of its value, or of its colon where nothing is written. */
export function entryEnd(entry: TreeEntry): number {
  return Math.max(entry.colon, entry.value.end);
}

/** Calls back for a node and everything below it. */
export function eachNode(node: TreeNode, callback: (node: TreeNode) => void): void {
  callback(node);
  if (node.kind === 'map') {
    for (const { value } of node.entries) eachNode(value, callback);
    for (const source of node.merged) eachNode(source, callback);
  }
  if (node.kind === 'list') for (const { value } of node.items) eachNode(value, callback);
}
