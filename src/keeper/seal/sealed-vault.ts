import type { KeyObject } from 'node:crypto';
import { KeeperError } from '../client/errors.ts';
import { materials } from '../vault/materials.ts';
import { type Fields, vaultOperations } from '../vault/operations.ts';
import {
  rootKeyAtStart,
  type SealPlace,
  sealByFile,
  sealByPassphrase,
  sealByShares,
  shareIn,
  unsealByFile,
  unsealByPassphrase,
  unsealByShares,
} from './root-key.ts';
import { readSeal } from './seal-file.ts';

type Bytes = Buffer | string;

/** The keeper without its socket: answers questions, sealed or not. */
export interface SealedVault {
  /** @throws KeeperError; anything else is a defect. */
  answer(operation: string, fields: Fields): Promise<readonly Bytes[]> | readonly Bytes[];
}

/** Opens the seal as far as it opens by itself. */
export async function sealedVault(place: SealPlace, now: () => number = Date.now): Promise<SealedVault> {
  let root: KeyObject | undefined = await rootKeyAtStart(place);
  let operations = root && vaultOperations(materials(root), now);
  let given: Uint8Array[] = [];

  function open(key: KeyObject): void {
    root = key;
    operations = vaultOperations(materials(key), now);
    given = [];
  }

  async function unseal(words: string): Promise<void> {
    const seal = readSeal(place.data);
    if (!seal) throw new KeeperError('unseal', 'there is nothing to unseal yet');
    if (seal.method === 'key-file') return open(unsealByFile(place));
    if (seal.method === 'passphrase') return open(await unsealByPassphrase(seal, words));
    const share = shareIn(words);
    if (!given.some((each) => Buffer.from(each).equals(share))) given.push(share);
    if (given.length < (seal.threshold ?? 0)) return;
    const shares = given;
    given = [];
    open(await unsealByShares(seal, shares));
  }

  async function rekey(key: KeyObject, fields: Fields): Promise<readonly Bytes[]> {
    const method = fields.text();
    if (method === 'key-file') {
      sealByFile(key, { ...place, keyFile: fields.text() });
      return [];
    }
    if (method === 'passphrase') {
      await sealByPassphrase(key, place.data, fields.text());
      return [];
    }
    if (method !== 'shamir') throw new KeeperError('request', 'no such way to seal');
    return sealByShares(key, place.data, Number(fields.text()), Number(fields.text()));
  }

  function status(): readonly Bytes[] {
    const seal = readSeal(place.data);
    const threshold = seal?.threshold ?? 0;
    return [root ? 'open' : 'sealed', seal?.method ?? '', String(threshold), String(given.length)];
  }

  return {
    answer(operation, fields) {
      if (operation === 'status') return status();
      if (operation === 'unseal') return unseal(fields.text()).then(status);
      if (operation === 'seal') {
        root = undefined;
        operations = undefined;
        given = [];
        return [];
      }
      if (!root || !operations) throw new KeeperError('sealed');
      if (operation === 'rekey') return rekey(root, fields);
      const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!found) throw new KeeperError('request', 'no such operation');
      return found(fields);
    },
  };
}
