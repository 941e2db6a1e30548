import type { Assessment } from '../../model/assessment.ts';
import type { Band, Risk } from '../../model/risk.ts';
import { highWithGuards, openGuards } from '../../risk/minimal-sets.ts';
import { bandOf } from '../../risk/score.ts';
import type { Choosable } from './cheapest.ts';
import { placedId } from './impact.ts';

/** The risks that a word names: by id, by the beginning of the id, or by rule. */
export function risksNamed(assessment: Assessment, word: string): readonly Risk[] {
  const byId = assessment.risks.filter(({ id }) => id === word);
  if (byId.length > 0) return byId;
  return assessment.risks.filter(
    ({ id, rule }) => rule === word || (word.length >= 6 && id.startsWith(word)),
  );
}

/** The changes that lower a risk: what is proposed for it, else what stands on its ways. */
export function changesFor(risk: Risk): ReadonlySet<string> {
  const proposed = risk.proposal.safeguards.map(({ id, place }) => `${id}@${place}`);
  const smallest = (risk.lowering?.[0] ?? []).map(({ id, place }) => `${id}@${place}`);
  const chosen = proposed.length > 0 ? proposed : smallest;
  return new Set(chosen.length > 0 ? chosen : openGuards(risk.scoring).map(placedId));
}

/** What is bought with a budget, and whether no better choice exists. */
export interface BudgetChoice {
  readonly chosen: ReadonlySet<string>;
  readonly dollars: number;
  readonly exact: boolean;
}

const MOST_EXACT = 14;

/**
 * The changes within a budget after which the fewest risks are high, then the fewest medium; of equally good
 * ones the cheapest. Free changes are always in. Exact for few priced changes, else greedy and said so.
 */
export function withinBudget(
  assessment: Assessment,
  changes: readonly Choosable[],
  budget: number,
): BudgetChoice {
  const free = changes.filter(({ dollars }) => dollars === 0).map(({ id }) => id);
  const priced = changes.filter(({ dollars }) => dollars > 0 && dollars <= budget);
  const exact = priced.length <= MOST_EXACT;
  const best = exact
    ? bestOfAll(assessment, free, priced, budget)
    : greedily(assessment, free, priced, budget);
  const dollars = priced.filter(({ id }) => best.has(id)).reduce((sum, each) => sum + each.dollars, 0);
  return { chosen: best, dollars, exact };
}

interface Rating {
  readonly high: number;
  readonly medium: number;
  readonly dollars: number;
}

function bestOfAll(
  assessment: Assessment,
  free: readonly string[],
  priced: readonly Choosable[],
  budget: number,
): ReadonlySet<string> {
  let best: ReadonlySet<string> = new Set(free);
  let rating = ratingOf(assessment, best, 0);
  for (let mask = 1; mask < 1 << priced.length; mask += 1) {
    const taken = priced.filter((_, index) => (mask & (1 << index)) !== 0);
    const dollars = taken.reduce((sum, each) => sum + each.dollars, 0);
    if (dollars > budget) continue;
    const chosen = new Set([...free, ...taken.map(({ id }) => id)]);
    const next = ratingOf(assessment, chosen, dollars);
    if (compareRatings(next, rating) < 0) [best, rating] = [chosen, next];
  }
  return best;
}

function greedily(
  assessment: Assessment,
  free: readonly string[],
  priced: readonly Choosable[],
  budget: number,
): ReadonlySet<string> {
  let chosen: ReadonlySet<string> = new Set(free);
  let left = budget;
  for (const { id, dollars } of priced.toSorted((a, b) => a.dollars - b.dollars)) {
    const next = new Set([...chosen, id]);
    const helps = compareRatings(ratingOf(assessment, next, 0), ratingOf(assessment, chosen, 0)) < 0;
    if (!helps || dollars > left) continue;
    chosen = next;
    left -= dollars;
  }
  return chosen;
}

function ratingOf(assessment: Assessment, chosen: ReadonlySet<string>, dollars: number): Rating {
  const count: Record<Band, number> = { high: 0, medium: 0, low: 0 };
  for (const { scoring } of assessment.risks) {
    const guards = openGuards(scoring).filter((guard) => chosen.has(placedId(guard)));
    count[bandOf(highWithGuards(scoring, guards))] += 1;
  }
  return { high: count.high, medium: count.medium, dollars };
}

function compareRatings(a: Rating, b: Rating): number {
  return a.high - b.high || a.medium - b.medium || a.dollars - b.dollars;
}
