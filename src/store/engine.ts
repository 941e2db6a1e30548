import type { Collection } from './collection.ts';
import type { Cursor, EventPosition, Expected, WrittenEvent } from './store.ts';

/**
 * What an engine does: text in, text out, everything checked before. `storeOver` makes a Store of it.
 */
export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  read(collection: string, key: string): Promise<EngineRecord | undefined>;
  select(selection: Selection): Promise<EnginePage>;
  count(selection: Selection): Promise<number>;
  /** @returns per step the new version of a put, the unchanged one of a check. */
  apply(transaction: PreparedTransaction): Promise<readonly (number | undefined)[]>;
  append(events: readonly WrittenEvent[], bytes: number): Promise<void>;
  readEvents(after: EventPosition | undefined, limit: number): Promise<readonly EngineEvent[]>;
  readCursor(subscriber: string): Promise<EventPosition | undefined>;
  saveCursor(cursor: Cursor): Promise<boolean>;
  pruneEvents(writtenBefore: number, limit: number): Promise<number>;
  /** Announcements of all processes; an engine without it has only those of this one. */
  listen?(listener: (topic: string) => void): () => void;
  close(): Promise<void>;
}

export interface EngineRecord {
  readonly key: string;
  readonly version: number;
  readonly schema: number;
  /** JSON. */
  readonly value: string;
}

export interface EngineRow extends EngineRecord {
  /** The value of the index that was asked for, in the form of `indexKey`; null when asked by key. */
  readonly at: string | null;
}

export interface EnginePage {
  readonly rows: readonly EngineRow[];
  /** Whether there is a row behind the last one. */
  readonly more: boolean;
}

export interface EngineEvent {
  readonly position: EventPosition;
  /** JSON. */
  readonly envelope: string;
}

/** A query with all values in the form that the engine compares. */
export interface Selection {
  readonly collection: string;
  readonly index: string | undefined;
  readonly equals: string | undefined;
  readonly from: string | undefined;
  readonly before: string | undefined;
  readonly after: { readonly at: string | null; readonly key: string } | undefined;
  readonly descending: boolean;
  readonly limit: number;
}

export type Step = PutStep | RemoveStep | CheckStep;

export interface PutStep {
  readonly kind: 'put';
  readonly collection: string;
  readonly key: string;
  readonly expected: Expected | undefined;
  readonly schema: number;
  /** JSON. */
  readonly value: string;
  /** One per index of the collection, in its order. */
  readonly indexed: readonly (string | null)[];
}

export interface RemoveStep {
  readonly kind: 'remove';
  readonly collection: string;
  readonly key: string;
  readonly expected: number | undefined;
}

export interface CheckStep {
  readonly kind: 'check';
  readonly collection: string;
  readonly key: string;
  readonly expected: number;
}

export interface PreparedTransaction {
  readonly steps: readonly Step[];
  readonly events: readonly WrittenEvent[];
  readonly cursor: Cursor | undefined;
  readonly announce?: string | undefined;
  readonly bytes: number;
}

/** The collections that a store is opened with. */
export type Collections = ReadonlyMap<string, Collection<unknown>>;
