import type { EditValue } from '../../model/remedy.ts';
import { lineEnd, lineStart, nextLine } from '../text/lines.ts';
import type { Splice } from '../text/splices.ts';
import type { Editing } from './editing.ts';
import { refuseMerged } from './merged.ts';
import { madeFrom, type Patch } from './patch.ts';
import { yamlEntry, yamlItem } from './print-yaml.ts';
import { keyIndentation, replaced } from './replace.ts';
import { entryEnd, type TreeEntry, type TreeItem, type TreeList, type TreeMap, treeEntry } from './tree.ts';

/** The splices for a block map of YAML. */
export function editBlockMap(
  editing: Editing,
  node: TreeMap,
  patch: Patch,
  entry: TreeEntry | undefined,
): readonly Splice[] {
  const added = [...patch.below].filter(([key]) => !treeEntry(node, key));
  const touched = [...patch.below.keys()]
    .flatMap((key) => treeEntry(node, key) ?? [])
    .toSorted((a, b) => a.start - b.start);
  const removed = touched.filter(({ key }) => patch.below.get(key)?.remove);
  refuseMerged(editing, node, added);
  const values = added.flatMap(([key, inner]) => additionOf(key, inner));
  if (removed.length === node.entries.length && node.merged.length === 0 && entry) {
    return replaced(editing, entry, Object.fromEntries(values.map(({ key, value }) => [key, value])), [
      ...patch.by,
    ]);
  }
  const changed = touched.flatMap((each) => {
    const inner = patch.below.get(each.key);
    return inner && !inner.remove ? editing.below(each.value, inner, each) : [];
  });
  const gone = removed.map((each) =>
    removal(editing, each.start, entryEnd(each), nextStart(node.entries, each), [
      ...(patch.below.get(each.key)?.by ?? []),
    ]),
  );
  return [...changed, ...gone, ...additions(editing, node, patch, values)];
}

interface Addition {
  readonly key: string;
  readonly value: EditValue;
  readonly by: readonly string[];
}

function additionOf(key: string, patch: Patch): readonly Addition[] {
  const value = madeFrom(patch);
  return value === undefined ? [] : [{ key, value, by: [...patch.by] }];
}

/** New entries go below the last one that stays, each as lines of its own. */
function additions(
  editing: Editing,
  node: TreeMap,
  patch: Patch,
  values: readonly Addition[],
): readonly Splice[] {
  if (values.length === 0) return [];
  const last = node.entries.findLast(({ key }) => !patch.below.get(key)?.remove);
  const { tree, style } = editing;
  const first = node.entries[0];
  const indent = first ? keyIndentation(editing, first) : '';
  const at = lineEnd(tree.text, last ? entryEnd(last) : node.end);
  const gap = hasGaps(editing, node) ? style.newline : '';
  return values.map(({ key, value, by }) => {
    const lines = yamlEntry(key, value, indent, style);
    return { start: at, end: at, text: gap + style.newline + lines.join(style.newline), by };
  });
}

const gapped = new WeakMap<TreeMap, boolean>();

/** Whether an empty line stands between most of the entries, as people write between resources. */
function hasGaps({ tree }: Editing, node: TreeMap): boolean {
  const known = gapped.get(node);
  if (known !== undefined) return known;
  const { entries } = node;
  const gaps = entries.filter((entry, index) => {
    const before = entries[index - 1];
    return before !== undefined && /\n[ \t]*\r?\n/.test(tree.text.slice(entryEnd(before), entry.start));
  });
  const result = entries.length > 1 && gaps.length * 2 >= entries.length - 1;
  gapped.set(node, result);
  return result;
}

/** The splices for a block list of YAML. */
export function editBlockList(
  editing: Editing,
  node: TreeList,
  patch: Patch,
  entry: TreeEntry | undefined,
): readonly Splice[] {
  const { tree, style } = editing;
  const { items } = node;
  const patchOf = (index: number) => patch.below.get(String(index));
  const values = appended(patch, items.length);
  const removed = items.filter((_, index) => patchOf(index)?.remove);
  if (removed.length === items.length && entry) {
    return replaced(
      editing,
      entry,
      values.map(({ value }) => value),
      [...patch.by],
    );
  }
  const changed = items.flatMap((item, index) => {
    const inner = patchOf(index);
    return inner && !inner.remove ? editing.below(item.value, inner, undefined) : [];
  });
  const gone = items.flatMap((item, index) => {
    const inner = patchOf(index);
    if (!inner?.remove) return [];
    const end = Math.max(item.value.end, item.start + 1);
    return [removal(editing, item.start, end, nextStart(items, item), [...inner.by])];
  });
  const dash = items[0]?.start ?? 0;
  const indent = tree.text.slice(lineStart(tree.text, dash), dash).replaceAll(/[^\t]/g, ' ');
  const last = items.findLast((_, index) => !patchOf(index)?.remove);
  const at = lineEnd(tree.text, last?.value.end ?? node.end);
  const more = values.map(({ value, by }) => {
    const lines = yamlItem(value, indent, style);
    return { start: at, end: at, text: style.newline + lines.join(style.newline), by };
  });
  return [...changed, ...gone, ...more];
}

/** The items that a patch asks for behind those that are there. */
export function appended(
  patch: Patch,
  length: number,
): readonly { readonly value: EditValue; readonly by: readonly string[] }[] {
  return [...patch.below]
    .filter(([key]) => Number(key) >= length)
    .toSorted((a, b) => Number(a[0]) - Number(b[0]))
    .flatMap(([, inner]) => {
      const value = madeFrom(inner);
      return value === undefined ? [] : [{ value, by: [...inner.by] }];
    });
}

function nextStart<T extends TreeEntry | TreeItem>(all: readonly T[], each: T): number | undefined {
  return all[all.indexOf(each) + 1]?.start;
}

/** Takes whole lines out; where something stands before on the first line (a dash), what follows moves there. */
function removal(
  { tree }: Editing,
  start: number,
  end: number,
  next: number | undefined,
  by: readonly string[],
): Splice {
  const from = lineStart(tree.text, start);
  const isAlone = tree.text.slice(from, start).trim() === '';
  if (!isAlone && next !== undefined) return { start, end: next, text: '', by };
  if (from === 0) return { start: from, end: nextLine(tree.text, end), text: '', by };
  // From the end of the line before, so that what is added behind the removed lines stands outside of them.
  const before = tree.text[from - 2] === '\r' ? from - 2 : from - 1;
  return { start: before, end: lineEnd(tree.text, end), text: '', by };
}
