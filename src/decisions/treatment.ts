import type { Treatment } from '../model/decision.ts';
import { refusal } from './refusal.ts';

const MOST_CHARACTERS = 4000;

/**
 * Refuses a treatment that is not whole.
 *
 * @throws HonmaruError `decision-reason`, `decision-until` or `decision-transfer`.
 */
export function checkTreatment(treatment: Treatment, now: Date): void {
  const { response, reason, until, counterparty, contract = '', coverage = '' } = treatment;
  checkReason(reason);
  if (Math.max(counterparty?.length ?? 0, contract.length, coverage.length) > MOST_CHARACTERS) {
    throw refusal('decision-transfer', [
      `counterparty, contract and coverage have at most ${MOST_CHARACTERS} characters each`,
      `移転先・契約・範囲はそれぞれ${MOST_CHARACTERS}文字までです`,
    ]);
  }
  if (response === 'accept' && until === undefined) {
    throw refusal('decision-until', [
      'an acceptance needs a last day: --until YYYY-MM-DD',
      '受容には期限が必要です:--until YYYY-MM-DD',
    ]);
  }
  if (until !== undefined && !isDay(until)) {
    throw refusal('decision-until', [
      `"${until}" is no day of the calendar: YYYY-MM-DD`,
      `「${until}」は日付(YYYY-MM-DD)ではありません`,
    ]);
  }
  if (until !== undefined && endOf(until) <= now)
    throw refusal('decision-until', [
      `${until} has passed: name a day that is still to come`,
      `${until} は過ぎています。これからの日付を指定してください`,
    ]);
  if (response === 'transfer' && !counterparty) {
    throw refusal('decision-transfer', [
      'a transfer names its counterparty: --counterparty NAME',
      '移転には移転先の指定が必要です:--counterparty 名前',
    ]);
  }
}

/** @throws HonmaruError `decision-reason` for an empty or endless one. */
export function checkReason(reason: string): void {
  if (reason.trim() === '') throw refusal('decision-reason', ['a reason is needed', '理由が必要です']);
  if (reason.length > MOST_CHARACTERS) {
    throw refusal('decision-reason', [
      `a reason has at most ${MOST_CHARACTERS} characters`,
      `理由は${MOST_CHARACTERS}文字までです`,
    ]);
  }
}

/** The first moment after the last day of a treatment. */
export function endOf(until: string): Date {
  return new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000);
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
