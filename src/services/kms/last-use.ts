import type { CallContext, StoreReader } from '../../platform/context.ts';
import type { ServiceHost } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { lastUses } from './collections.ts';
import { keyKey } from './find.ts';
import type { KeyRecord, LastUseRecord } from './records.ts';

const FLUSH_MILLISECONDS = 5_000;
const MOST_PER_COMMIT = 500;

/** Uses that are not written yet, by the store that they belong to. */
const noted = new WeakMap<StoreReader, Map<string, LastUseRecord>>();

/** Notes that a key did cryptography. Written every few seconds: a crash may lose the last of them. */
export function noteUse({ store, now, requestId }: CallContext, key: KeyRecord, operation: string): void {
  let uses = noted.get(store);
  if (!uses) {
    uses = new Map();
    noted.set(store, uses);
  }
  uses.set(keyKey(key), { operation, at: now.getTime(), requestId });
}

export async function lastUseOf(
  { store }: Pick<CallContext, 'store'>,
  key: KeyRecord,
): Promise<LastUseRecord | undefined> {
  return noted.get(store)?.get(keyKey(key)) ?? (await store.get(lastUses, keyKey(key)))?.value;
}

/** Writes what was noted, now and then. @returns the function that ends it, with a last write. */
export function keepLastUses(
  { store }: ServiceHost,
  onDefect: (error: unknown) => void,
): () => Promise<void> {
  async function flush(): Promise<void> {
    const uses = noted.get(store);
    if (!uses) return;
    const entries = [...uses].slice(0, MOST_PER_COMMIT);
    if (entries.length === 0) return;
    await store.transact({ operations: entries.map(([key, use]) => put(lastUses, key, use)) });
    for (const [key, use] of entries) if (uses.get(key) === use) uses.delete(key);
  }
  const timer = setInterval(() => {
    flush().catch(onDefect);
  }, FLUSH_MILLISECONDS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await flush();
  };
}
