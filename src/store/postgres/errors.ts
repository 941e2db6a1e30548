import type { DatabaseError } from 'pg';
import { text } from '../../kernel/texts.ts';
import { duplicateEvent, StoreError, UniqueError } from '../errors.ts';

/** Codes of PostgreSQL (manual, "PostgreSQL Error Codes"). */
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const UNIQUE_VIOLATION = '23505';
const DISK_FULL = '53100';
const READ_ONLY = '25006';
const LOCK_TIMEOUT = '55P03';
const UNIQUE_INDEX = /^x:([a-z0-9-]+):([A-Za-z0-9]+)$/;

/** Connection exceptions, shutdowns and a full server: another try may find it well. */
const UNREACHABLE = /^(?:08...|57P0.|53300)$/;
/** Wrong password, unknown database, missing permission. */
const REFUSED = /^(?:28...|3D000|42501)$/;
const CORRUPT = /^XX00[12]$/;

/** Whether the server undid a transaction only because of others: it may simply be repeated. */
export function isTransient(error: unknown): boolean {
  const code = codeOf(error);
  return code === SERIALIZATION_FAILURE || code === DEADLOCK;
}

/** Whether the server answered with an error, so that the connection itself is still good. */
export function isFromServer(error: unknown): boolean {
  return error instanceof StoreError || /^[0-9A-Z]{5}$/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** The error that people read for one of PostgreSQL's or of the network; the URL is never shown. */
export function readableError(error: unknown): unknown {
  if (error instanceof StoreError || error instanceof TypeError) return error;
  const code = codeOf(error);
  if (code === UNIQUE_VIOLATION) return uniqueError(error as DatabaseError);
  if (code === DISK_FULL) {
    return new StoreError(
      'store-full',
      text(
        'the disk of the database server is full; nothing of this change was saved',
        'データベースサーバーのディスクに空きがありません。今回の変更は保存されていません',
      ),
      { cause: error },
    );
  }
  if (code === READ_ONLY) {
    return new StoreError(
      'store-readonly',
      text('the database server takes no changes now', 'データベースサーバーは今、変更を受け付けていません'),
      {
        cause: error,
        remedy: text('name the primary server in the URL', 'URLにはプライマリーサーバーを指定してください'),
      },
    );
  }
  if (code === LOCK_TIMEOUT || isTransient(error)) {
    return new StoreError(
      'store-busy',
      text(
        'others have been changing the same records for too long',
        '他の処理が長い間、同じレコードを変更しています',
      ),
      { cause: error },
    );
  }
  if (CORRUPT.test(code)) {
    return new StoreError(
      'store-corrupt',
      text('the database server reports damaged data', 'データベースサーバーがデータの破損を報告しています'),
      { cause: error },
    );
  }
  const message = (error as Error).message;
  if (REFUSED.test(code)) {
    return new StoreError(
      'store-refused',
      text(
        `the database server refuses this user or database: ${message}`,
        `データベースサーバーがこの利用者またはデータベースを拒否しました: ${message}`,
      ),
      { cause: error },
    );
  }
  if (UNREACHABLE.test(code) || !isFromServer(error)) return unreachable(error);
  return new StoreError(
    'store-failed',
    text(`the database server failed: ${message}`, `データベースサーバーで障害が起きました: ${message}`),
    { cause: error },
  );
}

function unreachable(cause: unknown): StoreError {
  const message = (cause as Error).message;
  return new StoreError(
    'store-unreachable',
    text(
      `the database server cannot be reached or went away: ${message}`,
      `データベースサーバーに接続できないか、接続が切れました: ${message}`,
    ),
    {
      cause,
      remedy: text(
        'whether a change that was under way is saved is not known: read the record before repeating it',
        '処理中だった変更が保存されたかは分かりません。やり直す前にレコードを読み直してください',
      ),
    },
  );
}

function uniqueError(error: DatabaseError): StoreError {
  if (error.constraint === 'events_id') return duplicateEvent();
  const [, collection, index] = UNIQUE_INDEX.exec(error.constraint ?? '') ?? [];
  if (collection && index) return new UniqueError(collection, index);
  return new StoreError('store-failed', text(error.message, error.message), { cause: error });
}
