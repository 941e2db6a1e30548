import { stableId } from '../../kernel/ids.ts';
import type { Text } from '../../kernel/texts.ts';
import type { Band } from '../../model/risk.ts';
import { collection } from '../../store/collection.ts';
import { put } from '../../store/operations.ts';
import type { Store } from '../../store/store.ts';
import { AGE_COLLECTIONS, MENDED, noteAges } from './ages.ts';
import type { View } from './view.ts';

/** A risk as a day remembers it. */
export interface RememberedRisk {
  readonly id: string;
  readonly title: Text;
  readonly band: Band;
  readonly value: number;
}

/** The counts of an environment at the end of one day. */
export interface DayRecord {
  /** `YYYY-MM-DD` in UTC. */
  readonly day: string;
  /** ISO 8601. */
  readonly at: string;
  readonly open: Readonly<Record<Band, number>>;
}

/** What there was at the end of a day; only looked at to tell what changed since. */
export interface DayDetails {
  readonly at: string;
  readonly risks: readonly RememberedRisk[];
  /** Ids of findings that fail; of very many only how many there were. */
  readonly failing: readonly string[];
  readonly failingCount: number;
}

const DAYS = collection<DayRecord>({ name: 'console-days' });
const DETAILS = collection<DayDetails>({ name: 'console-day-details' });
export const DIARY_COLLECTIONS = [DAYS, DETAILS, ...AGE_COLLECTIONS];

const MOST_DAYS = 400;
const MOST_FAILING = 20_000;

/** What was seen on earlier days: for trends, for what is new, and for how long things took. */
export interface Diary {
  note(view: View, now: Date): Promise<void>;
  /** The oldest first. */
  days(environment: string): Promise<readonly DayRecord[]>;
  /** The state at the end of the last day before one. */
  lastBefore(environment: string, day: string): Promise<DayDetails | undefined>;
  meanTimeToClose(environment: string): Promise<{ readonly hours: number; readonly of: number } | undefined>;
}

export function openDiary(store: Store): Diary {
  let last: { readonly key: string; readonly details: DayDetails | undefined } | undefined;
  return {
    async note(view, now) {
      const key = `${prefixOf(view.environment)}${now.toISOString().slice(0, 10)}`;
      const failing = view.base.assessment.findings.flatMap(({ id, status }) =>
        status === 'FAIL' ? [id] : [],
      );
      await store.transact({
        operations: [put(DAYS, key, dayOf(view, now)), put(DETAILS, key, detailsOf(view, failing, now))],
      });
      await noteAges(store, prefixOf(view.environment), failing, now);
    },
    async days(environment) {
      const { records } = await store.list(DAYS, {
        prefix: prefixOf(environment),
        descending: true,
        limit: MOST_DAYS,
      });
      return records.map(({ value }) => value).reverse();
    },
    async lastBefore(environment, day) {
      const prefix = prefixOf(environment);
      const { records } = await store.list(DAYS, {
        from: prefix,
        before: `${prefix}${day}`,
        descending: true,
        limit: 1,
      });
      const key = records[0]?.key;
      if (key === undefined) return undefined;
      // What a day ended with never changes.
      if (last?.key !== key) last = { key, details: (await store.get(DETAILS, key))?.value };
      return last.details;
    },
    async meanTimeToClose(environment) {
      const record = await store.get(MENDED, prefixOf(environment));
      if (!record) return undefined;
      const { mended, milliseconds } = record.value;
      return { hours: milliseconds / mended / 3_600_000, of: mended };
    },
  };
}

function prefixOf(environment: string): string {
  return `${stableId('environment', environment)}/`;
}

/** Whether nothing was decided about a risk that counts. */
export function isOpen(view: Pick<View, 'decisions'>, risk: string): boolean {
  return view.decisions.get(risk)?.counts !== true;
}

function dayOf(view: View, now: Date): DayRecord {
  const open: Record<Band, number> = { low: 0, medium: 0, high: 0 };
  for (const { id, band } of view.base.assessment.risks) if (isOpen(view, id)) open[band.current] += 1;
  return { day: now.toISOString().slice(0, 10), at: now.toISOString(), open };
}

function detailsOf({ base }: View, failing: readonly string[], now: Date): DayDetails {
  const { risks } = base.assessment;
  return {
    at: now.toISOString(),
    risks: risks.map(({ id, title, band, current }) => ({
      id,
      title,
      band: band.current,
      value: current.high,
    })),
    failing: failing.length > MOST_FAILING ? [] : failing,
    failingCount: failing.length,
  };
}
