import type { ResourceGraph } from '../environment/graph.ts';
import { joinTexts, type Text, text, verbatim } from '../kernel/texts.ts';
import { ACCOUNT_ID, REGION_ID } from '../model/resource.ts';
import type { Guard, Interval, Proposal, Response, Scoring } from '../model/risk.ts';
import type { PriceClass } from '../model/safeguard.ts';
import type { RiskContext } from './context.ts';
import { facetName } from './facet-names.ts';
import { highWithGuards, lowestSets, minimalSets, propose } from './minimal-sets.ts';
import type { Candidate } from './rule.ts';
import { bandOf, guardKey, valueAt } from './score.ts';

/** A proposed treatment and the scoring in which its safeguards are marked. */
export interface Treatment {
  readonly proposal: Proposal;
  readonly scoring: Scoring;
  /** The minimal sets of guards that bring the risk into a lower band. */
  readonly sets: readonly (readonly Guard[])[];
}

const PRICES: readonly PriceClass[] = [
  'free',
  'a-few-dollars',
  'tens-of-dollars',
  'hundreds-of-dollars',
  'thousands-of-dollars',
];

/**
 * Proposes what to do about a risk: avoid where the exposure can simply be removed, accept what is low
 * already, else reduce by the cheapest minimal set that changes the band, or at least the value.
 */
export function treat(context: RiskContext, candidate: Candidate, scoring: Scoring): Treatment {
  const now = valueAt(scoring, 'current');
  const sets = minimalSets(scoring);
  return { ...proposed(context, candidate, scoring, now, sets), sets };
}

function proposed(
  context: RiskContext,
  candidate: Candidate,
  scoring: Scoring,
  now: Interval,
  sets: readonly (readonly Guard[])[],
): Omit<Treatment, 'sets'> {
  const avoidable = candidate.avoid;
  if (avoidable && avoidable.guards.length > 0 && bandOf(now.high) !== 'low') {
    return treatment(context, scoring, 'avoid', avoidable.guards, withTransfer(avoidable.reason, candidate));
  }
  if (bandOf(now.high) === 'low') return treatment(context, scoring, 'accept', [], ALREADY_LOW);
  const set = cheapest(context, sets) ?? cheapest(context, lowestSets(scoring));
  if (set) {
    const reason = reductionReason(context, scoring, set);
    return treatment(context, scoring, 'reduce', set, withTransfer(reason, candidate));
  }
  if (candidate.transfer) return treatment(context, scoring, 'transfer', [], candidate.transfer);
  return treatment(
    context,
    scoring,
    'accept',
    [],
    scoring.importance.high >= 3 ? KEPT_BY_IMPORTANCE : NOTHING_LOWERS,
  );
}

const ALREADY_LOW = text(
  'the value is low already with what is in place; watch that it stays so',
  '現在の対策ですでに低い水準。維持されていることを見守る',
);
const KEPT_BY_IMPORTANCE = text(
  'the importance of the asset (3) keeps the value where it is; no safeguard known here lowers it further',
  '資産の重要度が3のため、リスク値はこれ以上下がらない。これより下げる対策は見当たらない',
);
const NOTHING_LOWERS = text(
  'no safeguard known here lowers it further; decide whether to bear it',
  'これ以上下げる対策は見当たらない。受け入れるかどうかを判断する',
);

function treatment(
  context: RiskContext,
  scoring: Scoring,
  response: Response,
  guards: readonly Guard[],
  reason: Text,
): Omit<Treatment, 'sets'> {
  const ranks = guards.map((guard) => rankOf(context, guard));
  const price = guards.length > 0 ? PRICES[Math.max(...ranks)] : undefined;
  const proposal: Proposal = {
    response,
    safeguards: guards.map(({ safeguard, place, facet }) => ({
      id: safeguard,
      place,
      ...(facet === undefined ? {} : { facet }),
    })),
    reason,
    ...(price === undefined ? {} : { price }),
  };
  return { proposal, scoring: propose(scoring, new Set(guards.map(guardKey))) };
}

function rankOf(context: RiskContext, guard: Guard): number {
  return Math.max(0, PRICES.indexOf(context.priceOf(guard.safeguard) ?? 'free'));
}

function cheapest(context: RiskContext, sets: readonly (readonly Guard[])[]): readonly Guard[] | undefined {
  const cost = (set: readonly Guard[]) => Math.max(...set.map((guard) => rankOf(context, guard)));
  return sets.toSorted((a, b) => cost(a) - cost(b) || a.length - b.length)[0];
}

function reductionReason(context: RiskContext, scoring: Scoring, set: readonly Guard[]): Text {
  const before = valueAt(scoring, 'current').high;
  const after = highWithGuards(scoring, set);
  const { graph } = context;
  const shown = set.map((guard) => {
    const name = context.nameOf(guard.safeguard);
    const part = guard.facet === undefined ? undefined : facetName(guard.safeguard, guard.facet);
    const place = placeName(graph, guard.place);
    return text(
      `${name.en}${part ? ` (${part.en})` : ''} at ${place.en}`,
      `${place.ja}の${name.ja}${part ? `(${part.ja})` : ''}`,
    );
  });
  const { en, ja } = joinTexts(shown, text(' and ', 'と'));
  const same = bandOf(before) === bandOf(after);
  const floor = scoring.importance.high >= 3 && same;
  return text(
    `${en}: the value falls from ${before} to ${after}${floor ? '; the importance of the asset (3) keeps the band' : ''}`,
    `${ja}により、リスク値が${before}から${after}に下がる${floor ? '(資産の重要度が3のため区分は変わらない)' : ''}`,
  );
}

/** What people call a place; the account and the region have no name of their own. */
function placeName(graph: ResourceGraph, id: string): Text {
  if (id === ACCOUNT_ID) return text('the account', 'アカウント');
  if (id === REGION_ID) return text('the region', 'リージョン');
  return verbatim(graph.get(id)?.name ?? id);
}

function withTransfer(reason: Text, candidate: Candidate): Text {
  const { transfer } = candidate;
  return transfer ? text(`${reason.en}. ${transfer.en}`, `${reason.ja}。${transfer.ja}`) : reason;
}
