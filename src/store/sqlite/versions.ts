import type { Connection } from './connection.ts';

/** Hands out the versions of records within one commit; they never repeat in the life of a file. */
export interface Versions {
  next(): number;
  /** Remembers the last one; to be called before the commit. */
  save(): void;
}

/** Begins where the last commit of any process ended; the caller holds the write lock. */
export function versionsOf(connection: Connection): Versions {
  // Most commits are records of reads, which have no version.
  let last: number | undefined;
  return {
    next() {
      last ??= Number(connection.prepared('SELECT version FROM sequence WHERE one = 1').get()?.version);
      last += 1;
      return last;
    },
    save() {
      if (last === undefined) return;
      connection.prepared('UPDATE sequence SET version = ? WHERE one = 1').run(last);
    },
  };
}
