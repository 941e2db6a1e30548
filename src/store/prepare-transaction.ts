import { text } from '../kernel/texts.ts';
import type { EventEnvelope } from '../model/event.ts';
import type { Collection } from './collection.ts';
import type { PreparedTransaction, Step } from './engine.ts';
import { StoreError } from './errors.ts';
import { indexKey, isStorableText } from './index-key.ts';
import { STORE_LIMITS } from './limits.ts';
import type { Cursor, Operation, Transaction, WrittenEvent } from './store.ts';

/**
 * Checks a transaction against the limits and turns its values into text, at once: what the caller
 * changes afterwards in its objects is not saved.
 *
 * @throws StoreError `store-key`, `store-value`, `store-limit`, `store-transaction`.
 */
export function prepareTransaction(transaction: Transaction): PreparedTransaction {
  const { operations = [], events = [], cursor, announce } = transaction;
  if (operations.length > STORE_LIMITS.operations || events.length > STORE_LIMITS.events) {
    throw tooLarge('the transaction', 'トランザクション');
  }
  requireDistinct(operations);
  const steps = operations.map(prepareStep);
  const written = events.map(prepareEvent);
  if (cursor) checkSubscriber(cursor.subscriber);
  const bytes =
    steps.reduce((sum, step) => sum + (step.kind === 'put' ? Buffer.byteLength(step.value) : 0), 0) +
    written.reduce((sum, event) => sum + Buffer.byteLength(event.envelope), 0);
  if (bytes > STORE_LIMITS.transactionBytes) throw tooLarge('the transaction', 'トランザクション');
  return {
    steps,
    events: written,
    cursor: cursor && copyOf(cursor),
    announce: announce?.slice(0, 100),
    bytes,
  };
}

function copyOf({ subscriber, position }: Cursor): Cursor {
  return { subscriber, position };
}

function requireDistinct(operations: readonly Operation[]): void {
  if (operations.length < 2) return;
  const seen = new Set<string>();
  for (const { collection, key } of operations) {
    const name = `${collection.name}\0${key}`;
    if (seen.has(name)) {
      throw new StoreError(
        'store-transaction',
        text(
          `the record "${key}" of ${collection.name} stands twice in one transaction`,
          `${collection.name}のレコード「${key}」が一つのトランザクションに二度あります`,
        ),
      );
    }
    seen.add(name);
  }
}

function prepareStep(operation: Operation): Step {
  const { collection, key, expected } = operation;
  checkKey(key);
  if (expected !== undefined && expected !== 'absent' && !Number.isSafeInteger(expected)) {
    throw new StoreError('store-value', text('a version is a whole number', '版番号は整数です'));
  }
  const name = collection.name;
  switch (operation.kind) {
    case 'put': {
      const value = serialise(operation.value, name, key);
      const indexed = collection.indexes.map((index) => {
        const at = index.valueIn(operation.value);
        return at === undefined ? null : checkedIndexKey(collection, index.name, at);
      });
      const { schema } = collection;
      return { kind: 'put', collection: name, key, expected: operation.expected, schema, value, indexed };
    }
    case 'remove':
      return { kind: 'remove', collection: name, key, expected: operation.expected };
    case 'check':
      return { kind: 'check', collection: name, key, expected: operation.expected };
  }
}

function serialise(value: unknown, collection: string, key: string): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch (cause) {
    throw notJson(collection, key, cause);
  }
  if (json === undefined) throw notJson(collection, key);
  if (exceeds(json, STORE_LIMITS.recordBytes)) {
    throw tooLarge(`the record "${key}" of ${collection}`, `${collection}のレコード「${key}」`);
  }
  return json;
}

function notJson(collection: string, key: string, cause?: unknown): StoreError {
  return new StoreError(
    'store-value',
    text(
      `the record "${key}" of ${collection} cannot be written as JSON`,
      `${collection}のレコード「${key}」はJSONとして書けません`,
    ),
    { cause },
  );
}

function prepareEvent(event: EventEnvelope): WrittenEvent {
  return checkedEvent({ id: event.id, envelope: JSON.stringify(event) });
}

function checkedEvent(event: WrittenEvent): WrittenEvent {
  if (exceeds(event.envelope, STORE_LIMITS.eventBytes)) throw tooLarge('an event', 'イベント');
  checkKey(event.id);
  return event;
}

/**
 * Checks events that were written already.
 *
 * @returns how many bytes they have at most.
 * @throws StoreError `store-key`, `store-limit`.
 */
export function checkWrittenEvents(events: readonly WrittenEvent[]): number {
  if (events.length > STORE_LIMITS.events) throw tooLarge('the transaction', 'トランザクション');
  let bytes = 0;
  for (const event of events) {
    if (checkedEvent(event).envelope.includes('\n')) throw new TypeError('an event is written in one line');
    bytes += event.envelope.length * LONGEST_CHARACTER;
  }
  if (bytes > STORE_LIMITS.transactionBytes) throw tooLarge('the transaction', 'トランザクション');
  return bytes;
}

/** Bytes of UTF-8 per code unit of a string. */
const LONGEST_CHARACTER = 3;

/** @throws StoreError `store-key` when a key is empty, too long or not storable on both engines. */
export function checkKey(key: string): void {
  if (key === '' || !isStorableText(key) || exceeds(key, STORE_LIMITS.keyBytes)) {
    throw new StoreError(
      'store-key',
      text(
        `a key has 1 to ${STORE_LIMITS.keyBytes} bytes of valid text without NUL`,
        `キーは1〜${STORE_LIMITS.keyBytes}バイトの正しい文字列で、NULを含みません`,
      ),
    );
  }
}

/** @throws StoreError `store-key` when a subscriber's name is empty or too long. */
export function checkSubscriber(name: string): void {
  if (name === '' || !isStorableText(name) || name.length > STORE_LIMITS.subscriberCharacters) {
    throw new StoreError(
      'store-key',
      text(
        `the name of a subscriber has 1 to ${STORE_LIMITS.subscriberCharacters} characters`,
        `購読者の名前は1〜${STORE_LIMITS.subscriberCharacters}文字です`,
      ),
    );
  }
}

/** The index key of a value. @throws StoreError `store-value` when it cannot be ordered or is too long. */
export function checkedIndexKey<T>(collection: Collection<T>, index: string, value: string | number): string {
  const fits =
    typeof value === 'number'
      ? !Number.isNaN(value)
      : typeof value === 'string' && isStorableText(value) && !exceeds(value, STORE_LIMITS.indexBytes);
  if (!fits) {
    throw new StoreError(
      'store-value',
      text(
        `the index ${index} of ${collection.name} takes numbers and valid text of at most ${STORE_LIMITS.indexBytes} bytes`,
        `${collection.name}の索引${index}に使えるのは、数値と${STORE_LIMITS.indexBytes}バイト以内の正しい文字列です`,
      ),
    );
  }
  return indexKey(value);
}

function exceeds(value: string, bytes: number): boolean {
  return value.length > bytes || (value.length * 3 > bytes && Buffer.byteLength(value) > bytes);
}

function tooLarge(en: string, ja: string): StoreError {
  return new StoreError(
    'store-limit',
    text(`${en} is too large to store`, `${ja}が大きすぎて保存できません`),
  );
}
