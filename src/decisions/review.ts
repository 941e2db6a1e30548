import type { DecisionEntry, UnsealedEntry } from '../model/decision.ts';
import { isNameOrBelow, type Moved } from '../model/moved.ts';
import type { Risk } from '../model/risk.ts';
import { riskShown, seal } from './entry.ts';
import { lapseReasons } from './lapse.ts';
import { type Act, lapsed, renamed, reopen } from './life.ts';
import { standingOf } from './status.ts';

/** How things are at a review. */
export interface Present {
  readonly environment: string;
  /** Undefined where the environment has it no more. */
  readonly risk: Risk | undefined;
  readonly moved: readonly Moved[];
  readonly by: string;
  readonly now: Date;
}

/**
 * The entries that are missing in a history: that an acceptance lapsed, that a closed risk is back, that a resource
 * has another name. What lapsed stays so, also when the facts return.
 */
export function reviewed(known: readonly DecisionEntry[], present: Present): readonly DecisionEntry[] {
  const history = [...known];
  const { environment, risk, by, now } = present;
  for (const make of findings(known, present)) {
    const last = history.at(-1);
    const shown = risk ?? (last && riskShown(last));
    if (shown) history.push(seal(make({ environment, risk: shown, history, by, now })));
  }
  return history.slice(known.length);
}

type Finding = (act: Act) => UnsealedEntry;

/** What is to be recorded about one history, in order. */
function findings(history: readonly DecisionEntry[], { risk, moved, now }: Present): readonly Finding[] {
  const names = moved
    .filter((move) => risk?.moved?.some(({ to }) => isNameOrBelow(to, move.to)))
    .filter(({ from, to }) => !isRecorded(history, from, to));
  return [
    ...names.map(
      ({ from, to }): Finding =>
        (act) =>
          renamed(act, from, to),
    ),
    ...ended(history, risk, now),
  ];
}

/** That an approval lapsed, or a closed risk is back, where no entry says so yet. */
function ended(history: readonly DecisionEntry[], risk: Risk | undefined, now: Date): readonly Finding[] {
  const last = history.findLast(({ kind }) => ['decided', 'closed', 'lapsed', 'reopened'].includes(kind));
  const { status, inForce } = standingOf(history, risk, now);
  if (inForce || !last) return [];
  if (last.kind === 'closed') return [(act) => reopen(act, status.why?.en ?? 'it is back')];
  const approval = history.findLast((entry) => entry.kind === 'decided' && entry.approved);
  const isOver = history.some(
    ({ kind, sequence }) => (kind === 'lapsed' || kind === 'closed') && sequence > (approval?.sequence ?? 0),
  );
  if (approval?.kind !== 'decided' || isOver) return [];
  const why = lapseReasons(approval, risk, now).filter((reason) => reason !== 'clock');
  return why.length === 0 ? [] : [(act) => lapsed(act, why)];
}

function isRecorded(history: readonly DecisionEntry[], from: string, to: string): boolean {
  return history.some((entry) => entry.kind === 'renamed' && entry.from === from && entry.to === to);
}
