/**
 * A YAML document as it is written: every node with where it stands, its short tag and the form it has. The
 * reader makes its nodes from it, and what edits a file knows from it where to write.
 */
export type Written = WrittenScalar | WrittenList | WrittenMap;

interface Everywhere {
  /** With its tag. */
  readonly start: number;
  /** The end of what is written, without the white space and comments behind it. */
  readonly end: number;
  /** Where the content begins, behind its tag. */
  readonly contentStart: number;
  /** Where the content ends; of a block, behind its last line. */
  readonly contentEnd: number;
  /** Behind the line, and the comments, that belong to the node. */
  readonly nodeEnd: number;
  /** A short tag of CloudFormation. */
  readonly tag?: string;
}

export interface WrittenScalar extends Everywhere {
  readonly kind: 'scalar';
  /** `|` and `>`: several lines below the key. */
  readonly block: boolean;
  readonly empty: false;
  readonly quote?: '"' | "'";
  readonly value: string;
}

export interface WrittenList extends Everywhere {
  readonly kind: 'list';
  readonly shape: 'block' | 'flow';
  readonly items: readonly WrittenItem[];
}

export interface WrittenItem {
  /** Of the dash in a block, of the value in a flow list. */
  readonly start: number;
  readonly value: Written;
}

export interface WrittenMap extends Everywhere {
  readonly kind: 'map';
  readonly shape: 'block' | 'flow';
  readonly entries: readonly WrittenEntry[];
  readonly merged: readonly never[];
}

export interface WrittenEntry {
  readonly key: string;
  readonly start: number;
  readonly keyEnd: number;
  /** Behind the colon. */
  readonly colon: number;
  readonly value: Written;
}
