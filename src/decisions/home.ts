import { HonmaruError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { DecisionEntry } from '../model/decision.ts';
import type { EventEnvelope } from '../model/event.ts';
import { collection } from '../store/collection.ts';
import { ConflictError } from '../store/errors.ts';
import { put } from '../store/operations.ts';
import type { Store } from '../store/store.ts';
import { historyName } from './entry.ts';
import type { Histories } from './heads.ts';

/** One record per entry; the key is history and sequence, so that of two entries at once only one is kept. */
export const DECISIONS = collection<DecisionEntry>({
  name: 'risk-decisions',
});

/** Every kept history by its name. */
export async function keptHistories(store: Store): Promise<Histories> {
  return Map.groupBy(await allEntries(store), historyName);
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

async function allEntries(store: Store): Promise<DecisionEntry[]> {
  const entries: DecisionEntry[] = [];
  for (let after: string | undefined; ; ) {
    const page = await store.list(DECISIONS, after === undefined ? {} : { after });
    entries.push(...page.records.map(({ value }) => value));
    if (page.next === undefined) return entries;
    after = page.next;
  }
}

function keyOf(entry: DecisionEntry): string {
  return `${historyName(entry)}/${String(entry.sequence).padStart(8, '0')}`;
}

function eventOf({ environment, risk, sequence, hash, at, kind }: DecisionEntry): EventEnvelope {
  return {
    version: '0',
    id: hash,
    'detail-type': 'Risk Decision',
    source: 'honmaru.decisions',
    account: '000000000000',
    time: `${at.slice(0, 19)}Z`,
    region: 'local',
    resources: [],
    detail: { environment, risk, sequence, kind },
  };
}
