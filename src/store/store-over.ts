import { text } from '../kernel/texts.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { Collection } from './collection.ts';
import type { Collections, Engine, EngineRecord } from './engine.ts';
import { newerSchema, StoreError, storeClosed, unknownCollection } from './errors.ts';
import { STORE_LIMITS } from './limits.ts';
import { pageToken, selectionId } from './page-token.ts';
import { prepareQuery } from './prepare-query.ts';
import { checkKey, checkSubscriber, checkWrittenEvents, prepareTransaction } from './prepare-transaction.ts';
import type { Store, StoredRecord } from './store.ts';

const PRUNE_AT_ONCE = 10_000;

/** Makes a Store of an engine: checks what comes in, reads and writes JSON, and tells listeners. */
export function storeOver(engine: Engine, collections: Collections): Store {
  const listeners = new Set<() => void>();
  const announced = new Set<(topic: string) => void>();
  let closing: Promise<void> | undefined;

  function demandOpen(): void {
    if (closing) throw storeClosed();
  }

  function demand<T>(collection: Collection<T>): void {
    demandOpen();
    if (collections.get(collection.name) !== collection) throw unknownCollection(collection.name);
  }

  return {
    engine: engine.name,

    async get(collection, key) {
      demand(collection);
      checkKey(key);
      const record = await engine.read(collection.name, key);
      return record && decodeRecord(collection, record);
    },

    async list(collection, query = {}) {
      demand(collection);
      const selection = prepareQuery(collection, query);
      const { rows, more } = await engine.select(selection);
      const records = rows.map((row) => decodeRecord(collection, row));
      const last = rows.at(-1);
      return more && last ? { records, next: pageToken(selectionId(selection), last) } : { records };
    },

    async count(collection, query = {}) {
      demand(collection);
      return engine.count(prepareQuery(collection, query));
    },

    async transact(transaction) {
      demandOpen();
      for (const operation of transaction.operations ?? []) demand(operation.collection);
      const prepared = prepareTransaction(transaction);
      const versions = await engine.apply(prepared);
      const { announce } = prepared;
      if (announce !== undefined && !engine.listen) for (const listener of announced) listener(announce);
      if (prepared.events.length > 0) for (const listener of listeners) queueMicrotask(listener);
      return { versions };
    },

    async append(events) {
      demandOpen();
      if (events.length === 0) return;
      await engine.append(events, checkWrittenEvents(events));
      for (const listener of listeners) queueMicrotask(listener);
    },

    async readEvents(after, limit) {
      demandOpen();
      if (!Number.isSafeInteger(limit) || limit < 1 || limit > STORE_LIMITS.readEvents) {
        throw new StoreError(
          'store-query',
          text(
            `1 to ${STORE_LIMITS.readEvents} events are read at once`,
            `一度に読めるイベントは1〜${STORE_LIMITS.readEvents}件です`,
          ),
        );
      }
      const rows = await engine.readEvents(after, limit);
      return rows.map(({ position, envelope }) => ({
        position,
        event: JSON.parse(envelope) as EventEnvelope,
      }));
    },

    async readCursor(subscriber) {
      demandOpen();
      checkSubscriber(subscriber);
      return engine.readCursor(subscriber);
    },

    async saveCursor(cursor) {
      demandOpen();
      checkSubscriber(cursor.subscriber);
      return engine.saveCursor(cursor);
    },

    async pruneEvents(writtenBefore, limit = PRUNE_AT_ONCE) {
      demandOpen();
      return engine.pruneEvents(writtenBefore.getTime(), limit);
    },

    onEvents(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    onAnnouncement(listener) {
      if (engine.listen) return engine.listen(listener);
      announced.add(listener);
      return () => announced.delete(listener);
    },

    close() {
      closing ??= engine.close();
      return closing;
    },
  };
}

/** @throws StoreError `store-newer` when a newer program wrote the record. */
function decodeRecord<T>(collection: Collection<T>, record: EngineRecord): StoredRecord<T> {
  const { key, version, schema } = record;
  if (schema > collection.schema) {
    throw newerSchema(`the record "${key}" of ${collection.name}`, schema, collection.schema);
  }
  return { key, version, value: collection.decode(JSON.parse(record.value), schema) };
}
