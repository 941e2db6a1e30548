import type { DocumentNode } from '../../kernel/document.ts';
import type { EditValue } from '../../model/remedy.ts';
import { plainScalar } from '../../sources/documents/plain-scalar.ts';
import { SHORT_TAGS } from '../../sources/documents/short-tags.ts';
import { isList, isMap } from './functions.ts';
import type { Tree, TreeNode } from './tree.ts';

/**
 * What a document says, with functions in one form: `Fn::GetAtt: A.B` and `[A, B]` are the same, so that two
 * texts can be compared by their meaning.
 */
export function plainOf(node: DocumentNode): EditValue {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainOf);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainOf(value)]));
  }
}

/**
 * What a tree says, as `plainOf` says it of the reader's nodes: short tags are the maps they stand for, aliases
 * what their anchor holds, merges are merged.
 */
export function plainOfTree({ root, language }: Tree): EditValue {
  const anchors = new Map<string, EditValue>();
  const plain = (node: TreeNode): EditValue => {
    if (node.kind === 'alias') return anchors.get(node.source) ?? null;
    const content = contentOf(node);
    const key = node.tag === undefined ? undefined : SHORT_TAGS.get(node.tag);
    const value = key === undefined ? content : { [key]: content };
    if (node.anchor !== undefined) anchors.set(node.anchor, value);
    return value;
  };
  const contentOf = (node: Exclude<TreeNode, { kind: 'alias' }>): EditValue => {
    if (node.kind === 'list') return node.items.map((item) => plain(item.value));
    if (node.kind === 'map') return entriesOf(node);
    if (node.empty) return null;
    const isPlain = !node.quote && !node.block && node.tag === undefined;
    if (node.scalar !== undefined) return node.scalar;
    return language === 'yaml' && isPlain ? plainScalar(node.value) : node.value;
  };
  const entriesOf = (node: Extract<TreeNode, { kind: 'map' }>): EditValue => {
    const own = node.entries.map(({ key, value }) => [key, plain(value)] as const);
    const merged = node.merged.map(plain).flatMap((source) => (isList(source) ? source : [source]));
    const found = new Map<string, EditValue>(own);
    for (const source of merged) {
      if (isMap(source))
        for (const [key, value] of Object.entries(source)) if (!found.has(key)) found.set(key, value);
    }
    return Object.fromEntries(found);
  };
  return plain(root);
}

/** The same value with functions in one form. */
export function normalized(value: EditValue): EditValue {
  if (isList(value)) return value.map(normalized);
  if (!isMap(value)) return value;
  const attribute = value['Fn::GetAtt'];
  if (isList(attribute) && attribute.every((part) => typeof part === 'string')) {
    return { 'Fn::GetAtt': attribute.join('.') };
  }
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, normalized(entry)]));
}
