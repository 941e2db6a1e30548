import { text } from '../../kernel/texts.ts';
import { duplicateEvent, StoreError, UniqueError } from '../errors.ts';

/** Primary result codes of SQLite (sqlite.org, "Result and Error Codes"). */
const CODE = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26,
} as const;

const PRIMARY = 0xff;
const UNIQUE_COLUMN = /UNIQUE constraint failed: r_([a-z0-9-]+)\.i_([A-Za-z0-9]+)/;

/** Whether another process holds the lock: worth another try. */
export function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === CODE.busy || code === CODE.locked;
}

function primaryCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' ? code & PRIMARY : undefined;
}

/** The error that people read for one of SQLite's; others come back as they are. */
export function readableError(error: unknown, path: string): unknown {
  if (error instanceof StoreError) return error;
  switch (primaryCode(error)) {
    case undefined:
      return error;
    case CODE.constraint:
      return constraintError(error);
    case CODE.busy:
    case CODE.locked:
      return new StoreError(
        'store-busy',
        text(
          `another process has been writing to ${path} for too long`,
          `別のプロセスが長い間${path}に書き込んでいます`,
        ),
        { cause: error },
      );
    case CODE.readOnly:
      return new StoreError(
        'store-readonly',
        text(`the store ${path} cannot be written`, `ストア${path}に書き込めません`),
        { cause: error },
      );
    case CODE.full:
      return new StoreError(
        'store-full',
        text(
          `the disk with the store ${path} is full; nothing of this change was saved`,
          `ストア${path}のあるディスクに空きがありません。今回の変更は保存されていません`,
        ),
        { cause: error, remedy: text('free some space and try again', '空きを作ってからやり直してください') },
      );
    case CODE.corrupt:
    case CODE.notADatabase:
      return corruptError(path, error);
    default:
      return new StoreError(
        'store-failed',
        text(
          `the store ${path} failed: ${(error as Error).message}`,
          `ストア${path}で障害が起きました: ${(error as Error).message}`,
        ),
        { cause: error },
      );
  }
}

export function corruptError(path: string, cause?: unknown): StoreError {
  return new StoreError(
    'store-corrupt',
    text(
      `the store ${path} is damaged or is not a store of Honmaru`,
      `ストア${path}は壊れているか、Honmaruのストアではありません`,
    ),
    {
      cause,
      remedy: text(
        'put it aside and restore a copy; it was not changed',
        '別の場所に移し、控えから戻してください(変更は加えていません)',
      ),
    },
  );
}

function constraintError(error: unknown): StoreError {
  const message = (error as Error).message;
  if (message.includes('events.id')) return duplicateEvent();
  const [, collection, index] = UNIQUE_COLUMN.exec(message) ?? [];
  if (collection && index) return new UniqueError(collection, index);
  return new StoreError('store-failed', text(message, message), { cause: error });
}
