import type {
  ClosingEvidence,
  DecidedEntry,
  DecisionEntry,
  LapseReason,
  ProposedEntry,
  ShownRisk,
  Treatment,
  UnsealedEntry,
} from '../model/decision.ts';
import type { Interval, Risk } from '../model/risk.ts';
import { shownRisk } from './entry.ts';
import { samePerson } from './person.ts';
import { refusal } from './refusal.ts';
import type { Roots } from './roots.ts';
import { checkReason, checkTreatment } from './treatment.ts';

/** Somebody who acts on a risk, and when. */
export interface Act {
  readonly environment: string;
  /** The risk as it is, or as it was last shown where it is gone. */
  readonly risk: Risk;
  /** The entries so far, in order. */
  readonly history: readonly DecisionEntry[];
  readonly by: string;
  readonly now: Date;
}

/**
 * The entry that proposes a treatment; like every entry of this module it is still to be signed, or sealed.
 *
 * @throws HonmaruError `decision-reason`, `decision-until`, `decision-transfer` or `decision-clock`.
 */
export function propose(act: Act, treatment: Treatment): UnsealedEntry {
  checkTreatment(treatment, act.now);
  return { ...frame(act), kind: 'proposed', treatment };
}

/**
 * The owner's verdict about the open proposal.
 *
 * @throws HonmaruError `decision-nothing-proposed`, `decision-no-owner`, `decision-not-owner`,
 * `decision-own-proposal`, `decision-facts-changed`, `decision-until` or `decision-clock`.
 */
export function decide(act: Act, approved: boolean, roots: Roots): DecidedEntry {
  const proposal = openProposal(act.history);
  if (!proposal) {
    throw refusal('decision-nothing-proposed', [
      'nothing is proposed for this risk; propose a treatment first',
      'このリスクには対応案が提案されていません。先に提案してください',
    ]);
  }
  checkOwner(act.by, roots);
  const own = samePerson(act.by, proposal.by);
  if (own && !roots.alone) {
    throw refusal('decision-own-proposal', [
      'whoever proposed a treatment cannot decide about it; somebody else proposes, or honmaru.yaml says team: one',
      '対応案を提案した本人は決定できません。別の人が提案するか、一人のチームなら honmaru.yaml に team: one と書いてください',
    ]);
  }
  const { treatment, by: proposedBy } = proposal;
  const entry: DecidedEntry = {
    ...frame(act),
    kind: 'decided',
    approved,
    selfApproved: own,
    treatment,
    proposedBy,
  };
  if (approved) {
    if (entry.shown.fingerprint !== proposal.shown.fingerprint) {
      throw refusal('decision-facts-changed', [
        'the facts changed after this was proposed; propose again',
        '提案の後に事実が変わりました。もう一度提案してください',
      ]);
    }
    checkTreatment(treatment, act.now);
  }
  return entry;
}

/**
 * Whoever proposed takes the open proposal back.
 *
 * @throws HonmaruError `decision-nothing-proposed`, `decision-not-proposer`, `decision-reason` or `decision-clock`.
 */
export function withdraw(act: Act, reason: string): UnsealedEntry {
  checkReason(reason);
  const proposal = openProposal(act.history);
  if (!proposal) {
    throw refusal('decision-nothing-proposed', [
      'nothing is proposed for this risk',
      'このリスクには対応案が提案されていません',
    ]);
  }
  if (!samePerson(act.by, proposal.by)) {
    throw refusal('decision-not-proposer', [
      `only whoever proposed it, ${proposal.by}, takes it back; the owner rejects it`,
      `取り下げられるのは提案した本人(${proposal.by})だけです。事業責任者は却下してください`,
    ]);
  }
  return { ...frame(act), kind: 'withdrawn', reason };
}

/**
 * The owner closes a risk with the evidence that shows it.
 *
 * @param value the upper end of the current value; 0 when the risk is gone.
 * @throws HonmaruError `decision-no-owner`, `decision-not-owner`, `decision-reason` or `decision-clock`.
 */
export function close(
  act: Act,
  closing: { readonly reason: string; readonly evidence: readonly ClosingEvidence[]; readonly value: number },
  roots: Roots,
): UnsealedEntry {
  checkReason(closing.reason);
  checkOwner(act.by, roots);
  return { ...frame(act), kind: 'closed', ...closing };
}

