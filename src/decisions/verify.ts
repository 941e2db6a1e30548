import { type Text, text } from '../kernel/texts.ts';
import type { DecisionEntry } from '../model/decision.ts';
import { isIntact } from './entry.ts';

interface Logged {
  readonly line: number;
  readonly entry: DecisionEntry;
}

interface Anchor {
  readonly line: number;
  readonly head: string;
}

/** The faults of one history, whose entries stand in the order of their sequence, each with its line. */
export function historyProblems(
  entries: readonly Logged[],
  anchors: readonly Anchor[],
): readonly { line: number; what: Text }[] {
  const problems: { line: number; what: Text }[] = [];
  entries.forEach(({ line, entry }, index) => {
    const what = entryProblem(entry, entries[index - 1]?.entry, index);
    if (what) problems.push({ line, what });
  });
  const hashes = new Set(entries.map(({ entry }) => entry.hash));
  for (const { line, head } of anchors) {
    if (!hashes.has(head)) problems.push({ line, what: cut(head) });
  }
  return problems;
}

function entryProblem(
  entry: DecisionEntry,
  before: DecisionEntry | undefined,
  index: number,
): Text | undefined {
  const name = `${entry.risk} #${entry.sequence}`;
  if (!isIntact(entry)) {
    return text(`${name} was altered: its hash does not fit`, `${name} は改変されています(ハッシュ不一致)`);
  }
  if (before && before.sequence === entry.sequence) {
    return text(`${name} stands twice: the history forks`, `${name} が2つあり、履歴が分岐しています`);
  }
  if (entry.sequence < index || entry.sequence > (before ? before.sequence + 1 : 0)) {
    return text(`an entry before ${name} is missing`, `${name} より前の記録が欠けています`);
  }
  if (entry.previous !== (before?.hash ?? null)) {
    return text(`${name} does not follow the entry before it`, `${name} は直前の記録につながっていません`);
  }
  if (before && Date.parse(entry.at) < Date.parse(before.at)) {
    return text(`${name} is older than the entry before it`, `${name} の時刻が直前の記録より前です`);
  }
  if (entry.kind === 'decided' && before?.kind !== 'proposed') {
    return text(`${name} decides about nothing that was proposed`, `${name} は提案のない決定です`);
  }
  if (entry.kind === 'decided' && before?.by === entry.by && !entry.selfApproved) {
    return text(`${name} was decided by its proposer`, `${name} は提案者本人が決定しています`);
  }
  return undefined;
}

function cut(head: string): Text {
  const short = head.slice(0, 12);
  return text(
    `the history was cut or rewritten: its anchored head ${short} is missing`,
    `履歴が切り詰められたか書き換えられています。固定された先頭 ${short} がありません`,
  );
}
