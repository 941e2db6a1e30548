import { collection } from '../../store/collection.ts';
import { put } from '../../store/operations.ts';
import type { Operation, Store } from '../../store/store.ts';
import { beginSlice, inSlices } from '../workers/slices.ts';

/** When findings of one part of the ids were first seen failing, in milliseconds since the epoch. */
export interface AgeRecord {
  readonly since: Readonly<Record<string, number>>;
}

/** How many findings were mended, and how long they took together. */
export interface MendedRecord {
  readonly mended: number;
  readonly milliseconds: number;
}

const AGES = collection<AgeRecord>({ name: 'console-ages' });
export const MENDED = collection<MendedRecord>({ name: 'console-mended' });
export const AGE_COLLECTIONS = [AGES, MENDED];

/** Records per environment: each holds the findings whose id falls into it. */
const PARTS = 64;

/**
 * Remembers what fails newly and counts what was mended. Of many findings in slices, so that requests are answered in
 * between; parts in which nothing changed are not written.
 *
 * @param prefix names the environment.
 * @param failing ids of the findings that fail now.
 */
export async function noteAges(
  store: Store,
  prefix: string,
  failing: readonly string[],
  now: Date,
): Promise<void> {
  const parts = Array.from({ length: PARTS }, () => new Set<string>());
  await inSlices(failing, (id) => parts[partOf(id)]?.add(id));
  let changed: Operation[] = [];
  let durations: number[] = [];

  async function write(): Promise<void> {
    if (changed.length === 0) return;
    const counted =
      durations.length > 0 ? [put(MENDED, prefix, await withMended(store, prefix, durations))] : [];
    await store.transact({ operations: [...changed, ...counted] });
    changed = [];
    durations = [];
  }

  const slice = beginSlice();
  for (const [part, ids] of parts.entries()) {
    const key = `${prefix}${part}`;
    const before = (await store.get(AGES, key))?.value ?? { since: {} };
    const { after, took } = aged(before, ids, now.getTime());
    if (after) changed.push(put(AGES, key, after));
    durations.push(...took);
    if (!slice.isOver()) continue;
    await write();
    await slice.rest();
  }
  await write();
}

async function withMended(store: Store, prefix: string, durations: readonly number[]): Promise<MendedRecord> {
  const before = (await store.get(MENDED, prefix))?.value ?? { mended: 0, milliseconds: 0 };
  return {
    mended: before.mended + durations.length,
    milliseconds: durations.reduce((sum, each) => sum + each, before.milliseconds),
  };
}

/** The part after a look, undefined where nothing changed, and how long each finding that is gone had failed. */
function aged(
  { since }: AgeRecord,
  failing: ReadonlySet<string>,
  now: number,
): { readonly after: AgeRecord | undefined; readonly took: readonly number[] } {
  const known = new Map(Object.entries(since));
  const gone = [...known].filter(([id]) => !failing.has(id));
  const fresh = [...failing].filter((id) => !known.has(id));
  if (gone.length + fresh.length === 0) return { after: undefined, took: [] };
  for (const [id] of gone) known.delete(id);
  for (const id of fresh) known.set(id, now);
  return {
    after: { since: Object.fromEntries(known) },
    took: gone.map(([, began]) => Math.max(0, now - began)),
  };
}

function partOf(id: string): number {
  let sum = 0;
  for (let at = 0; at < id.length; at += 1) sum = (sum * 31 + id.charCodeAt(at)) % 65_521;
  return sum % PARTS;
}
