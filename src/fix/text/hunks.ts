import { applySplices, ordered, type Splice } from './splices.ts';

/** A hunk of a unified diff with the ids of the changes that made it. */
export interface Hunk {
  /** `@@ -1,2 +1,3 @@`, counted in the file as the hunks before it left it. */
  readonly header: string;
  readonly lines: readonly string[];
  readonly by: readonly string[];
}

const CONTEXT = 3;

/**
 * The hunks of a unified diff, from the splices themselves. Each is numbered so that they can be applied one
 * after the other.
 */
export function hunksOf(before: string, splices: readonly Splice[]): readonly Hunk[] {
  const old = linesOf(before);
  const starts = lineStartsOf(before);
  const groups = grouped(regionsOf(starts, splices), old.length);
  let shift = 0;
  return groups.map((group) => {
    const hunk = hunkOf(old, starts, group, shift);
    shift += hunk.added;
    return hunk;
  });
}

/** Lines with their line breaks. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

/** The lines (from 0, `to` exclusive) that some splices change. */
interface Region {
  readonly from: number;
  readonly to: number;
  readonly splices: readonly Splice[];
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function regionsOf(starts: readonly number[], splices: readonly Splice[]): readonly Region[] {
  const lineOf = (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const regions: Region[] = [];
  for (const splice of ordered(splices)) {
    const from = lineOf(splice.start);
    // A splice that takes a line break away may join the next line to this one: that line belongs to it.
    const to = lineOf(splice.end) + 1;
    const last = regions.at(-1);
    if (last && from < last.to) {
      regions[regions.length - 1] = {
        from: last.from,
        to: Math.max(last.to, to),
        splices: [...last.splices, splice],
      };
    } else regions.push({ from, to, splices: [splice] });
  }
  return regions;
}

interface Group {
  readonly from: number;
  readonly to: number;
  readonly regions: readonly Region[];
}

function grouped(regions: readonly Region[], length: number): readonly Group[] {
  const groups: Group[] = [];
  for (const region of regions) {
    const from = Math.max(0, region.from - CONTEXT);
    const to = Math.min(length, region.to + CONTEXT);
    const last = groups.at(-1);
    if (last && from <= last.to)
      groups[groups.length - 1] = { from: last.from, to, regions: [...last.regions, region] };
    else groups.push({ from, to, regions: [region] });
  }
  return groups;
}

function hunkOf(
  old: readonly string[],
  starts: readonly number[],
  group: Group,
  shift: number,
): Hunk & { readonly added: number } {
  const lines: string[] = [];
  let at = group.from;
  let offset = starts[group.from] ?? 0;
  let removed = 0;
  let added = 0;
  const keep = (to: number) => {
    for (const line of old.slice(at, to)) lines.push(...shown(' ', line));
    offset = starts[to] ?? offset;
    at = to;
  };
  for (const { from, to: last, splices } of group.regions) {
    const to = Math.min(last, old.length);
    keep(from);
    const text = old.slice(from, to).join('');
    const moved = splices.map((splice) => ({
      ...splice,
      start: splice.start - offset,
      end: splice.end - offset,
    }));
    const next = linesOf(applySplices(text, moved));
    const { head, tail } = common(old.slice(from, to), next);
    const gone = old.slice(from + head, to - tail);
    const come = next.slice(head, next.length - tail);
    for (const line of old.slice(from, from + head)) lines.push(...shown(' ', line));
    for (const line of gone) lines.push(...shown('-', line));
    for (const line of come) lines.push(...shown('+', line));
    for (const line of old.slice(to - tail, to)) lines.push(...shown(' ', line));
    removed += gone.length;
    added += come.length;
    offset = starts[to] ?? offset;
    at = to;
  }
  keep(group.to);
  const count = group.to - group.from;
  const start = group.from + shift + 1;
  const header = `@@ -${start},${count} +${start},${count - removed + added} @@`;
  const by = [...new Set(group.regions.flatMap(({ splices }) => splices.flatMap((splice) => splice.by)))];
  return { header, lines, by, added: added - removed };
}

/** How many lines at the beginning and at the end stay the same. */
function common(
  old: readonly string[],
  next: readonly string[],
): { readonly head: number; readonly tail: number } {
  const most = Math.min(old.length, next.length);
  let head = 0;
  while (head < most && old[head] === next[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail += 1;
  return { head, tail };
}

/** A line of a diff; one without a line break at the end of the file says so. */
function shown(mark: string, line: string): readonly string[] {
  if (line.endsWith('\n')) return [mark + line.slice(0, -1)];
  return [mark + line, '\\ No newline at end of file'];
}
