import { KeeperError } from '../client/errors.ts';
import { firstRoots, rootsByFile, type SealPlace, sealByFile, unsealByFile } from './by-key-file.ts';
import { sealByKms, unsealByKms } from './by-kms.ts';
import { sealByPassphrase, unsealByPassphrase } from './by-passphrase.ts';
import { sealByShares, shareIn, unsealByShares } from './by-shares.ts';
import { opensByItself, sealByToken, unsealByToken } from './by-token.ts';
import type { Roots } from './roots.ts';
import { readSeal, type SealFile } from './seal-file.ts';

/** Where the seal, the key file and the description of tokens are. */
export interface Place extends SealPlace {
  readonly hsm: string;
}

/** The root keys at the first start, or when the seal opens without anybody; undefined when somebody must unseal. */
export async function rootsAtStart(place: SealPlace, hsm: string): Promise<Roots | undefined> {
  const seal = readSeal(place.data);
  if (seal === undefined) return firstRoots(place);
  if (seal.method === 'key-file') return rootsByFile(seal, place);
  if (seal.method === 'pkcs11' && opensByItself(seal, hsm)) return unsealByToken(seal, { hsm, pin: '' });
  return undefined;
}

/**
 * The root keys that somebody's words open; undefined while more shares are needed.
 *
 * @param words a passphrase, a PIN, a share, the key that another KMS decrypted; empty for a key file.
 * @param given the shares so far, which this one is added to.
 * @throws KeeperError `unseal`
 */
export async function unsealed(
  seal: SealFile,
  place: Place,
  words: string,
  given: Uint8Array[],
): Promise<Roots | undefined> {
  switch (seal.method) {
    case 'key-file':
      return unsealByFile(place);
    case 'passphrase':
      return unsealByPassphrase(seal, words);
    case 'pkcs11':
      return unsealByToken(seal, { hsm: place.hsm, pin: words });
    case 'kms':
      return unsealByKms(seal, words);
    default: {
      const share = shareIn(words, seal);
      if (!given.some((each) => Buffer.from(each).equals(share))) given.push(share);
      if (given.length < (seal.threshold ?? 0)) return undefined;
      return unsealByShares(seal, given.splice(0));
    }
  }
}

/**
 * Seals root keys by a method.
 *
 * @param words what the method needs: a path, a passphrase, a cluster and its PIN, a key and its facts, two numbers.
 * @returns shares, where it makes some.
 */
export async function sealAnew(
  roots: Roots,
  place: Place,
  method: string,
  words: readonly string[],
): Promise<readonly string[]> {
  const [first = '', second = ''] = words;
  switch (method) {
    case 'key-file':
      sealByFile(roots, { ...place, keyFile: first });
      return [];
    case 'passphrase':
      await sealByPassphrase(roots, place.data, first);
      return [];
    case 'pkcs11':
      await sealByToken(roots, place.data, first, { hsm: place.hsm, pin: second });
      return [];
    case 'kms':
      sealByKms(roots, place.data, first, second);
      return [];
    case 'shamir':
      return sealByShares(roots, place.data, Number(first), Number(second));
    default:
      throw new KeeperError('request', 'no such way to seal');
  }
}
