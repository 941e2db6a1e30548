import { HonmaruError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { DecisionEntry } from '../model/decision.ts';
import type { EventEnvelope } from '../model/event.ts';
import { collection } from '../store/collection.ts';
import { ConflictError } from '../store/errors.ts';
import { put } from '../store/operations.ts';
import type { Store } from '../store/store.ts';

/** One record per entry; the key is risk and sequence, so that of two entries at once only one is kept. */
export const DECISIONS = collection<DecisionEntry>({
  name: 'decisions',
  indexes: { risk: ({ risk }) => risk },
});

/** The kept history of a risk, in order. */
export async function keptHistory(store: Store, risk: string): Promise<readonly DecisionEntry[]> {
  return collect(store, { index: 'risk', equals: risk });
}

/** Every kept history by risk. */
export async function keptHistories(store: Store): Promise<ReadonlyMap<string, readonly DecisionEntry[]>> {
  return Map.groupBy(await collect(store, {}), ({ risk }) => risk);
}

/**
 * Keeps an entry together with its event.
 *
 * @throws HonmaruError `decision-conflict` when somebody else added one at the same place first.
 */
export async function keepEntry(store: Store, entry: DecisionEntry): Promise<void> {
  try {
    await store.transact({
      operations: [put(DECISIONS, keyOf(entry), entry, 'absent')],
      events: [eventOf(entry)],
    });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    throw new HonmaruError({
      code: 'decision-conflict',
      message: text(
        'somebody else added to the history of this risk at the same moment; look at it and try again',
        '同時に別の人がこのリスクの履歴に記録しました。確認してからやり直してください',
      ),
    });
  }
}

async function collect(store: Store, query: { index?: string; equals?: string }): Promise<DecisionEntry[]> {
  const entries: DecisionEntry[] = [];
  for (let after: string | undefined; ; ) {
    const page = await store.list(DECISIONS, after === undefined ? query : { ...query, after });
    entries.push(...page.records.map(({ value }) => value));
    if (page.next === undefined) return entries;
    after = page.next;
  }
}

function keyOf({ risk, sequence }: DecisionEntry): string {
  return `${risk}/${String(sequence).padStart(8, '0')}`;
}

function eventOf({ risk, sequence, hash, at, kind }: DecisionEntry): EventEnvelope {
  return {
    version: '0',
    id: hash,
    'detail-type': 'Risk Decision',
    source: 'honmaru.decisions',
    account: '000000000000',
    time: `${at.slice(0, 19)}Z`,
    region: 'local',
    resources: [],
    detail: { risk, sequence, kind },
  };
}
