import type { EventEnvelope } from '../model/event.ts';
import type { Collection } from './collection.ts';

/** A record with the version it is in. Versions of one store never repeat, also after a deletion. */
export interface StoredRecord<T> {
  readonly key: string;
  readonly version: number;
  readonly value: T;
}

/** Which version a writer believes a record to be in; `absent`: that there is none. */
export type Expected = number | 'absent';

/** One step of a transaction; made by `put`, `remove` and `check`. */
export type Operation =
  | {
      readonly kind: 'put';
      readonly collection: Collection<unknown>;
      readonly key: string;
      readonly value: unknown;
      readonly expected?: Expected;
    }
  | {
      readonly kind: 'remove';
      readonly collection: Collection<unknown>;
      readonly key: string;
      readonly expected?: number;
    }
  | {
      readonly kind: 'check';
      readonly collection: Collection<unknown>;
      readonly key: string;
      readonly expected: number;
    };

/** What is saved together or not at all. */
export interface Transaction {
  /** Done in this order; each record at most once. */
  readonly operations?: readonly Operation[];
  /** Written to the outbox in the same commit. */
  readonly events?: readonly EventEnvelope[];
  /** Moves a subscriber forward in the same commit, so that it handles each event once. */
  readonly cursor?: Cursor;
  /** Told, after the commit, to whoever listens on any node. At most 100 characters. */
  readonly announce?: string;
}

/** The result of a transaction: the new version of each put, in the order of the operations. */
export interface Committed {
  /** `undefined` for a removal; the unchanged version for a check. */
  readonly versions: readonly (number | undefined)[];
}

/** Selects records by one index, or by key when `index` is not given. Comparison is by code point. */
export interface Query {
  readonly index?: string;
  readonly equals?: string | number;
  /** Strings that begin so. */
  readonly prefix?: string;
  /** Lower bound, inclusive. */
  readonly from?: string | number;
  /** Upper bound, exclusive. */
  readonly before?: string | number;
}

export interface PageQuery extends Query {
  /** 1 to 1,000; default 100. */
  readonly limit?: number;
  readonly descending?: boolean;
  /** The `next` of the page before. */
  readonly after?: string;
}

/** A page of records in the order of index value and key; `next` is absent on the last one. */
export interface Page<T> {
  readonly records: readonly StoredRecord<T>[];
  readonly next?: string;
}

/** A place in the outbox. Opaque; only the store compares positions. */
export type EventPosition = string;

export interface OutboxEvent {
  readonly position: EventPosition;
  readonly event: EventEnvelope;
}

/** An event in the form in which it is kept. */
export interface WrittenEvent {
  readonly id: string;
  /** {@link EventEnvelope} as JSON in one line. */
  readonly envelope: string;
}

/** How far a subscriber has come: all events up to and with `position` are handled. */
export interface Cursor {
  readonly subscriber: string;
  readonly position: EventPosition;
}

/**
 * Records that survive. A promise that is kept means that the change is on disk; one that is broken with
 * `store-unreachable` leaves open whether it is.
 */
export interface Store {
  readonly engine: 'sqlite' | 'postgres';

  /** The record of a key, or undefined. */
  get<T>(collection: Collection<T>, key: string): Promise<StoredRecord<T> | undefined>;

  /**
   * A page of records. Records that are written between two pages neither repeat nor hide others.
   * @throws StoreError `store-query`, `store-token`.
   */
  list<T>(collection: Collection<T>, query?: PageQuery): Promise<Page<T>>;

  /** How many records a query selects. */
  count<T>(collection: Collection<T>, query?: Query): Promise<number>;

  /**
   * Saves all or nothing.
   * @throws ConflictError (`store-conflict`) a record is in another version than expected.
   * @throws UniqueError (`store-unique`) another record has the value of a unique index.
   * @throws StoreError `store-value`, `store-key`, `store-limit`, `store-event-duplicate`, `store-cursor`,
   * `store-full`, `store-readonly`, `store-busy`, `store-corrupt`, `store-unreachable`.
   */
  transact(transaction: Transaction): Promise<Committed>;

  /**
   * Writes events whose ids were made for this call: none is compared with those that are there. They cost a
   * fraction of what `transact` takes for them.
   * @throws StoreError `store-key`, `store-limit`, `store-full`, `store-readonly`, `store-busy`,
   * `store-corrupt`, `store-unreachable`.
   */
  append(events: readonly WrittenEvent[]): Promise<void>;

  /**
   * Events after a position in an order in which none appears later in front of one already read.
   * @param after undefined: from the oldest.
   * @param limit 1 to 1,000.
   */
  readEvents(after: EventPosition | undefined, limit: number): Promise<readonly OutboxEvent[]>;

  /** Where a subscriber stands, or undefined when it never moved. */
  readCursor(subscriber: string): Promise<EventPosition | undefined>;

  /** Moves a subscriber forward; false (and nothing happens) when it is there already or beyond. */
  saveCursor(cursor: Cursor): Promise<boolean>;

  /**
   * Deletes events written before a time that every subscriber has passed, at most `limit` of them.
   * Without a subscriber nothing is deleted.
   * @returns how many were deleted.
   */
  pruneEvents(writtenBefore: Date, limit?: number): Promise<number>;

  /**
   * Calls back after a commit of this process that wrote events: a hint to read the outbox soon, not a
   * replacement for reading it now and then.
   * @returns the function that ends it.
   */
  onEvents(listener: () => void): () => void;

  /**
   * Calls back for announcements of other processes (on PostgreSQL) and of this one: a hint, since one may be
   * lost with a connection. An empty topic means that some may have been missed.
   * @returns the function that ends it.
   */
  onAnnouncement(listener: (topic: string) => void): () => void;

  /** Waits for what was begun, then closes; a later call of anything is refused with `store-closed`. */
  close(): Promise<void>;
}
