import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 4_096;
/** What is longer is drawn by itself. */
const MOST_POOLED = 256;

const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/**
 * Fills a part of a buffer with random bytes of OpenSSL, drawn some thousand at once, since a draw costs more than its
 * bytes. Bytes are handed out once and overwritten in the pool; the pool is memory of the keeper, like the keys.
 */
export function fillRandom(target: Buffer, start: number, end: number): void {
  const count = end - start;
  if (count > MOST_POOLED) {
    randomFillSync(target, start, count);
    return;
  }
  if (used + count > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  pool.copy(target, start, used, used + count);
  pool.fill(0, used, used + count);
  used += count;
}

/** So many random bytes. */
export function random(count: number): Buffer {
  const bytes = Buffer.allocUnsafe(count);
  fillRandom(bytes, 0, count);
  return bytes;
}
