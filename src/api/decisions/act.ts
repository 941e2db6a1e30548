import { seal, shownRisk, signedBytes } from '../../decisions/entry.ts';
import { keepEntry } from '../../decisions/home.ts';
import { type Act, decide, propose, reopen } from '../../decisions/life.ts';
import { refusal } from '../../decisions/refusal.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { DecidedEntry, DecisionEntry, Treatment, UnsealedEntry } from '../../model/decision.ts';
import type { Store } from '../../store/store.ts';
import type { View } from '../environment/view.ts';
import type { Workspace } from '../environment/workspace.ts';
import { historyOf, riskNamed } from '../pages/risk-rows.ts';

/** What acting on risks needs. */
export interface DecisionDesk {
  readonly workspace: Workspace;
  readonly store: Store;
  now(): Date;
}

/** @throws HonmaruError `risk-unknown` when there is no such risk. */
function actOn(view: View, id: string, by: string, now: Date): Act {
  const found = riskNamed(view, id);
  if (!found) throw unknownRisk(id);
  return { environment: view.environment, risk: found.risk, history: historyOf(view, id), by, now };
}

function unknownRisk(id: string): HonmaruError {
  return new HonmaruError({
    code: 'risk-unknown',
    message: text(`there is no risk ${id}`, `リスク ${id} はありません`),
  });
}

/** What somebody looked at must be what is recorded as shown. @throws HonmaruError `decision-shown`. */
function checkShown({ risk }: Act, shown: string | undefined): void {
  if (shown === undefined || shownRisk(risk).hash === shown) return;
  throw refusal('decision-shown', [
    'the facts changed since this page was shown; look at the risk again',
    '表示した後に事実が変わりました。リスクをもう一度確認してください',
  ]);
}

/** Keeps an entry, after what a file beside the declaration has beyond the records was taken over. */
async function keep({ workspace, store }: DecisionDesk, view: View, entry: DecisionEntry): Promise<void> {
  const known = view.kept.get(JSON.stringify([entry.environment, entry.risk]))?.length ?? 0;
  for (const each of historyOf(view, entry.risk).slice(known)) await keepEntry(store, each);
  await keepEntry(store, entry);
  await workspace.decided(entry.risk, entry.kind);
}

/** @throws HonmaruError what `propose` of `decisions/life.ts` refuses, `decision-shown`, `risk-unknown`. */
export async function proposeTreatment(
  desk: DecisionDesk,
  risk: string,
  by: string,
  { treatment, shown }: { readonly treatment: Treatment; readonly shown?: string | undefined },
): Promise<void> {
  const view = desk.workspace.view();
  const act = actOn(view, risk, by, desk.now());
  checkShown(act, shown);
  checkThere(view, risk);
  await keep(desk, view, seal(propose(act, treatment)));
}

function checkThere(view: View, risk: string): void {
  if (riskNamed(view, risk)?.gone !== true) return;
  throw refusal('risk-gone', ['the environment has this risk no more', '環境にこのリスクはもうありません']);
}

export async function reopenRisk(
  desk: DecisionDesk,
  risk: string,
  by: string,
  reason: string,
): Promise<void> {
  const view = desk.workspace.view();
  await keep(desk, view, seal(reopen(actOn(view, risk, by, desk.now()), reason)));
}

/** A decision that is complete but for its signature or confirmation. */
export interface PreparedDecision {
  readonly entry: DecidedEntry;
  /** The bytes that a signature covers. */
  readonly canonical: string;
}

/** @throws HonmaruError what `decide` of `decisions/life.ts` refuses, `decision-shown`, `risk-unknown`. */
export function prepareDecision(
  desk: DecisionDesk,
  risk: string,
  by: string,
  { approved, shown }: { readonly approved: boolean; readonly shown: string },
): PreparedDecision {
  const view = desk.workspace.view();
  const act = actOn(view, risk, by, desk.now());
  checkShown(act, shown);
  const entry = decide(act, approved, view.roots);
  return { entry, canonical: signedBytes(entry) };
}

/**
 * Keeps a prepared decision with what makes it sure. The facts must still be those that were shown.
 *
 * @throws HonmaruError `decision-shown`, `decision-conflict`.
 */
export async function keepDecision(
  desk: DecisionDesk,
  entry: DecidedEntry,
  sure: { readonly signature: string } | { readonly confirmation: 'totp' },
): Promise<void> {
  const view = desk.workspace.view();
  checkShown(actOn(view, entry.risk, entry.by, desk.now()), entry.shown.hash);
  const last = historyOf(view, entry.risk).at(-1);
  if ((last?.hash ?? null) !== entry.previous) {
    throw refusal('decision-conflict', [
      'somebody else added to the history of this risk; look at it and try again',
      '別の人がこのリスクの履歴に記録しました。確認してからやり直してください',
    ]);
  }
  const whole: UnsealedEntry = { ...entry, ...sure };
  await keep(desk, view, seal(whole));
}
