import { randomBytes } from 'node:crypto';
import type { UnsealedEntry } from '../../model/decision.ts';
import { collection } from '../../store/collection.ts';
import { put, remove } from '../../store/operations.ts';
import type { Store } from '../../store/store.ts';

/** What only a person with a second factor enters, before it is signed or confirmed. */
export type OwnersDraft = Extract<UnsealedEntry, { kind: 'decided' | 'closed' | 'class-changed' }>;

/** A decision that was prepared and is still to be signed or confirmed. */
export interface Ticket {
  readonly session: string;
  readonly risk: string;
  readonly entry: OwnersDraft;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const LIFE_MILLISECONDS = 5 * 60_000;

export const TICKETS = collection<Ticket>({
  name: 'console-tickets',
  indexes: { expiresAt: ({ expiresAt }) => expiresAt },
});

export async function keepTicket(
  store: Store,
  ticket: Omit<Ticket, 'expiresAt'>,
  now: Date,
): Promise<string> {
  const id = randomBytes(24).toString('base64url');
  const { records } = await store.list(TICKETS, { index: 'expiresAt', before: now.getTime(), limit: 100 });
  await store.transact({
    operations: [
      put(TICKETS, id, { ...ticket, expiresAt: now.getTime() + LIFE_MILLISECONDS }, 'absent'),
      ...records.map(({ key }) => remove(TICKETS, key)),
    ],
  });
  return id;
}

/** The decision of a ticket, which cannot be used again; undefined when it is used, old or of another session. */
export async function useTicket(
  store: Store,
  id: string,
  session: string,
  now: Date,
): Promise<Ticket | undefined> {
  const record = await store.get(TICKETS, id);
  if (!record || record.value.session !== session || record.value.expiresAt <= now.getTime())
    return undefined;
  await store.transact({ operations: [remove(TICKETS, id, record.version)] });
  return record.value;
}
