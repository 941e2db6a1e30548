import type { Collection } from '../../store/collection.ts';

/** Sessions live in their tokens: nothing is kept. */
export const COLLECTIONS: readonly Collection<unknown>[] = [];