/** Somebody opens a closed risk again. @throws HonmaruError `decision-not-closed`, `decision-reason`. */
export function reopen(act: Act, reason: string): UnsealedEntry {
  checkReason(reason);
  if (!isClosed(act.history)) {
    throw refusal('decision-not-closed', ['this risk is not closed', 'このリスクは完了していません']);
  }
  return { ...frame(act), kind: 'reopened', reason };
}

/** The record that what was decided lapsed. */
export function lapsed(act: Act, why: readonly LapseReason[]): UnsealedEntry {
  return { ...frame(act), kind: 'lapsed', why };
}

/** The record that a resource of the risk has another name. */
export function renamed(act: Act, from: string, to: string): UnsealedEntry {
  return { ...frame(act), kind: 'renamed', from, to };
}

/** A change of an asset's class. */
interface ClassChange {
  readonly resource: string;
  readonly before: Interval;
  readonly after: Interval;
  readonly reason: string;
}

/**
 * The record that the class of an asset changed; lowering one is for the owner to decide.
 *
 * @throws HonmaruError `decision-no-owner`, `decision-not-owner`, `decision-reason` or `decision-clock`.
 */
export function classChanged(act: Act, change: ClassChange, roots: Roots): UnsealedEntry {
  checkReason(change.reason);
  if (change.after.high < change.before.high) checkOwner(act.by, roots);
  return { ...frame(act), kind: 'class-changed', ...change };
}

/** Whether the last entry that changes what holds closes the risk; proposals since leave that. */
export function isClosed(history: readonly DecisionEntry[]): boolean {
  const turn = history.findLast(
    (entry) =>
      entry.kind === 'closed' ||
      entry.kind === 'reopened' ||
      entry.kind === 'lapsed' ||
      (entry.kind === 'decided' && entry.approved),
  );
  return turn?.kind === 'closed';
}

/** The last proposal, when nobody has decided about it yet; records of other kinds may follow it. */
export function openProposal(
  history: readonly DecisionEntry[],
): (ProposedEntry & { readonly hash: string }) | undefined {
  const last = lastOf(history);
  return last?.kind === 'proposed' ? last : undefined;
}

/** The last entry that says what is done about the risk. */
function lastOf(history: readonly DecisionEntry[]): DecisionEntry | undefined {
  return history.findLast(({ kind }) => kind !== 'renamed' && kind !== 'class-changed');
}

function checkOwner(by: string, { owner }: Roots): void {
  if (owner === undefined) {
    throw refusal('decision-no-owner', [
      'nobody is named as owner; write owner: in honmaru.yaml and assess again',
      '事業責任者が宣言されていません。honmaru.yaml に owner: を書き、評価し直してください',
    ]);
  }
  if (!samePerson(by, owner)) {
    throw refusal('decision-not-owner', [
      `only the owner, ${owner}, decides about this risk, not ${by}`,
      `このリスクを決定できるのは事業責任者(${owner})だけです(${by} ではありません)`,
    ]);
  }
}

const MOST_SHOWN = 4 * 1024 * 1024;
const MOST_NAME = 200;

function frame({ environment, risk, history, by, now }: Act): {
  readonly schema: 'honmaru.decision/1';
  readonly environment: string;
  readonly risk: string;
  readonly sequence: number;
  readonly previous: string | null;
  readonly at: string;
  readonly by: string;
  readonly shown: ShownRisk;
} {
  const last = history.at(-1);
  if (last && Date.parse(last.at) > now.getTime()) {
    throw refusal('decision-clock', [
      `the clock of this machine is behind the last entry (${last.at}): it jumped back, or the entry was made in the future`,
      `この機器の時計が最後の記録(${last.at})より遅れています。時計が戻されたか、未来の時刻で記録されています`,
    ]);
  }
  const shown = shownRisk(risk);
  if (shown.canonical.length > MOST_SHOWN) {
    throw refusal('decision-size', [
      `what is shown of this risk has more than ${MOST_SHOWN} characters: split the environment, so that people can read it`,
      `このリスクの表示内容が${MOST_SHOWN}文字を超えています。人が読めるように環境を分割してください`,
    ]);
  }
  if (by.trim() === '' || by.length > MOST_NAME) {
    throw refusal('decision-name', [
      `a name has 1 to ${MOST_NAME} characters`,
      `名前は1〜${MOST_NAME}文字で指定してください`,
    ]);
  }
  return {
    schema: 'honmaru.decision/1',
    environment,
    risk: risk.id,
    sequence: history.length,
    previous: last?.hash ?? null,
    at: now.toISOString(),
    by: by.normalize('NFC').trim(),
    shown,
  };
}
