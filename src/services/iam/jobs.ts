import type { CallContext } from '../../platform/context.ts';
import { put, remove } from '../../store/operations.ts';
import type { Operation } from '../../store/store.ts';
import { jobs } from './collections.ts';
import { byId } from './find.ts';
import type { JobRecord } from './records.ts';

/** How long the result of a job can be asked for. */
const LIFE_MILLISECONDS = 7 * 86_400_000;
/** Most old jobs that a new one clears away. */
const MOST_CLEARED = 100;

/** Saves a finished job, and clears away jobs that nobody can ask for any more. */
export async function saveJob(
  { store, account, now }: CallContext,
  job: Pick<JobRecord, 'id' | 'kind' | 'detail'>,
): Promise<readonly Operation[]> {
  const { records } = await store.list(jobs, { index: 'account', equals: account, limit: MOST_CLEARED });
  const old = records.filter(({ value }) => now.getTime() - value.createdAt > LIFE_MILLISECONDS);
  const record: JobRecord = { ...job, account, createdAt: now.getTime() };
  return [put(jobs, `${account}/${job.id}`, record, 'absent'), ...old.map(({ key }) => remove(jobs, key))];
}

/** The job of an account, of the kind that is asked for. */
export async function jobOf(
  { store, account }: CallContext,
  id: string,
  kind: JobRecord['kind'],
): Promise<JobRecord | undefined> {
  const found = await byId(store, jobs, `${account}/${id}`);
  return found?.value.kind === kind ? found.value : undefined;
}
