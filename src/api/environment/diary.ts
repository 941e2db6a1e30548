import { stableId } from '../../kernel/ids.ts';
import type { Text } from '../../kernel/texts.ts';
import type { Band } from '../../model/risk.ts';
import { collection } from '../../store/collection.ts';
import { put } from '../../store/operations.ts';
import type { Operation, Store } from '../../store/store.ts';
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

/** When findings of one part of the ids were first seen failing. */
export interface AgeRecord {
  readonly since: Readonly<Record<string, number>>;
}

/** How many findings were mended, and how long they took together. */
export interface MendedRecord {
  readonly mended: number;
  readonly milliseconds: number;
}

const DAYS = collection<DayRecord>({ name: 'console-days' });
const DETAILS = collection<DayDetails>({ name: 'console-day-details' });
const AGES = collection<AgeRecord>({ name: 'console-ages' });
const MENDED = collection<MendedRecord>({ name: 'console-mended' });
export const DIARY_COLLECTIONS = [DAYS, DETAILS, AGES, MENDED];

const MOST_DAYS = 400;
const MOST_FAILING = 20_000;
/** Records per environment: each holds the findings whose id begins with the same character. */
const PARTS = 64;

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
      const operations = await ageOperations(store, view, now);
      await store.transact({
        operations: [
          put(DAYS, key, dayOf(view, now)),
          put(DETAILS, key, detailsOf(view, now)),
          ...operations,
        ],
      });
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

function detailsOf({ base }: View, now: Date): DayDetails {
  const { risks, findings } = base.assessment;
  const failing = findings.filter(({ status }) => status === 'FAIL').map(({ id }) => id);
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

/** Remembers what fails newly and counts what was mended; parts in which nothing changed are not written. */
async function ageOperations(store: Store, view: View, now: Date): Promise<readonly Operation[]> {
  const prefix = prefixOf(view.environment);
  const failing = new Map<number, Set<string>>();
  for (const { id, status } of view.base.assessment.findings) {
    if (status === 'FAIL') add(failing, partOf(id), id);
  }
  const { records } = await store.list(AGES, { prefix, limit: PARTS });
  const known = new Map(records.map(({ key, value }) => [Number(key.slice(prefix.length)), value]));
  const operations: Operation[] = [];
  const took: number[] = [];
  for (let part = 0; part < PARTS; part += 1) {
    const before = known.get(part) ?? { since: {} };
    const after = aged(before, failing.get(part) ?? new Set(), now.getTime(), took);
    if (after) operations.push(put(AGES, `${prefix}${part}`, after));
  }
  if (took.length === 0) return operations;
  const so = (await store.get(MENDED, prefix))?.value ?? { mended: 0, milliseconds: 0 };
  const milliseconds = took.reduce((sum, each) => sum + each, so.milliseconds);
  return [...operations, put(MENDED, prefix, { mended: so.mended + took.length, milliseconds })];
}

/** @param took gets how long each finding that is gone had failed. */
function aged(
  before: AgeRecord,
  failing: ReadonlySet<string>,
  now: number,
  took: number[],
): AgeRecord | undefined {
  const known = new Map(Object.entries(before.since));
  const gone = [...known].filter(([id]) => !failing.has(id));
  const fresh = [...failing].filter((id) => !known.has(id));
  if (gone.length + fresh.length === 0) return undefined;
  for (const [id, since] of gone) {
    known.delete(id);
    took.push(Math.max(0, now - since));
  }
  for (const id of fresh) known.set(id, now);
  return { since: Object.fromEntries(known) };
}

function partOf(id: string): number {
  let sum = 0;
  for (let at = 0; at < id.length; at += 1) sum = (sum * 31 + id.charCodeAt(at)) % 65_521;
  return sum % PARTS;
}

function add(sets: Map<number, Set<string>>, part: number, id: string): void {
  const set = sets.get(part);
  if (set) set.add(id);
  else sets.set(part, new Set([id]));
}
