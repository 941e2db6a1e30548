import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { KeeperError } from '../client/errors.ts';
import { unwrap, wrap } from '../vault/wrap.ts';
import { makeKeyFile, readKeyFile } from './key-file.ts';
import { readSeal, type SealFile, writeSeal } from './seal-file.ts';

const KEY_BYTES = 32;
const SHARE_PREFIX = 'hmks1-';
const MOST_SHARES = 255;
/** A short passphrase can be guessed from a stolen copy of the data directory, whatever scrypt costs. */
const SHORTEST_PASSPHRASE = 12;
const IDENTITY = ['root key'];

export interface SealPlace {
  readonly data: string;
  readonly keyFile: string;
}

/** The root key at the first start, or when the key file alone opens it; undefined when somebody must unseal. */
export async function rootKeyAtStart({ data, keyFile }: SealPlace): Promise<KeyObject | undefined> {
  const seal = readSeal(data);
  if (seal === undefined) {
    const root = derived(readKeyFile(keyFile, data) ?? makeKeyFile(keyFile, data));
    writeSeal(data, {
      schema: 'honmaru.keeper-seal/1',
      method: 'key-file',
      rootId: rootId(root),
      sealed: '',
    });
    return createSecretKey(root);
  }
  if (seal.method !== 'key-file') return undefined;
  const key = readKeyFile(keyFile, data);
  return key && openedByFile(seal, key);
}

/** Opens the seal with the key file that is there now. @throws KeeperError `unseal` */
export function unsealByFile({ data, keyFile }: SealPlace): KeyObject {
  const seal = readSeal(data);
  const key = readKeyFile(keyFile, data);
  if (!seal || !key) throw new KeeperError('unseal', `there is no key file at ${keyFile}`);
  return openedByFile(seal, key);
}

function openedByFile(seal: SealFile, key: Buffer): KeyObject {
  const root = seal.sealed === '' ? derived(key) : unwrap(createSecretKey(key), bytesIn(seal), IDENTITY);
  key.fill(0);
  return checked(seal, root);
}

/** @throws KeeperError `unseal` */
export async function unsealByPassphrase(seal: SealFile, passphrase: string): Promise<KeyObject> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  let root: Uint8Array;
  try {
    root = await decrypter.decrypt(new Uint8Array(bytesIn(seal)));
  } catch {
    throw new KeeperError('unseal', 'the passphrase does not open the seal');
  }
  return checked(seal, Buffer.from(root));
}

/** @throws KeeperError `unseal` when the shares do not belong together. */
export async function unsealByShares(seal: SealFile, shares: readonly Uint8Array[]): Promise<KeyObject> {
  const { combine } = await import('shamir-secret-sharing');
  let key: Uint8Array;
  try {
    key = await combine([...shares]);
  } catch {
    throw new KeeperError('unseal', 'these shares do not open the seal');
  }
  const root = key.length === KEY_BYTES ? unwrap(createSecretKey(key), bytesIn(seal), IDENTITY) : undefined;
  key.fill(0);
  return checked(seal, root, 'these shares do not open the seal');
}

/** The bytes of a share as people keep it. @throws KeeperError `unseal` */
export function shareIn(words: string): Uint8Array {
  const bytes = Buffer.from(words.trim().slice(SHARE_PREFIX.length), 'base64url');
  if (!words.trim().startsWith(SHARE_PREFIX) || bytes.length !== KEY_BYTES + 1) {
    throw new KeeperError('unseal', 'this is no share');
  }
  return new Uint8Array(bytes);
}

/** Seals the root key anew under a key file that was made for it. @throws KeeperError `request` when it is not there. */
export function sealByFile(root: KeyObject, { data, keyFile }: SealPlace): void {
  const key = readKeyFile(keyFile, data);
  if (!key) throw new KeeperError('request', `there is no key file at ${keyFile}`);
  writeSeal(data, sealOf(root, 'key-file', wrap(createSecretKey(key), root.export(), IDENTITY)));
  key.fill(0);
}

/** @throws KeeperError `request` when the passphrase is too short. */
export async function sealByPassphrase(root: KeyObject, data: string, passphrase: string): Promise<void> {
  if (passphrase.length < SHORTEST_PASSPHRASE) {
    throw new KeeperError('request', `a passphrase has at least ${SHORTEST_PASSPHRASE} characters`);
  }
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  const sealed = await encrypter.encrypt(new Uint8Array(root.export()));
  writeSeal(data, sealOf(root, 'passphrase', Buffer.from(sealed)));
}

/** Seals under a fresh key that is split; the shares are returned once and kept nowhere. */
export async function sealByShares(
  root: KeyObject,
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
      'shares and threshold are 2 to 255, and the threshold is not the larger',
    );
  }
  const { split } = await import('shamir-secret-sharing');
  const key = new Uint8Array(randomBytes(KEY_BYTES));
  const made = await split(key, shares, threshold);
  const sealed = wrap(createSecretKey(key), root.export(), IDENTITY);
  key.fill(0);
  writeSeal(data, { ...sealOf(root, 'shamir', sealed), threshold, shares });
  return made.map((share) => `${SHARE_PREFIX}${Buffer.from(share).toString('base64url')}`);
}

function sealOf(root: KeyObject, method: SealFile['method'], sealed: Buffer): SealFile {
  return {
    schema: 'honmaru.keeper-seal/1',
    method,
    rootId: rootId(root.export()),
    sealed: sealed.toString('base64'),
  };
}

function checked(
  seal: SealFile,
  root: Buffer | undefined,
  why = 'this key does not open the seal',
): KeyObject {
  if (root === undefined || rootId(root) !== seal.rootId) throw new KeeperError('unseal', why);
  const key = createSecretKey(root);
  root.fill(0);
  return key;
}

function bytesIn({ sealed }: SealFile): Buffer {
  return Buffer.from(sealed, 'base64');
}

function derived(key: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'honmaru keeper root key', KEY_BYTES));
}

function rootId(root: Buffer): string {
  return Buffer.from(hkdfSync('sha256', root, '', 'honmaru keeper root id', 16)).toString('hex');
}
