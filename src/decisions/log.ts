import { type Text, text } from '../kernel/texts.ts';
import type { DecisionEntry } from '../model/decision.ts';
import { canonicalJson } from './canonical.ts';
import { historyProblems } from './verify.ts';

export const DECISIONS_FILE = 'honmaru.decisions.jsonl';
/** Lets git merge two branches that each added lines. */
export const GIT_ATTRIBUTES = `${DECISIONS_FILE} merge=union`;

const LINE_CHARACTERS = 4 * 1024 * 1024;
const KINDS = ['proposed', 'decided'];

/** A fault of a log, with its line where it has one. */
export interface LogProblem {
  readonly line?: number;
  readonly what: Text;
}

export interface DecisionLog {
  /** Risk id → its entries by sequence; only histories without a fault. */
  readonly histories: ReadonlyMap<string, readonly DecisionEntry[]>;
  readonly problems: readonly LogProblem[];
}

/** An entry with the line that it stands on. */
interface LoggedEntry {
  readonly line: number;
  readonly entry: DecisionEntry;
}

/** The lines of a log: every entry, then the head of each history, so that a cut shows. */
export function formatLog(histories: ReadonlyMap<string, readonly DecisionEntry[]>): string {
  const entries = [...histories.values()].flat().map(canonicalJson);
  const anchors = [...histories].flatMap(([risk, history]) => {
    const head = history.at(-1)?.hash;
    return head === undefined ? [] : [canonicalJson({ kind: 'anchor', risk, head })];
  });
  return [...entries, ...anchors].map((line) => `${line}\n`).join('');
}

/**
 * Reads a log whose lines may stand in any order and more than once, as a merge leaves them. A history with
 * a fault (altered, forked, with a gap, cut below an anchored head) is told and left out.
 */
export function readLog(content: string): DecisionLog {
  const problems: LogProblem[] = [];
  const logged = new Map<string, LoggedEntry[]>();
  const anchors = new Map<string, { line: number; head: string }[]>();
  const seen = new Set<string>();
  content.split('\n').forEach((source, index) => {
    const line = index + 1;
    if (source.trim() === '' || seen.has(source)) return;
    seen.add(source);
    const value = parseLine(source);
    if (isAnchor(value)) append(anchors, value.risk, { line, head: value.head });
    else if (isEntry(value)) append(logged, value.risk, { line, entry: value });
    else
      problems.push({ line, what: text('no entry of a decision history', '決定履歴の記録ではありません') });
  });
  const histories = new Map<string, readonly DecisionEntry[]>();
  for (const risk of new Set([...logged.keys(), ...anchors.keys()])) {
    const entries = (logged.get(risk) ?? []).sort((one, other) => one.entry.sequence - other.entry.sequence);
    const faults = historyProblems(entries, anchors.get(risk) ?? []);
    problems.push(...faults);
    if (faults.length === 0)
      histories.set(
        risk,
        entries.map(({ entry }) => entry),
      );
  }
  return { histories, problems };
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function parseLine(source: string): unknown {
  if (source.length > LINE_CHARACTERS) return undefined;
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function isAnchor(value: unknown): value is { risk: string; head: string } {
  const { kind, risk, head } = record(value);
  return kind === 'anchor' && typeof risk === 'string' && typeof head === 'string';
}

function isEntry(value: unknown): value is DecisionEntry {
  const { schema, risk, sequence, previous, at, by, kind, hash, shown, treatment, approved } = record(value);
  const texts = [risk, at, by, hash, record(shown).canonical, record(shown).hash, record(shown).fingerprint];
  return (
    schema === 'honmaru.decision/1' &&
    texts.every((each) => typeof each === 'string') &&
    Number.isSafeInteger(sequence) &&
    (previous === null || typeof previous === 'string') &&
    !Number.isNaN(Date.parse(String(at))) &&
    KINDS.includes(String(kind)) &&
    (kind === 'decided' ? typeof approved === 'boolean' : isTreatment(treatment))
  );
}

function isTreatment(value: unknown): boolean {
  const { response, reason, until } = record(value);
  return (
    ['accept', 'reduce', 'transfer', 'avoid'].includes(String(response)) &&
    typeof reason === 'string' &&
    (response === 'accept' ? typeof until === 'string' : true)
  );
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
