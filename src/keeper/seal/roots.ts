import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { type Text, text } from '../../kernel/texts.ts';
import { KeeperError } from '../client/errors.ts';
import { unwrap, wrap } from '../vault/wrap.ts';
import type { SealFile } from './seal-file.ts';

const KEY_BYTES = 32;
const IDENTITY = ['root key'];
const MOST_PREVIOUS = 8;

/** The root key, and those before it under which account keys may still be sealed. */
export interface Roots {
  readonly current: KeyObject;
  /** The newest first; empty once every account key is sealed under the current one. */
  readonly previous: readonly KeyObject[];
}

/** A new root key; the one until now, and those that are not done with yet, are kept until nothing needs them. */
export function succeeded(roots: Roots, successor: Buffer): Roots {
  const previous = [roots.current, ...roots.previous];
  if (previous.length > MOST_PREVIOUS) {
    throw new KeeperError(
      'request',
      text(
        'earlier root keys are still needed: wait until honmaru up is done with them',
        '以前のルートキーがまだ必要です。honmaru up が封印し直すまで待ってください',
      ),
    );
  }
  return { current: keyOfBytes(successor), previous };
}

/** The seal of root keys as a file says it. Earlier ones lie sealed under the current one. */
export function sealOf(roots: Roots, method: SealFile['method'], sealed: Buffer): SealFile {
  const id = idOf(roots);
  return {
    schema: 'honmaru.keeper-seal/1',
    method,
    rootId: id,
    sealed: sealed.toString('base64'),
    ...(roots.previous.length > 0 && {
      previous: roots.previous.map((each) =>
        wrap(roots.current, each.export(), ['previous root key', id]).toString('base64'),
      ),
    }),
  };
}

/** The current root key sealed under a key. */
export function sealedUnder(key: Buffer, { current }: Roots): Buffer {
  return wrap(createSecretKey(key), current.export(), IDENTITY);
}

/** The root keys of a seal that a key of 32 bytes opens. @throws KeeperError `unseal` */
export function rootsUnder(seal: SealFile, key: Buffer, why?: Text): Roots {
  const opens = key.length === KEY_BYTES;
  const root = opens ? unwrap(createSecretKey(key), Buffer.from(seal.sealed, 'base64'), IDENTITY) : undefined;
  return rootsOf(seal, root, why);
}

/** The root keys of a seal whose current one was opened; it is overwritten. @throws KeeperError `unseal` */
export function rootsOf(
  seal: SealFile,
  root: Buffer | undefined,
  why = text('this key does not open the seal', 'この鍵では封印を解除できません'),
): Roots {
  if (root === undefined || rootId(root) !== seal.rootId) throw new KeeperError('unseal', why);
  const current = keyOfBytes(root);
  const previous = (seal.previous ?? []).map((each) => {
    const opened = unwrap(current, Buffer.from(each, 'base64'), ['previous root key', seal.rootId]);
    if (opened) return keyOfBytes(opened);
    throw new KeeperError(
      'unseal',
      text('an earlier root key in the seal was changed', '封印に残る以前のルートキーが改変されています'),
    );
  });
  return { current, previous };
}

/** Names a root key and reveals nothing of it. */
export function rootId(root: Buffer): string {
  return Buffer.from(hkdfSync('sha256', root, '', 'honmaru keeper root id', 16)).toString('hex');
}

export function idOf({ current }: Roots): string {
  const bytes = current.export();
  try {
    return rootId(bytes);
  } finally {
    bytes.fill(0);
  }
}

function keyOfBytes(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}
