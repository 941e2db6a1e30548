import { text } from '../../kernel/texts.ts';
import type { EditValue } from '../../model/remedy.ts';
import type { Splice } from '../text/splices.ts';
import { editBlockList, editBlockMap } from './edit-block.ts';
import { editFlowList, editFlowMap } from './edit-flow.ts';
import type { Editing, OpenDocument } from './editing.ts';
import { madeFrom, type Patch } from './patch.ts';
import { refuseAt } from './refusal.ts';
import { replaced } from './replace.ts';
import type { TreeEntry, TreeNode } from './tree.ts';

/**
 * The splices that make a document say what a patch asks for.
 *
 * @throws Refusal where a place is shared by an anchor, taken from elsewhere, or decided by a function.
 */
export function editTree(document: OpenDocument, patch: Patch): readonly Splice[] {
  const editing: Editing = {
    file: document.file,
    tree: document.tree,
    style: document.style,
    below: (node, inner, entry) => editNode(editing, node, inner, entry),
  };
  return editNode(editing, document.tree.root, patch, undefined);
}

function editNode(
  editing: Editing,
  node: TreeNode,
  patch: Patch,
  entry: TreeEntry | undefined,
): readonly Splice[] {
  if (patch.set !== undefined) return setNode(editing, node, patch, patch.set, entry);
  if (patch.below.size === 0) return [];
  ownNode(editing, node);
  if (node.kind === 'scalar' && (node.empty || node.value === '' || node.value === 'null') && entry) {
    const value = madeFrom(patch);
    return value === undefined ? [] : replaced(editing, entry, value, [...patch.by]);
  }
  decidedNode(editing, node);
  if (asksForItems(patch) && node.kind !== 'list') return itemOfSingle(editing, node, patch, entry);
  if (node.kind === 'map') {
    return node.shape === 'block'
      ? editBlockMap(editing, node, patch, entry)
      : editFlowMap(editing, node, patch);
  }
  if (node.kind === 'list' && asksForItems(patch)) {
    return node.shape === 'block'
      ? editBlockList(editing, node, patch, entry)
      : editFlowList(editing, node, patch);
  }
  throw refuseAt(
    editing.file,
    node.start,
    text('something else than a map of names stands here', 'ここには名前のマップ以外が書かれています'),
  );
}

function asksForItems(patch: Patch): boolean {
  return [...patch.below.keys()].every((key) => /^\d+$/.test(key));
}

function setNode(
  editing: Editing,
  node: TreeNode,
  patch: Patch,
  value: EditValue,
  entry: TreeEntry | undefined,
): readonly Splice[] {
  if (node.kind === 'alias') {
    // The alias is taken away from here; what it stands for stays as it is for others.
    if (entry) return replaced(editing, entry, value, [...patch.by]);
  }
  ownNode(editing, node);
  if (!(node.kind === 'scalar' && node.empty)) decidedNode(editing, node);
  if (entry) return replaced(editing, entry, value, [...patch.by]);
  throw refuseAt(
    editing.file,
    node.start,
    text('a whole item is not replaced', '項目全体の置き換えは行いません'),
  );
}

/** A single value where a list is expected becomes the first item of one. */
function itemOfSingle(
  editing: Editing,
  node: TreeNode,
  patch: Patch,
  entry: TreeEntry | undefined,
): readonly Splice[] {
  if (entry && patch.below.size === 1 && patch.below.get('0')?.remove) {
    return replaced(editing, entry, [], [...patch.by]);
  }
  throw refuseAt(
    editing.file,
    node.start,
    text('a single value stands where a list is edited', 'リストを編集する場所に単一の値が書かれています'),
  );
}

/** @throws Refusal where other places share what stands here. */
function ownNode({ file, tree }: Editing, node: TreeNode): void {
  if (node.kind === 'alias') {
    throw refuseAt(
      file,
      node.start,
      text(
        `*${node.source} stands here: a change of the anchor would change every place that uses it`,
        `ここは *${node.source} です。アンカーを変えると、それを使うすべての場所が変わります`,
      ),
    );
  }
  if (node.anchor !== undefined && tree.shared.has(node.anchor)) {
    throw refuseAt(
      file,
      node.start,
      text(
        `other places use &${node.anchor}: a change here would change them too`,
        `&${node.anchor} は他の場所でも使われています。ここを変えるとそれらも変わります`,
      ),
    );
  }
}

const FUNCTION = /^(?:Ref|Condition|Fn::[A-Za-z0-9]+)$/;

/** @throws Refusal where a function decides what stands here. */
function decidedNode({ file, tree }: Editing, node: TreeNode): void {
  const written = node.kind === 'map' && node.entries.length === 1 ? node.entries[0]?.key : undefined;
  const name =
    node.kind !== 'alias' && node.tag ? node.tag : written && FUNCTION.test(written) ? written : undefined;
  if (name === undefined || tree.root === node) return;
  throw refuseAt(
    file,
    node.start,
    text(
      `${name} decides what stands here; change what it refers to`,
      `ここの値は ${name} で決まります。参照先を変更してください`,
    ),
  );
}
