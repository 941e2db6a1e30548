import { type Text, text } from '../kernel/texts.ts';
import type { DecisionEntry } from '../model/decision.ts';
import { canonicalJson } from './canonical.ts';
import { historyName } from './entry.ts';
import { type Heads, type Histories, isIntactHeads } from './heads.ts';
import { isEntry, isHeads, newerSchema } from './shape.ts';
import { historyProblems } from './verify.ts';

export const DECISIONS_FILE = 'honmaru.decisions.jsonl';

const LINE_CHARACTERS = 16 * 1024 * 1024;

/** A fault of a log, with its line where it has one. */
export interface LogProblem {
  readonly line?: number;
  readonly what: Text;
}

export interface DecisionLog {
  /** `historyName` → its entries by sequence; only histories without a fault. */
  readonly histories: Histories;
  /** The manifests of heads that the log holds. */
  readonly heads: readonly Heads[];
  readonly problems: readonly LogProblem[];
}

/** A manifest or an entry with the line that it stands on. */
interface Logged<Value> {
  readonly line: number;
  readonly value: Value;
}

/** The lines of a log: every entry, then the manifests of heads, so that a cut shows. */
export function formatLog(histories: Histories, heads: readonly Heads[]): string {
  const entries = [...histories.keys()].toSorted().flatMap((name) => histories.get(name) ?? []);
  return [...entries, ...heads].map((each) => `${canonicalJson(each)}\n`).join('');
}

/**
 * Reads a log whose histories may be interleaved and whose lines may repeat, as a merge leaves them. A history
 * with a fault (altered, reordered, forked, with a gap, cut below an anchored head) is told and left out.
 *
 * @param anchors manifests that are kept elsewhere.
 */
export function readLog(content: string, anchors: readonly Heads[] = []): DecisionLog {
  const problems: LogProblem[] = [];
  const entries = new Map<string, Logged<DecisionEntry>[]>();
  const manifests: Logged<Heads>[] = [];
  for (const { line, source } of linesOf(content)) {
    const value = parseLine(source);
    if (isEntry(value)) append(entries, historyName(value), { line, value });
    else if (isHeads(value)) manifests.push({ line, value });
    else problems.push({ line, what: value === EDITED ? EDITED_LINE : strange(value) });
  }
  for (const { line, value } of manifests)
    if (!isIntactHeads(value)) problems.push({ line, what: ALTERED_HEADS });
  const heads = [...manifests, ...anchors.map((value) => ({ line: undefined, value }))];
  const expected = expectedHeads(heads);
  const histories = new Map<string, readonly DecisionEntry[]>();
  for (const name of new Set([...entries.keys(), ...expected.keys()])) {
    const history = (entries.get(name) ?? []).toSorted(
      (one, other) => one.value.sequence - other.value.sequence,
    );
    const faults = [
      ...orderProblems(entries.get(name) ?? []),
      ...historyProblems(history, expected.get(name) ?? []),
    ];
    problems.push(...faults);
    if (faults.length > 0) continue;
    histories.set(
      name,
      history.map(({ value }) => value),
    );
  }
  return { histories, heads: manifests.map(({ value }) => value).filter(isIntactHeads), problems };
}

/** Histories that were kept as records, without those that have a fault. */
export function checkedHistories(kept: Histories): Omit<DecisionLog, 'heads'> {
  const histories = new Map<string, readonly DecisionEntry[]>();
  const problems: LogProblem[] = [];
  for (const [name, history] of kept) {
    const [fault] = historyProblems(
      history.map((value, index) => ({ line: index, value })),
      [],
    );
    if (fault) problems.push({ what: fault.what });
    else histories.set(name, history);
  }
  return { histories, problems };
}

/** Within a history lines keep their order, also when git merges two files that both have some of them. */
function orderProblems(entries: readonly Logged<DecisionEntry>[]): readonly LogProblem[] {
  return entries.flatMap(({ line, value }, index) => {
    const next = entries[index + 1]?.value;
    if (!next || next.sequence >= value.sequence) return [];
    const [later, earlier] = [value, next].map(({ risk, sequence }) => `${risk} #${sequence}`);
    return [
      {
        line,
        what: text(
          `${later} stands before ${earlier}: the lines were reordered`,
          `${later} が ${earlier} より前にあります(行が並べ替えられています)`,
        ),
      },
    ];
  });
}

/** An anchored head with the line of its manifest. */
interface Expected {
  readonly line?: number;
  readonly risk: string;
  readonly head: string;
}

function expectedHeads(
  manifests: readonly { readonly line: number | undefined; readonly value: Heads }[],
): ReadonlyMap<string, readonly Expected[]> {
  const expected = new Map<string, Expected[]>();
  for (const { line, value } of manifests) {
    for (const { environment, risk, head } of value.heads) {
      const place = line === undefined ? {} : { line };
      append(expected, historyName({ environment, risk }), { risk, head, ...place });
    }
  }
  return expected;
}

/** The lines that are not empty, each text once; a carriage return before the line feed is no part of it. */
function linesOf(content: string): readonly { readonly line: number; readonly source: string }[] {
  const seen = new Set<string>();
  const parts = content.split('\n');
  return parts.flatMap((part, index) => {
    const isLast = index === parts.length - 1;
    const source = !isLast && part.endsWith('\r') ? part.slice(0, -1) : part;
    if (source === '' || seen.has(source)) return [];
    seen.add(source);
    return [{ line: index + 1, source }];
  });
}

/** What a line says that was written by another hand than `formatLog`: its bytes are not the canonical ones. */
const EDITED = Symbol('edited');

function parseLine(source: string): unknown {
  if (source.length > LINE_CHARACTERS) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return undefined;
  }
  if (!isEntry(value) && !isHeads(value)) return value;
  return canonicalJson(value) === source ? value : EDITED;
}

function strange(value: unknown): Text {
  const newer = newerSchema(value);
  if (newer === undefined) {
    return text('no entry of a decision history', '決定履歴の記録ではありません');
  }
  return text(
    `it was written by a newer version (${newer}); update honmaru`,
    `新しい版で書かれています(${newer})。honmaruを更新してください`,
  );
}

const EDITED_LINE = text(
  'the line was edited: its bytes are not those that were written',
  '行が編集されています(書き出した内容と一致しません)',
);
const ALTERED_HEADS = text(
  'the manifest of heads was altered: its hash does not fit',
  '先頭一覧(heads)が改変されています(ハッシュ不一致)',
);

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
