import type { Connection } from './connection.ts';

/** Hands out the versions of records within one commit; they never repeat in the life of a file. */
export interface Versions {
  next(): number;
  /** Remembers the last one; to be called before the commit. */
  save(): void;
}

/** Begins where the last commit of any process ended; the caller holds the write lock. */
export function versionsOf(connection: Connection): Versions {
  const row = connection.prepared('SELECT version FROM sequence WHERE one = 1').get();
  const begin = Number(row?.version);
  let last = begin;
  return {
    next() {
      last += 1;
      return last;
    },
    save() {
      if (last > begin) connection.prepared('UPDATE sequence SET version = ? WHERE one = 1').run(last);
    },
  };
}
