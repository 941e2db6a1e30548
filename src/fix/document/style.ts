import { newlineOf } from '../text/lines.ts';
import { eachNode, type Tree } from './tree.ts';

/** How a file is written, so that what is added looks like the rest. */
export interface Style {
  readonly newline: '\n' | '\r\n';
  /** One step of indentation. */
  readonly step: string;
  /** Whether the dashes of a list stand further in than its key. */
  readonly indentedLists: boolean;
  readonly quote: '"' | "'";
  /** Whether functions are written with YAML's short tags (`!Ref`). */
  readonly shortTags: boolean;
  /** Whether a JSON file puts a space behind a colon. */
  readonly spaced: boolean;
}

/** Looks at what is there and takes what is most used. */
export function styleOf(tree: Tree): Style {
  const { text } = tree;
  const lists = listIndentations(tree);
  const single = text.split("'").length;
  const double = text.split('"').length;
  return {
    newline: newlineOf(text),
    step: stepOf(tree),
    indentedLists: lists.indented >= lists.flush,
    quote: single > double ? "'" : '"',
    shortTags: tree.language === 'yaml' && (!/\bFn::\w+"?\s*:/.test(text) || /[\s[,]![A-Z]\w+/.test(text)),
    spaced: !/"\s*:\S/.test(text) || /"\s*: /.test(text),
  };
}

function column(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** The most frequent step from a map's keys to those of the map below; two spaces where nothing tells. */
function stepOf({ root, text, language }: Tree): string {
  const steps = new Map<string, number>();
  eachNode(root, (node) => {
    if (node.kind !== 'map') return;
    for (const { start, value } of node.entries) {
      const inner = value.kind === 'map' ? value.entries[0]?.start : undefined;
      if (inner === undefined || !text.slice(start, inner).includes('\n')) continue;
      const outer = indentBefore(text, start);
      const deeper = indentBefore(text, inner);
      if (deeper.length <= outer.length || !deeper.startsWith(outer)) continue;
      const step = deeper.slice(outer.length);
      steps.set(step, (steps.get(step) ?? 0) + 1);
    }
  });
  const [most] = [...steps].toSorted((a, b) => b[1] - a[1]);
  const fallback = '  ';
  return most && (language === 'json' || /^ +$/.test(most[0])) ? most[0] : fallback;
}

/** The white space with which a line begins; a dash before the key counts as space. */
function indentBefore(text: string, offset: number): string {
  const line = text.slice(offset - column(text, offset), offset);
  return line.includes('\t') ? line.replaceAll(/[^\t]/g, ' ') : ' '.repeat(line.length);
}

function listIndentations({ root, text }: Tree): { readonly indented: number; readonly flush: number } {
  let indented = 0;
  let flush = 0;
  eachNode(root, (node) => {
    if (node.kind !== 'map') return;
    for (const { start, value } of node.entries) {
      if (value.kind !== 'list' || value.shape !== 'block') continue;
      const dash = value.items[0]?.start;
      if (dash === undefined) continue;
      if (column(text, dash) > column(text, start)) indented += 1;
      else flush += 1;
    }
  });
  return { indented, flush };
}
