import { type OpenOptions, openStore } from '../open.ts';
import type { Store } from '../store.ts';

/** Where the suite finds stores: each call of `fresh` names an empty one. */
export interface StoreBed {
  fresh(): Promise<string>;
}

/** Opens an empty store, hands it to a test, and closes it. */
export async function withStore(
  bed: StoreBed,
  collections: OpenOptions['collections'],
  work: (store: Store, location: string) => Promise<void>,
): Promise<void> {
  const location = await bed.fresh();
  const store = await openStore(location, { collections });
  try {
    await work(store, location);
  } finally {
    await store.close();
  }
}
