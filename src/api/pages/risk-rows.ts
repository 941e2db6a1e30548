import { historyName, riskShown } from '../../decisions/entry.ts';
import { openProposal } from '../../decisions/life.ts';
import { samePerson } from '../../decisions/person.ts';
import type { RiskDecision } from '../../model/decision.ts';
import type { Risk } from '../../model/risk.ts';
import type { RiskRow, RiskStanding } from '../contract.ts';
import { plainName } from '../environment/base.ts';
import type { View } from '../environment/view.ts';
import { isOwner, type Visitor } from './visitor.ts';

/** Every risk of a view, then those that are gone and have a history, in the order of lists without `sort`. */
export function riskRows(view: View, visitor: Visitor): readonly RiskRow[] {
  const known = view.base.assessment.risks.map((risk) => rowOf(view, risk, visitor, false));
  const there = new Set(known.map(({ id }) => id));
  const gone = [...view.decisions.keys()].flatMap((id) => {
    const risk = there.has(id) ? undefined : shownLast(view, id);
    return risk ? [rowOf(view, risk, visitor, true)] : [];
  });
  return [...known, ...gone].sort(lapsedFirst);
}

/** The risk as it is, or as its history showed it last. */
export function riskNamed(
  view: View,
  id: string,
): { readonly risk: Risk; readonly gone: boolean } | undefined {
  const risk = view.base.memo(risksById).get(id);
  if (risk) return { risk, gone: false };
  const shown = view.decisions.has(id) ? shownLast(view, id) : undefined;
  return shown && { risk: shown, gone: true };
}

function risksById({ assessment }: View['base']): ReadonlyMap<string, Risk> {
  return new Map(assessment.risks.map((risk) => [risk.id, risk]));
}

function shownLast(view: View, id: string): Risk | undefined {
  const last = historyOf(view, id).at(-1);
  return last && riskShown(last);
}

export function historyOf(view: View, risk: string) {
  return view.histories.get(historyName({ environment: view.environment, risk })) ?? [];
}

export function rowOf(view: View, risk: Risk, visitor: Visitor, gone: boolean): RiskRow {
  const { base } = view;
  return {
    id: risk.id,
    rule: risk.rule,
    number: risk.number,
    title: risk.title,
    factor: risk.factor,
    assets: risk.assets.map(({ resource }) => ({ id: resource, name: plainName(base, resource) })),
    importance: risk.scoring.importance,
    likelihood: likelihoodOf(risk),
    inherent: risk.inherent,
    current: risk.current,
    target: risk.target,
    band: risk.band,
    response: risk.proposal.response,
    ...(risk.proposal.price && { price: risk.proposal.price }),
    standing: standingOf(view.decisions.get(risk.id)),
    byHand: risk.rule.startsWith('own'),
    gone,
    waitsForMe: waitsFor(view, risk.id, visitor),
  };
}

export function standingOf(decision: RiskDecision | undefined): RiskStanding {
  if (!decision) return { status: 'undecided', counts: false };
  const { risk: _risk, evidence: _evidence, entry: _entry, gone: _gone, ...standing } = decision;
  return standing;
}

/** L of the current value: the value is A × L, and A is known. */
function likelihoodOf({ current, scoring }: Risk): RiskRow['likelihood'] {
  const at = (end: 'low' | 'high') =>
    Math.min(3, Math.max(1, Math.ceil(current[end] / Math.max(1, scoring.importance[end]))));
  return { low: at('low'), high: at('high') };
}

/** Whether the open proposal of somebody else waits for this person. */
function waitsFor(view: View, risk: string, { person, mayDecide }: Visitor): boolean {
  if (!mayDecide || !isOwner(view, person)) return false;
  const open = openProposal(historyOf(view, risk));
  return open !== undefined && (view.roots.alone || !samePerson(open.by, person));
}

/** Acceptances that lapsed are on top, then what waits, then the highest values. */
function lapsedFirst(one: RiskRow, other: RiskRow): number {
  return (
    rank(one) - rank(other) || other.current.high - one.current.high || other.current.low - one.current.low
  );
}

function rank({ standing, gone }: RiskRow): number {
  if (gone) return 2;
  return standing.status === 'lapsed' ? 0 : 1;
}
