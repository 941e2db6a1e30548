import type { EditValue } from '../../model/remedy.ts';
import { indentationAt, isFirstOnLine } from '../text/lines.ts';
import type { Splice } from '../text/splices.ts';
import { appended } from './edit-block.ts';
import type { Editing } from './editing.ts';
import { refuseMerged } from './merged.ts';
import { madeFrom, type Patch } from './patch.ts';
import { type FlowStyle, flowEntry, flowValue } from './print-flow.ts';
import { entryEnd, type TreeList, type TreeMap } from './tree.ts';

/** The splices for `{…}`. */
export function editFlowMap(editing: Editing, node: TreeMap, patch: Patch): readonly Splice[] {
  const added = [...patch.below].filter(([key]) => !node.entries.some((each) => each.key === key));
  refuseMerged(editing, node, added);
  const changed = node.entries.flatMap((each) => {
    const inner = patch.below.get(each.key);
    return inner && !inner.remove ? editing.below(each.value, inner, each) : [];
  });
  const parts = node.entries.map((each) => ({
    start: each.start,
    end: entryEnd(each),
    removedBy: removedBy(patch.below.get(each.key)),
  }));
  const values = added.flatMap(([key, inner]): Addition[] => {
    const value = madeFrom(inner);
    if (value === undefined) return [];
    return [{ write: (indent, style) => flowEntry(key, value, indent, style), by: [...inner.by] }];
  });
  return [...changed, ...editParts(editing, node, parts, values)];
}

/** The splices for `[…]`. */
export function editFlowList(editing: Editing, node: TreeList, patch: Patch): readonly Splice[] {
  const changed = node.items.flatMap((item, index) => {
    const inner = patch.below.get(String(index));
    return inner && !inner.remove ? editing.below(item.value, inner, undefined) : [];
  });
  const parts = node.items.map((item, index) => ({
    start: item.start,
    end: item.value.end,
    removedBy: removedBy(patch.below.get(String(index))),
  }));
  const values = appended(patch, node.items.length).map(
    ({ value, by }): Addition => ({ write: writerOf(value), by }),
  );
  return [...changed, ...editParts(editing, node, parts, values)];
}

function writerOf(value: EditValue): Addition['write'] {
  return (indent, style) => flowValue(value, indent, style);
}

function removedBy(patch: Patch | undefined): readonly string[] | undefined {
  return patch?.remove ? [...patch.by] : undefined;
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly removedBy: readonly string[] | undefined;
}

interface Addition {
  readonly write: (indent: string, style: FlowStyle) => string;
  readonly by: readonly string[];
}

function editParts(
  editing: Editing,
  node: TreeMap | TreeList,
  parts: readonly Part[],
  added: readonly Addition[],
): readonly Splice[] {
  const kept = parts.filter((part) => !part.removedBy);
  const gone = removals(parts);
  const last = kept.at(-1);
  return last ? [...gone, ...behind(editing, last, added)] : refilled(editing, node, parts, added);
}

/** Each run of parts that go: up to the next one that stays, or from the end of the one before. */
function removals(parts: readonly Part[]): readonly Splice[] {
  const splices: Splice[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const first = parts[index];
    if (!first?.removedBy) continue;
    let after = index;
    while (parts[after]?.removedBy) after += 1;
    const run = parts.slice(index, after);
    const next = parts[after];
    const before = parts[index - 1];
    const by = [...new Set(run.flatMap((part) => part.removedBy ?? []))];
    if (next) splices.push({ start: first.start, end: next.start, text: '', by });
    else if (before) splices.push({ start: before.end, end: run.at(-1)?.end ?? before.end, text: '', by });
    index = after;
  }
  return splices;
}

/** New parts go behind the last one that stays, on lines of their own where the others stand so. */
function behind({ tree, style }: Editing, last: Part, added: readonly Addition[]): readonly Splice[] {
  if (added.length === 0) return [];
  const lines = isFirstOnLine(tree.text, last.start);
  const indent = indentationAt(tree.text, last.start);
  const { newline, step, spaced } = style;
  const separator = lines ? `,${newline}${indent}` : spaced ? ', ' : ',';
  return added.map(({ write, by }) => ({
    start: last.end,
    end: last.end,
    text: separator + write(indent, { newline, step, spaced, lines }),
    by,
  }));
}

/** A collection in which nothing stays. */
function refilled(
  { tree, style }: Editing,
  node: TreeMap | TreeList,
  parts: readonly Part[],
  added: readonly Addition[],
): readonly Splice[] {
  const by = [
    ...new Set([...parts.flatMap((part) => part.removedBy ?? []), ...added.flatMap((each) => each.by)]),
  ];
  if (by.length === 0) return [];
  const open = tree.text.indexOf(node.kind === 'map' ? '{' : '[', node.start);
  const indent = indentationAt(tree.text, open);
  const { newline, step, spaced } = style;
  const lines = tree.language === 'json' && tree.text.includes('\n');
  const inner = lines ? indent + step : indent;
  const written = added.map(({ write }) => write(inner, { newline, step, spaced, lines }));
  const body =
    added.length === 0
      ? ''
      : lines
        ? `${newline}${inner}${written.join(`,${newline}${inner}`)}${newline}${indent}`
        : written.join(spaced ? ', ' : ',');
  return [{ start: open + 1, end: node.end - 1, text: body, by }];
}
