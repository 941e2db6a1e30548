import { text } from '../kernel/texts.ts';
import { StoreError } from './errors.ts';
import type { EventPosition } from './store.ts';

const SEQUENCE = /^[0-9]{1,15}$/;
const PAIR = /^([0-9]{1,20})\.([0-9]{1,18})$/;

/** A position of SQLite. @throws StoreError `store-cursor` when it is none. */
export function eventSequence(position: EventPosition): number {
  if (!SEQUENCE.test(position)) throw notAPosition();
  return Number(position);
}

/**
 * A position of PostgreSQL: the transaction that wrote the event, then the event's number, as decimal text.
 *
 * @throws StoreError `store-cursor` when it is none.
 */
export function eventPair(position: EventPosition): readonly [transaction: string, number: string] {
  const [, transaction, number] = PAIR.exec(position) ?? [];
  if (transaction === undefined || number === undefined || BigInt(transaction) >= 1n << 64n) {
    throw notAPosition();
  }
  return [transaction, number];
}

function notAPosition(): StoreError {
  return new StoreError(
    'store-cursor',
    text('this is no position in the outbox of this store', 'このストアの送信箱の位置ではありません'),
  );
}
