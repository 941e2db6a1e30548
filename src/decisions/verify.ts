import { type Text, text } from '../kernel/texts.ts';
import type { DecisionEntry } from '../model/decision.ts';
import { fingerprintOf } from '../risk/fingerprint.ts';
import { canonicalJson } from './canonical.ts';
import { isIntact, riskShown } from './entry.ts';
import { openProposal } from './life.ts';
import { samePerson } from './person.ts';

interface Logged {
  readonly line: number;
  readonly value: DecisionEntry;
}

interface Anchor {
  readonly line?: number;
  readonly risk: string;
  readonly head: string;
}

interface Fault {
  readonly line?: number;
  readonly what: Text;
}

/** The faults of one history, whose entries stand in the order of their sequence, each with its line. */
export function historyProblems(entries: readonly Logged[], anchors: readonly Anchor[]): readonly Fault[] {
  const problems: Fault[] = [];
  const history: DecisionEntry[] = [];
  for (const { line, value } of entries) {
    const what = entryProblem(value, history);
    if (what) problems.push({ line, what });
    history.push(value);
  }
  const hashes = new Set(history.map(({ hash }) => hash));
  for (const { line, risk, head } of anchors) {
    if (!hashes.has(head))
      problems.push({ ...(line === undefined ? {} : { line }), what: cutHistory(risk, head) });
  }
  return problems;
}

/** What is wrong with an entry that follows a history; undefined when nothing is. */
function entryProblem(entry: DecisionEntry, history: readonly DecisionEntry[]): Text | undefined {
  const before = history.at(-1);
  const name = `${entry.risk} #${entry.sequence}`;
  if (!isIntact(entry)) {
    return text(`${name} was altered: its hash does not fit`, `${name} は改変されています(ハッシュ不一致)`);
  }
  if (before && before.sequence === entry.sequence) {
    return text(
      `${name} stands twice: the history forks (two decisions at once); restore the file of one branch, risk import the other’s, then decide again`,
      `${name} が2つあり、履歴が分岐しています(同時に2つの決定)。片方のブランチのファイルを復元し、もう片方を risk import で取り込み、決定し直してください`,
    );
  }
  if (entry.sequence < history.length || entry.sequence > (before ? before.sequence + 1 : 0)) {
    return text(`an entry before ${name} is missing`, `${name} より前の記録が欠けています`);
  }
  if (entry.previous !== (before?.hash ?? null)) {
    return text(`${name} does not follow the entry before it`, `${name} は直前の記録につながっていません`);
  }
  if (before && Date.parse(entry.at) < Date.parse(before.at)) {
    return text(`${name} is older than the entry before it`, `${name} の時刻が直前の記録より前です`);
  }
  return shownProblem(entry, name) ?? meaningProblem(entry, history, name);
}

/** What was shown must be this risk, with the fingerprint that is recorded. */
function shownProblem(entry: DecisionEntry, name: string): Text | undefined {
  const risk = riskShown(entry);
  if (!risk || risk.id !== entry.risk) {
    return text(
      `${name} does not show the risk that it is about`,
      `${name} の表示内容が対象のリスクではありません`,
    );
  }
  return fingerprintFits(entry, risk)
    ? undefined
    : text(
        `${name} names a fingerprint that is not that of the facts shown`,
        `${name} の指紋(fingerprint)が表示された事実と一致しません`,
      );
}

function fingerprintFits(entry: DecisionEntry, risk: Parameters<typeof fingerprintOf>[0]): boolean {
  try {
    return fingerprintOf(risk) === entry.shown.fingerprint;
  } catch {
    return false;
  }
}

/** A verdict must be about the open proposal, and not be its proposer's own unless that is marked. */
function meaningProblem(
  entry: DecisionEntry,
  history: readonly DecisionEntry[],
  name: string,
): Text | undefined {
  const proposal = openProposal(history);
  if (entry.kind === 'withdrawn') return withdrawalProblem(entry.by, proposal?.by, name);
  if (entry.kind !== 'decided') return undefined;
  if (!proposal) {
    return text(`${name} decides about nothing that was proposed`, `${name} は提案のない決定です`);
  }
  if (
    canonicalJson(proposal.treatment) !== canonicalJson(entry.treatment) ||
    proposal.by !== entry.proposedBy
  ) {
    return text(
      `${name} decides about something else than was proposed`,
      `${name} は提案と異なる内容の決定です`,
    );
  }
  if (entry.approved && proposal.shown.fingerprint !== entry.shown.fingerprint) {
    return text(
      `${name} approves on other facts than were proposed on`,
      `${name} は提案時と異なる事実に基づいて承認しています`,
    );
  }
  if (samePerson(proposal.by, entry.by) !== entry.selfApproved) {
    return entry.selfApproved
      ? text(`${name} is wrongly marked as self-approved`, `${name} の自己承認の印が誤っています`)
      : text(`${name} was decided by its proposer`, `${name} は提案者本人が決定しています`);
  }
  return undefined;
}

/** Only an open proposal is taken back, and by whoever made it. */
function withdrawalProblem(by: string, proposedBy: string | undefined, name: string): Text | undefined {
  if (proposedBy === undefined) {
    return text(`${name} takes back nothing that was proposed`, `${name} は提案のない取り下げです`);
  }
  if (samePerson(by, proposedBy)) return undefined;
  return text(`${name} takes back somebody else's proposal`, `${name} は他人の提案の取り下げです`);
}

/** That an anchored head of a history is missing. */
export function cutHistory(risk: string, head: string): Text {
  const short = head.slice(0, 12);
  return text(
    `the history of ${risk} was cut or rewritten: its anchored head ${short} is missing`,
    `${risk} の履歴が切り詰められたか書き換えられています。固定された先頭 ${short} がありません`,
  );
}
