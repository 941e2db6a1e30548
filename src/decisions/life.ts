import { HonmaruError } from '../kernel/errors.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { DecisionEntry, ProposedEntry, Treatment } from '../model/decision.ts';
import type { Risk } from '../model/risk.ts';
import { seal, shownRisk } from './entry.ts';

/** Somebody who acts on a risk, and when. */
export interface Act {
  readonly risk: Risk;
  /** The entries so far, in order. */
  readonly history: readonly DecisionEntry[];
  readonly by: string;
  readonly now: Date;
}

/**
 * The entry that proposes a treatment.
 *
 * @throws HonmaruError `decision-reason`, `decision-until`, `decision-transfer` or `decision-clock`.
 */
export function propose(act: Act, treatment: Treatment): DecisionEntry {
  checkTreatment(treatment, act.now);
  return seal({ ...frame(act), kind: 'proposed', treatment });
}

/** The verdict of the owner. */
export interface Verdict {
  readonly approved: boolean;
  /** 事業責任者, as declared for the environment. */
  readonly owner: string | undefined;
  /** Whether the owner is the only person, so that they may approve what they proposed themselves. */
  readonly alone: boolean;
}

/**
 * The entry that decides about the open proposal.
 *
 * @throws HonmaruError `decision-nothing-proposed`, `decision-no-owner`, `decision-not-owner`,
 * `decision-own-proposal`, `decision-facts-changed`, `decision-until` or `decision-clock`.
 */
export function decide(act: Act, { approved, owner, alone }: Verdict): DecisionEntry {
  const proposal = openProposal(act.history);
  if (!proposal) {
    throw refusal('decision-nothing-proposed', [
      'nothing is proposed for this risk; propose a treatment first',
      'このリスクには対応案が提案されていません。先に提案してください',
    ]);
  }
  if (owner === undefined) {
    throw refusal('decision-no-owner', [
      'nobody is named as owner; write owner: in honmaru.yaml and assess again',
      '事業責任者が宣言されていません。honmaru.yaml に owner: を書き、評価し直してください',
    ]);
  }
  if (!samePerson(act.by, owner)) {
    throw refusal('decision-not-owner', [
      `only the owner, ${owner}, decides about this risk`,
      `このリスクを決定できるのは事業責任者(${owner})だけです`,
    ]);
  }
  const own = samePerson(act.by, proposal.by);
  if (own && !alone) {
    throw refusal('decision-own-proposal', [
      'whoever proposed a treatment cannot decide about it',
      '対応案を提案した本人は決定できません',
    ]);
  }
  const entry = seal({ ...frame(act), kind: 'decided', approved, selfApproved: own });
  if (approved) {
    if (entry.shown.fingerprint !== proposal.shown.fingerprint) {
      throw refusal('decision-facts-changed', [
        'the facts changed after this was proposed; propose again',
        '提案の後に事実が変わりました。もう一度提案してください',
      ]);
    }
    checkTreatment(proposal.treatment, act.now);
  }
  return entry;
}

/** The last proposal, when nobody has decided about it yet. */
export function openProposal(history: readonly DecisionEntry[]): ProposedEntry | undefined {
  const last = history.at(-1);
  return last?.kind === 'proposed' ? last : undefined;
}

/** The first moment after the last day of a treatment. */
export function endOf(until: string): Date {
  return new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000);
}

function frame({ risk, history, by, now }: Act) {
  const last = history.at(-1);
  if (last && Date.parse(last.at) > now.getTime()) {
    throw refusal('decision-clock', [
      `the clock of this machine is behind the last entry (${last.at})`,
      `この機器の時計が最後の記録(${last.at})より遅れています`,
    ]);
  }
  return {
    schema: 'honmaru.decision/1',
    risk: risk.id,
    sequence: history.length,
    previous: last?.hash ?? null,
    at: now.toISOString(),
    by,
    shown: shownRisk(risk),
  } as const;
}

function checkTreatment({ response, reason, until, counterparty }: Treatment, now: Date): void {
  if (reason.trim() === '')
    throw refusal('decision-reason', ['a treatment needs a reason', '対応には理由が必要です']);
  if (response === 'accept' && until === undefined) {
    throw refusal('decision-until', [
      'an acceptance needs a last day: YYYY-MM-DD',
      '受容には期限(YYYY-MM-DD)が必要です',
    ]);
  }
  if (until !== undefined && !isDay(until)) {
    throw refusal('decision-until', [
      `"${until}" is no day: YYYY-MM-DD`,
      `「${until}」は日付(YYYY-MM-DD)ではありません`,
    ]);
  }
  if (until !== undefined && endOf(until) <= now)
    throw refusal('decision-until', [`${until} has passed`, `${until} は過ぎています`]);
  if (response === 'transfer' && !counterparty) {
    throw refusal('decision-transfer', [
      'a transfer names its counterparty',
      '移転には移転先の指定が必要です',
    ]);
  }
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

function samePerson(one: string, other: string): boolean {
  return one.normalize('NFC').trim() === other.normalize('NFC').trim();
}

function refusal(code: string, [en, ja]: readonly [string, string]): HonmaruError {
  const message: Text = text(en, ja);
  return new HonmaruError({ code, message });
}
