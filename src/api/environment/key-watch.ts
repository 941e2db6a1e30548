import type { FileOfKey, KeyFact } from '../../model/key-fact.ts';
import { troubledKeys } from '../../services/kms/used-keys.ts';
import type { Store } from '../../store/store.ts';

/** Which keys of this installation open nothing now, or soon nothing any more. */
export interface KeyWatch {
  troubled(): Promise<readonly KeyFact[]>;
  /** Calls back soon after a key may have changed its state. @returns the function that ends it. */
  onChange(listener: () => void): () => void;
}

/** Every request writes its record; what came together is looked at once. */
const PAUSE_MILLISECONDS = 500;

export function keyWatch(
  store: Store,
  account: string,
  now: () => Date,
  filesOf: (key: KeyFact) => readonly FileOfKey[] = () => [],
): KeyWatch {
  return {
    async troubled() {
      const keys = await troubledKeys(store, account, now().getTime());
      return keys.map((key) => {
        const files = filesOf(key);
        return files.length === 0 ? key : { ...key, files };
      });
    },
    onChange(listener) {
      let waiting: NodeJS.Timeout | undefined;
      const end = store.onEvents(() => {
        waiting ??= setTimeout(() => {
          waiting = undefined;
          listener();
        }, PAUSE_MILLISECONDS).unref();
      });
      return () => {
        clearTimeout(waiting);
        end();
      };
    },
  };
}
