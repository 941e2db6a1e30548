import { createHash, randomBytes } from 'node:crypto';
import { text } from '../../kernel/texts.ts';
import { KeeperError } from '../client/errors.ts';
import { type Roots, rootsUnder, sealedUnder, sealOf } from './roots.ts';
import { type SealFile, writeSeal } from './seal-file.ts';

const KEY_BYTES = 32;
const PREFIX = 'hmks1-';
const MOST_SHARES = 255;
const MARK_LETTERS = 16;
const DO_NOT_OPEN = text('these shares do not open the seal', 'これらのシェアでは封印を解除できません');

/** @throws KeeperError `unseal` when the shares do not belong together. */
export async function unsealByShares(seal: SealFile, shares: readonly Uint8Array[]): Promise<Roots> {
  const { combine } = await import('shamir-secret-sharing');
  let key: Uint8Array;
  try {
    key = await combine([...shares]);
  } catch {
    throw new KeeperError('unseal', DO_NOT_OPEN);
  }
  try {
    return rootsUnder(seal, Buffer.from(key.buffer, key.byteOffset, key.byteLength), DO_NOT_OPEN);
  } finally {
    key.fill(0);
  }
}

/**
 * The bytes of a share as people keep it. One that was mistyped, or is of an earlier seal, is refused by itself: among
 * others it would spoil what all of them gave.
 *
 * @throws KeeperError `unseal`
 */
export function shareIn(words: string, { shareMarks }: Pick<SealFile, 'shareMarks'>): Uint8Array {
  const bytes = Buffer.from(words.trim().slice(PREFIX.length), 'base64url');
  if (!words.trim().startsWith(PREFIX) || bytes.length !== KEY_BYTES + 1) {
    throw new KeeperError('unseal', text('this is no share', 'シェアの形式ではありません'));
  }
  if (shareMarks && !shareMarks.includes(markOf(bytes))) {
    throw new KeeperError(
      'unseal',
      text(
        'this share is none of this seal: look for a typing error, or it is of an earlier one',
        'この封印のシェアではありません。入力の誤りか、以前の封印のシェアです',
      ),
    );
  }
  return new Uint8Array(bytes);
}

function markOf(share: Uint8Array): string {
  return createHash('sha256').update(share).digest('hex').slice(0, MARK_LETTERS);
}

/** Seals under a fresh key that is split; the shares are returned once and kept nowhere. */
export async function sealByShares(
  roots: Roots,
  data: string,
  shares: number,
  threshold: number,
): Promise<readonly string[]> {
  const sound = [shares, threshold].every(
    (each) => Number.isInteger(each) && each >= 2 && each <= MOST_SHARES,
  );
  if (!sound || threshold > shares) {
    throw new KeeperError(
      'request',
      text(
        'shares and threshold are 2 to 255, and the threshold is not the larger',
        'シェアの数と必要数は2~255で、必要数はシェアの数以下にしてください',
      ),
    );
  }
  const { split } = await import('shamir-secret-sharing');
  const key = randomBytes(KEY_BYTES);
  const made = await split(new Uint8Array(key), shares, threshold);
  const sealed = sealedUnder(key, roots);
  key.fill(0);
  writeSeal(data, {
    ...sealOf(roots, 'shamir', sealed),
    threshold,
    shares,
    shareMarks: made.map(markOf),
  });
  return made.map((share) => `${PREFIX}${Buffer.from(share).toString('base64url')}`);
}
