import { HonmaruError } from '../kernel/errors.ts';
import { type Text, text } from '../kernel/texts.ts';

/** The codes of everything that the store refuses or cannot do. */
export type StoreErrorCode =
  | 'store-busy'
  | 'store-closed'
  | 'store-collection'
  | 'store-conflict'
  | 'store-corrupt'
  | 'store-cursor'
  | 'store-event-duplicate'
  | 'store-failed'
  | 'store-foreign'
  | 'store-full'
  | 'store-key'
  | 'store-limit'
  | 'store-location'
  | 'store-newer'
  | 'store-query'
  | 'store-readonly'
  | 'store-refused'
  | 'store-token'
  | 'store-transaction'
  | 'store-unique'
  | 'store-unreachable'
  | 'store-value';

/** The store refused a request or could not do it. `code` is one of {@link StoreErrorCode}. */
export class StoreError extends HonmaruError {
  constructor(code: StoreErrorCode, message: Text, options: { remedy?: Text; cause?: unknown } = {}) {
    super(
      { code, message, ...(options.remedy ? { remedy: options.remedy } : {}) },
      options.cause === undefined ? undefined : { cause: options.cause },
    );
  }
}

/** A record is not in the version that the writer expected: read it again and decide again. */
export class ConflictError extends StoreError {
  readonly collection: string;
  readonly key: string;

  constructor(collection: string, key: string) {
    super(
      'store-conflict',
      text(
        `the record "${key}" of ${collection} was changed by somebody else`,
        `${collection}のレコード「${key}」は他の処理によって変更されています`,
      ),
      { remedy: text('read it again and repeat the change', '読み直してから変更をやり直してください') },
    );
    this.collection = collection;
    this.key = key;
  }
}

/** Another record already has the value of a unique index. */
export class UniqueError extends StoreError {
  readonly collection: string;
  readonly index: string;

  constructor(collection: string, index: string) {
    super(
      'store-unique',
      text(
        `another record of ${collection} already has this ${index}`,
        `${collection}には同じ${index}を持つレコードがすでにあります`,
      ),
    );
    this.collection = collection;
    this.index = index;
  }
}

/** An event with this id is already in the outbox. */
export function duplicateEvent(): StoreError {
  return new StoreError(
    'store-event-duplicate',
    text(
      'an event of this transaction was already written',
      'このトランザクションのイベントはすでに記録されています',
    ),
  );
}

/** A subscriber's cursor would not move forward: its events were handled already. */
export function cursorPassed(subscriber: string): StoreError {
  return new StoreError(
    'store-cursor',
    text(
      `the subscriber "${subscriber}" is already at or behind this position`,
      `購読者「${subscriber}」はすでにこの位置以降まで進んでいます`,
    ),
  );
}

/** The data were written by a newer Honmaru. */
export function newerSchema(what: string, found: number, known: number): StoreError {
  return new StoreError(
    'store-newer',
    text(
      `${what} was written by a newer Honmaru (schema ${found}; this one reads up to ${known})`,
      `${what}はより新しいHonmaruが書いたものです(スキーマ${found}。この版が読めるのは${known}まで)`,
    ),
    { remedy: text('install the newer version of Honmaru', '新しい版のHonmaruを導入してください') },
  );
}

/** A collection was used that the store was not opened with. */
export function unknownCollection(name: string): StoreError {
  return new StoreError(
    'store-collection',
    text(
      `the store was not opened with the collection ${name}`,
      `ストアはコレクション${name}を指定して開かれていません`,
    ),
  );
}

export function storeClosed(): StoreError {
  return new StoreError('store-closed', text('the store is closed', 'ストアは閉じられています'));
}

/**
 * For a note that may be lost to whoever changed the record at the same moment, such as when it was last used.
 *
 * @throws whatever else went wrong.
 */
export function yieldToOthers(error: unknown): void {
  if (!(error instanceof ConflictError)) throw error;
}
