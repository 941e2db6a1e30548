import { collection } from '../store/collection.ts';
import { put } from '../store/operations.ts';
import type { Operation, Store } from '../store/store.ts';
import type { KeyUse, UsagePort } from './ports.ts';

/** Last use per access key, and per principal and service. */
export const KEY_USES = collection<KeyUse>({ name: 'platform-key-uses' });
export const SERVICE_USES = collection<KeyUse>({ name: 'platform-service-uses' });

const FLUSH_MILLISECONDS = 5_000;
const MOST_AT_ONCE = 500;
/** Uses that wait to be written; beyond it new keys are not remembered until the next flush. */
const MOST_WAITING = 50_000;

/** Uses are shown in whole seconds and coarser. */
const PRECISION_MILLISECONDS = 1_000;

function isSameUse(one: KeyUse, other: KeyUse): boolean {
  return one.service === other.service && one.region === other.region;
}

export interface UsageRecorder {
  readonly port: UsagePort;
  note(accessKeyId: string, principalId: string, use: KeyUse): void;
  /** Writes what waits, and ends. */
  close(): Promise<void>;
}

/** Gathers uses in memory and writes them every few seconds: losing some is better than a write per request. */
export function usageRecorder(store: Store): UsageRecorder {
  const keys = new Map<string, KeyUse>();
  const services = new Map<string, KeyUse>();
  const timer = setInterval(() => {
    flush().catch(() => undefined);
  }, FLUSH_MILLISECONDS);
  timer.unref();

  async function flush(): Promise<void> {
    const operations: Operation[] = [
      ...[...keys].map(([key, use]) => put(KEY_USES, key, use)),
      ...[...services].map(([key, use]) => put(SERVICE_USES, key, use)),
    ];
    keys.clear();
    services.clear();
    for (let at = 0; at < operations.length; at += MOST_AT_ONCE) {
      await store.transact({ operations: operations.slice(at, at + MOST_AT_ONCE) });
    }
  }

  return {
    note(accessKeyId, principalId, use) {
      const before = keys.get(accessKeyId);
      if (before && use.at - before.at < PRECISION_MILLISECONDS && isSameUse(before, use)) return;
      if (keys.size < MOST_WAITING) keys.set(accessKeyId, use);
      if (services.size < MOST_WAITING) services.set(`${principalId}/${use.service}`, use);
    },
    async close() {
      clearInterval(timer);
      await flush();
    },
    port: {
      async lastUseOfKey(accessKeyId) {
        return keys.get(accessKeyId) ?? (await store.get(KEY_USES, accessKeyId))?.value;
      },
      async lastUsesOfPrincipal(principalId) {
        const prefix = `${principalId}/`;
        const { records } = await store.list(SERVICE_USES, { prefix, limit: 1_000 });
        const found = new Map(records.map(({ key, value }) => [key, value]));
        for (const [key, use] of services) if (key.startsWith(prefix)) found.set(key, use);
        return [...found.values()].sort((one, other) => other.at - one.at);
      },
    },
  };
}
