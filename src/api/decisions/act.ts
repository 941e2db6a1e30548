import { ANY_CLASS, assetClasses } from '../../decisions/asset-class.ts';
import { closingOf } from '../../decisions/closing.ts';
import { seal, shownRisk, signedBytes } from '../../decisions/entry.ts';
import { keepEntry } from '../../decisions/home.ts';
import { type Act, classChanged, decide, propose, reopen, withdraw } from '../../decisions/life.ts';
import { refusal } from '../../decisions/refusal.ts';
import { reviewed } from '../../decisions/review.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { DecisionEntry, Treatment, UnsealedEntry } from '../../model/decision.ts';
import type { Store } from '../../store/store.ts';
import type { View } from '../environment/view.ts';
import type { Workspace } from '../environment/workspace.ts';
import { historyOf, riskNamed } from '../pages/risk-rows.ts';
import type { OwnersDraft } from './tickets.ts';

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

/** Takes back the own open proposal. @throws HonmaruError what `withdraw` refuses, `decision-shown`, `risk-unknown`. */
export async function withdrawProposal(
  desk: DecisionDesk,
  risk: string,
  by: string,
  { reason, shown }: { readonly reason: string; readonly shown?: string | undefined },
): Promise<void> {
  const view = desk.workspace.view();
  const act = actOn(view, risk, by, desk.now());
  checkShown(act, shown);
  await keep(desk, view, seal(withdraw(act, reason)));
}

/** An entry that is complete but for its signature or confirmation. */
export interface Prepared {
  readonly entry: OwnersDraft;
  /** The bytes that a signature covers. */
  readonly canonical: string;
}

function prepared(entry: UnsealedEntry): Prepared {
  return { entry: entry as OwnersDraft, canonical: signedBytes(entry) };
}

/** @throws HonmaruError what `decide` of `decisions/life.ts` refuses, `decision-shown`, `risk-unknown`. */
export function prepareDecision(
  desk: DecisionDesk,
  risk: string,
  by: string,
  { approved, shown }: { readonly approved: boolean; readonly shown: string },
): Prepared {
  const view = desk.workspace.view();
  const act = actOn(view, risk, by, desk.now());
  checkShown(act, shown);
  return prepared(decide(act, approved, view.roots));
}

/**
 * While a file is broken the page shows the last good state, by which nothing is closed.
 *
 * @throws HonmaruError what `closingOf` of `decisions/closing.ts` refuses, `decision-shown`, `risk-unknown`.
 */
export function prepareClosing(
  desk: DecisionDesk,
  risk: string,
  by: string,
  closing: {
    readonly reason?: string | undefined;
    readonly evidence: readonly string[];
    readonly shown: string;
  },
): Prepared {
  const view = desk.workspace.view();
  const act = actOn(view, risk, by, desk.now());
  checkShown(act, closing.shown);
  checkReadable(view);
  const { assessment } = view.base;
  const gone = riskNamed(view, risk)?.gone === true;
  const { reason, evidence: said } = closing;
  return prepared(closingOf({ act, gone, assessment }, { reason, said }, view.roots));
}

function checkReadable({ banner }: View): void {
  if (!banner) return;
  throw refusal('closing-not-read', [
    `a file cannot be read at the moment, so what is shown may be old: ${banner.message.en}`,
    `読み取れないファイルがあり、表示内容が最新でない可能性があります:${banner.message.ja}`,
  ]);
}

/** @throws HonmaruError what `classChanged` refuses, `risk-asset`, `class-same`, `decision-shown`, `risk-unknown`. */
export function prepareClass(
  desk: DecisionDesk,
  risk: string,
  by: string,
  { asset, reason, shown }: { readonly asset: string; readonly reason: string; readonly shown: string },
): Prepared {
  const view = desk.workspace.view();
  const act = actOn(view, risk, by, desk.now());
  checkShown(act, shown);
  const found = assetClasses(act.risk, act.history).find(({ resource }) => resource === asset);
  if (!found) {
    throw refusal('risk-asset', [`the risk does not reach ${asset}`, `このリスクは ${asset} に影響しません`]);
  }
  const { resource, recorded, current: after } = found;
  if (recorded?.low === after.low && recorded.high === after.high) {
    throw refusal('class-same', [
      'the class is recorded as it is already',
      'この重要度はすでに記録されています',
    ]);
  }
  return prepared(classChanged(act, { resource, before: recorded ?? ANY_CLASS, after, reason }, view.roots));
}

/**
 * Keeps a prepared entry with what makes it sure. The facts must still be those that were shown.
 *
 * @throws HonmaruError `decision-shown`, `decision-conflict`.
 */
export async function keepPrepared(
  desk: DecisionDesk,
  entry: OwnersDraft,
  sure: { readonly signature: string } | { readonly confirmation: 'totp' },
): Promise<void> {
  const view = desk.workspace.view();
  checkShown(actOn(view, entry.risk, entry.by, desk.now()), entry.shown.hash);
  if (entry.kind === 'closed') checkReadable(view);
  const last = historyOf(view, entry.risk).at(-1);
  if ((last?.hash ?? null) !== entry.previous) {
    throw refusal('decision-conflict', [
      'somebody else added to the history of this risk; look at it and try again',
      '別の人がこのリスクの履歴に記録しました。確認してからやり直してください',
    ]);
  }
  await keep(desk, view, seal({ ...entry, ...sure }));
}

/**
 * Records what the files show of earlier decisions, as `honmaru risk review` does; not while one cannot be read.
 *
 * @returns the new entries.
 * @throws HonmaruError `closing-not-read`, `decision-conflict`, `decision-clock`.
 */
export async function reviewRisks(desk: DecisionDesk, by: string): Promise<readonly DecisionEntry[]> {
  const view = desk.workspace.view();
  checkReadable(view);
  const { environment, base } = view;
  const moved = base.assessment.environment.moved ?? [];
  const added: DecisionEntry[] = [];
  for (const [first] of view.histories.values()) {
    if (first?.environment !== environment) continue;
    const found = riskNamed(view, first.risk);
    const risk = found && !found.gone ? found.risk : undefined;
    const history = historyOf(view, first.risk);
    for (const entry of reviewed(history, { environment, risk, moved, by, now: desk.now() })) {
      await keep(desk, desk.workspace.view(), entry);
      added.push(entry);
    }
  }
  return added;
}
