import type { SourceFile } from '../../kernel/source-file.ts';
import type { EditValue } from '../../model/remedy.ts';
import type { Splice } from '../text/splices.ts';
import type { Patch } from './patch.ts';
import type { Style } from './style.ts';
import type { Tree, TreeEntry, TreeNode } from './tree.ts';

/** A document that is ready to be edited. */
export interface OpenDocument {
  readonly file: SourceFile;
  readonly tree: Tree;
  /** How it is written. */
  readonly style: Style;
  /** What it says. */
  readonly plain: EditValue;
}

/** What the editing functions of the different shapes are handed: the document, and the way further down. */
export interface Editing extends Pick<OpenDocument, 'file' | 'tree' | 'style'> {
  /** The splices for what a node holds; `entry` is where the node stands, undefined for items of lists. */
  readonly below: (node: TreeNode, patch: Patch, entry: TreeEntry | undefined) => readonly Splice[];
}
