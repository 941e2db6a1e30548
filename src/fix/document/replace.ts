import type { EditValue } from '../../model/remedy.ts';
import { indentationAt, isFirstOnLine, lineEnd, lineStart } from '../text/lines.ts';
import type { Splice } from '../text/splices.ts';
import type { Editing } from './editing.ts';
import { flowValue } from './print-flow.ts';
import { yamlBlock, yamlInline } from './print-yaml.ts';
import type { TreeEntry } from './tree.ts';

/** The splices that give an entry another value; a comment on its line stays. */
export function replaced(
  editing: Editing,
  entry: TreeEntry,
  value: EditValue,
  by: readonly string[],
): readonly Splice[] {
  const { tree, style } = editing;
  if (tree.language === 'json' || isInFlow(editing, entry)) {
    return [{ start: entry.value.start, end: entry.value.end, text: flowText(editing, entry, value), by }];
  }
  const quote = entry.value.kind === 'scalar' ? entry.value.quote : undefined;
  const inline = yamlInline(value, quote ? { ...style, quote } : style);
  const isBelow = startsBelow(editing, entry);
  if (inline !== undefined) {
    return isBelow
      ? [
          { start: entry.colon, end: entry.colon, text: ` ${inline}`, by },
          { start: lineEnd(tree.text, entry.colon), end: entry.value.end, text: '', by },
        ]
      : [inlineSplice(tree.text, entry, inline, by)];
  }
  const lines = yamlBlock(value, keyIndentation(editing, entry), style);
  const below = style.newline + lines.join(style.newline);
  const endOfKeyLine = lineEnd(tree.text, entry.colon);
  if (isBelow) return [{ start: endOfKeyLine, end: entry.value.end, text: below, by }];
  const endOfValueLine = lineEnd(tree.text, entry.value.end);
  return [
    { start: entry.colon, end: entry.value.end, text: '', by },
    { start: endOfValueLine, end: endOfValueLine, text: below, by },
  ];
}

function inlineSplice(text: string, entry: TreeEntry, inline: string, by: readonly string[]): Splice {
  const { start, end } = entry.value;
  const isEmpty = start === end;
  const space = isEmpty || !/[ \t]/.test(text[start - 1] ?? '') ? ' ' : '';
  return { start, end, text: space + inline, by };
}

/** Whether a block (a map, a list, a `|` text) begins on a line of its own below the key. */
function startsBelow({ tree }: Editing, { colon, value }: TreeEntry): boolean {
  if (value.kind === 'scalar' && value.block) return false;
  return tree.text.slice(colon, value.start).includes('\n');
}

/** The white space before a key; dashes before it count as space. */
export function keyIndentation({ tree }: Editing, entry: TreeEntry): string {
  return tree.text.slice(lineStart(tree.text, entry.start), entry.start).replaceAll(/[^\t]/g, ' ');
}

/** Whether an entry stands in a `{…}`: then its value must stay there. */
export function isInFlow({ tree }: Editing, entry: TreeEntry): boolean {
  return tree.language === 'json' || flowStarts(tree).has(entry.start);
}

const known = new WeakMap<Editing['tree'], ReadonlySet<number>>();

/** The offsets of the entries inside flow collections. */
function flowStarts(tree: Editing['tree']): ReadonlySet<number> {
  const before = known.get(tree);
  if (before) return before;
  const starts = new Set<number>();
  const walk = (node: TreeEntry['value'], inFlow: boolean): void => {
    if (node.kind === 'map') {
      const flow = inFlow || node.shape === 'flow';
      for (const { start, value } of node.entries) {
        if (flow) starts.add(start);
        walk(value, flow);
      }
    }
    if (node.kind === 'list') {
      for (const { value } of node.items) walk(value, inFlow || node.shape === 'flow');
    }
  };
  walk(tree.root, false);
  known.set(tree, starts);
  return starts;
}

function flowText({ tree, style }: Editing, entry: TreeEntry, value: EditValue): string {
  const lines = isFirstOnLine(tree.text, entry.start);
  const indent = indentationAt(tree.text, entry.start);
  const { newline, step, spaced } = style;
  return flowValue(value, indent, { newline, step, spaced, lines });
}
