import { randomUUID } from 'node:crypto';
import { collection } from '../store/collection.ts';
import { put, remove } from '../store/operations.ts';
import type { Store } from '../store/store.ts';

/** A control plane that runs on this store. */
interface NodeRecord {
  /** What an operator calls it, such as `host-b, process 123`. */
  readonly name: string;
  /** Milliseconds since the epoch by its own clock. */
  readonly at: number;
}

export const NODES = collection<NodeRecord>({ name: 'platform-node' });

const BEAT_MILLISECONDS = 2_000;
const DEAD_MILLISECONDS = 8_000;
/** Nodes that ended without a word leave their records. */
const OLD_MILLISECONDS = 3_600_000;
const MOST_NODES = 1_000;

export interface PresenceOptions {
  readonly store: Pick<Store, 'transact' | 'list'>;
  readonly name: string;
  now(): Date;
  /** Milliseconds that never go back. */
  monotonic(): number;
  /** Told the names of the other nodes at each beat. */
  others(names: readonly string[]): Promise<void>;
}

/** Makes a node known to the others and learns of them. Clocks are not compared: a node lives while its record changes. */
export interface Presence {
  beat(): Promise<void>;
  /** Takes its record away. */
  leave(): Promise<void>;
}

export function presence({ store, name, now, monotonic, others }: PresenceOptions): Presence {
  const own = randomUUID();
  const seen = new Map<string, { readonly version: number; readonly since: number }>();
  return {
    async beat() {
      const at = now().getTime();
      await store.transact({ operations: [put(NODES, own, { name, at })] });
      const { records } = await store.list(NODES, { limit: MOST_NODES });
      const alive: string[] = [];
      for (const { key, value, version } of records) {
        if (key === own) continue;
        const before = seen.get(key);
        if (before?.version !== version) seen.set(key, { version, since: monotonic() });
        const since = seen.get(key)?.since ?? 0;
        if (monotonic() - since < DEAD_MILLISECONDS) alive.push(value.name);
        else if (at - value.at > OLD_MILLISECONDS) {
          await store.transact({ operations: [remove(NODES, key)] });
        }
      }
      await others(alive.sort());
    },
    async leave() {
      await store.transact({ operations: [remove(NODES, own)] });
    },
  };
}

/** Beats every two seconds. @returns the function that ends it. */
export function keepPresent(node: Presence, onDefect: (error: unknown) => void): () => Promise<void> {
  let beating: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    beating = beating.then(() => node.beat()).catch(onDefect);
  }, BEAT_MILLISECONDS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await beating;
    await node.leave().catch(onDefect);
  };
}
