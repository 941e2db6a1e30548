import type { Assessment } from '../../model/assessment.ts';
import type { Band, Risk } from '../../model/risk.ts';
import { highWithGuards, openGuards } from '../../risk/minimal-sets.ts';
import { BANDS, bandOf } from '../../risk/score.ts';
import { placedId } from './impact.ts';

/** A change that can be chosen, with its typical price in a month. */
export interface Choosable {
  readonly id: string;
  readonly dollars: number;
}

/** The cheapest set of changes that brings the risks under a band. */
export interface CheapestSet {
  readonly chosen: readonly string[];
  readonly dollars: number;
  /** Whether no cheaper set exists; a greedy answer may not be the cheapest. */
  readonly exact: boolean;
  /** Risks that no change here brings there. */
  readonly unreachable: readonly Risk[];
}

const MOST_EXACT = 14;
const MOST_STEPS = 100_000;

/**
 * The cheapest set of changes after which every risk lies at or below a band; of equally cheap ones the one
 * with fewer changes. Exact while the problem is small (by branch and bound over each risk's own minimal
 * sets), else greedy, and said so.
 */
export function cheapestSet(assessment: Assessment, changes: readonly Choosable[], band: Band): CheapestSet {
  const prices = new Map(changes.map(({ id, dollars }) => [id, dollars]));
  const tasks: Task[] = [];
  const unreachable: Risk[] = [];
  for (const risk of assessment.risks) {
    if (isUnder(risk.current.high, band)) continue;
    const ids = [...new Set(openGuards(risk.scoring).map(placedId))].filter((id) => prices.has(id));
    if (!isUnder(valueWith(risk, new Set(ids)), band)) unreachable.push(risk);
    else tasks.push({ risk, ids });
  }
  const search = new Search(tasks, prices, band);
  const { chosen, exact } = search.run();
  return { chosen, dollars: cost(chosen, prices), exact, unreachable };
}

interface Task {
  readonly risk: Risk;
  /** Changes that count for the risk. */
  readonly ids: readonly string[];
}

const ORDER: readonly Band[] = BANDS.map(({ band }) => band);

function isUnder(value: number, band: Band): boolean {
  return ORDER.indexOf(bandOf(value)) <= ORDER.indexOf(band);
}

function valueWith(risk: Risk, ids: ReadonlySet<string>): number {
  return highWithGuards(
    risk.scoring,
    openGuards(risk.scoring).filter((guard) => ids.has(placedId(guard))),
  );
}

function cost(ids: readonly string[], prices: ReadonlyMap<string, number>): number {
  return ids.reduce((sum, id) => sum + (prices.get(id) ?? 0), 0);
}

interface Best {
  readonly chosen: readonly string[];
  readonly dollars: number;
}

class Search {
  readonly #tasks: readonly Task[];
  readonly #prices: ReadonlyMap<string, number>;
  readonly #band: Band;
  #best: Best | undefined;
  #steps = 0;

  constructor(tasks: readonly Task[], prices: ReadonlyMap<string, number>, band: Band) {
    this.#tasks = tasks;
    this.#prices = prices;
    this.#band = band;
  }

  run(): { readonly chosen: readonly string[]; readonly exact: boolean } {
    const greedy = this.#greedy();
    const options = this.#tasks.map((task) => this.#minimalSets(task));
    if (options.some((sets) => sets === undefined)) return { chosen: greedy, exact: false };
    this.#best = { chosen: greedy, dollars: cost(greedy, this.#prices) };
    const sets = (options as (readonly (readonly string[])[])[]).toSorted((a, b) => a.length - b.length);
    this.#branch(sets, 0, new Set());
    return { chosen: this.#best.chosen, exact: this.#steps < MOST_STEPS };
  }

  /** Each risk may take any of its minimal sets; a branch that costs as much as the best one is left. */
  #branch(
    options: readonly (readonly (readonly string[])[])[],
    at: number,
    chosen: ReadonlySet<string>,
  ): void {
    this.#steps += 1;
    if (this.#steps >= MOST_STEPS || this.#isWorse(chosen)) return;
    const sets = options[at];
    if (!sets) {
      this.#best = { chosen: [...chosen], dollars: cost([...chosen], this.#prices) };
      return;
    }
    if (sets.some((set) => set.every((id) => chosen.has(id)))) {
      this.#branch(options, at + 1, chosen);
      return;
    }
    for (const set of sets) this.#branch(options, at + 1, new Set([...chosen, ...set]));
  }

  #isWorse(chosen: ReadonlySet<string>): boolean {
    if (!this.#best) return false;
    const dollars = cost([...chosen], this.#prices);
    const best = this.#best;
    return dollars > best.dollars || (dollars === best.dollars && chosen.size >= best.chosen.length);
  }

  /** The sets of changes that suffice for one risk and of which none can be left out; undefined where there are too many. */
  #minimalSets({ risk, ids }: Task): readonly (readonly string[])[] | undefined {
    if (ids.length > MOST_EXACT) return undefined;
    const found: number[] = [];
    const masks = Array.from({ length: (1 << ids.length) - 1 }, (_, index) => index + 1);
    for (const mask of masks.toSorted((a, b) => bits(a) - bits(b))) {
      if (found.some((smaller) => (smaller & mask) === smaller)) continue;
      if (isUnder(valueWith(risk, new Set(chosenBy(mask, ids))), this.#band)) found.push(mask);
    }
    return found.map((mask) => chosenBy(mask, ids));
  }

  /** Takes everything that counts, then leaves out the dearest that is not needed. */
  #greedy(): readonly string[] {
    let kept = [...new Set(this.#tasks.flatMap(({ ids }) => ids))];
    const dearest = kept.toSorted((a, b) => (this.#prices.get(b) ?? 0) - (this.#prices.get(a) ?? 0));
    for (const id of dearest) {
      const without = new Set(kept.filter((each) => each !== id));
      if (this.#tasks.every(({ risk }) => isUnder(valueWith(risk, without), this.#band))) kept = [...without];
    }
    return kept;
  }
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

function chosenBy(mask: number, ids: readonly string[]): readonly string[] {
  return ids.filter((_, index) => (mask & (1 << index)) !== 0);
}
