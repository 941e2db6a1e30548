import { type Text, text } from '../kernel/texts.ts';
import type { DecisionEntry } from '../model/decision.ts';
import type { Histories } from './heads.ts';

export interface JoinedHistories {
  readonly histories: Histories;
  readonly problems: readonly Text[];
}

/**
 * Joins two records of the same histories: where one continues the other, the longer one counts. Where they
 * part, neither is trusted, and the fork is told.
 */
export function joinHistories(one: Histories, other: Histories): JoinedHistories {
  const histories = new Map<string, readonly DecisionEntry[]>();
  const problems: Text[] = [];
  for (const name of new Set([...one.keys(), ...other.keys()])) {
    const [mine, theirs] = [one.get(name) ?? [], other.get(name) ?? []];
    const fork = forkOf(mine, theirs);
    if (fork) problems.push(fork);
    else histories.set(name, mine.length >= theirs.length ? mine : theirs);
  }
  return { histories, problems };
}

/** Where two records of one history part; undefined when one continues the other. */
export function forkOf(mine: readonly DecisionEntry[], theirs: readonly DecisionEntry[]): Text | undefined {
  const shared = Math.min(mine.length, theirs.length);
  for (let at = 0; at < shared; at += 1) {
    const [entry, other] = [mine[at], theirs[at]];
    if (!entry || !other || entry.hash === other.hash) continue;
    const name = `${entry.risk} #${entry.sequence}`;
    return text(
      `two different entries are recorded as ${name} (${entry.by} and ${other.by}): the histories fork`,
      `${name} として異なる2つの記録(${entry.by} と ${other.by})があり、履歴が分岐しています`,
    );
  }
  return undefined;
}
