import type { DocumentNode, MapEntry } from '../../kernel/document.ts';
import type { EditValue } from '../../model/remedy.ts';
import { plainScalar } from '../../sources/documents/plain-scalar.ts';
import { SHORT_TAGS } from '../../sources/documents/short-tags.ts';
import { attributeOf, GET_ATT, isList, isMap, sameMeaning } from './functions.ts';
import type { Tree, TreeNode } from './tree.ts';

/**
 * Whether a document that was read says just what a value says: every key of every map, every item in its place,
 * and nothing besides. `Fn::GetAtt: A.B` and `[A, B]` are the same.
 */
export function says(node: DocumentNode, value: EditValue | undefined): boolean {
  switch (node.kind) {
    case 'scalar':
      return node.value === value;
    case 'list':
      return (
        isList(value) &&
        value.length === node.items.length &&
        node.items.every((item, at) => says(item, value[at]))
      );
    case 'map':
      return isMap(value) && mapSays(node.entries, value);
  }
}

function mapSays(entries: readonly MapEntry[], value: { readonly [key: string]: EditValue }): boolean {
  if (entries.length !== Object.keys(value).length) return false;
  return entries.every(({ key, value: written }) => {
    if (!Object.hasOwn(value, key)) return false;
    if (key === GET_ATT && entries.length === 1) {
      return sameMeaning(attributeOf(plainOf(written)), attributeOf(value[key]));
    }
    return says(written, value[key]);
  });
}

function plainOf(node: DocumentNode): EditValue {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainOf(value)]));
}

/**
 * What a tree says, as the reader's nodes say it: short tags are the maps they stand for, aliases
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
