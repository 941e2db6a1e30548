import { randomBytes } from 'node:crypto';
import { KeeperError } from '../client/errors.ts';
import { hsmFile } from '../hsm/configuration.ts';
import { type KeyStores, keyStores } from '../hsm/key-stores.ts';
import { hsmOperations } from '../hsm/operations.ts';
import { materials } from '../vault/materials.ts';
import { type Fields, vaultOperations } from '../vault/operations.ts';
import type { SealPlace } from './by-key-file.ts';
import { opensByItself } from './by-token.ts';
import { rootsAtStart, sealAnew, unsealed } from './methods.ts';
import { type Roots, succeeded } from './roots.ts';
import { readSeal, writeSeal } from './seal-file.ts';

type Bytes = Buffer | string;

/** The keeper without its socket: answers questions, sealed or not. */
export interface SealedVault {
  /** @throws KeeperError; anything else is a defect. */
  answer(operation: string, fields: Fields): Promise<readonly Bytes[]> | readonly Bytes[];
}

const ROOT_BYTES = 32;
/** How often a token that was not there at the start is tried again. */
const RETRY_MILLISECONDS = 5_000;

/**
 * Opens the seal as far as it opens by itself.
 *
 * @param onTrouble told what an operator has to mend at a token.
 */
export async function sealedVault(
  place: SealPlace,
  now: () => number = Date.now,
  onTrouble: (message: string) => void = () => undefined,
): Promise<SealedVault> {
  const hsm = hsmFile(place.keyFile);
  let roots: Roots | undefined;
  let operations: ReturnType<typeof vaultOperations> | undefined;
  let stores: KeyStores | undefined;
  let given: Uint8Array[] = [];

  function open(opened: Roots): void {
    roots = opened;
    stores?.close();
    stores = keyStores(hsm, onTrouble);
    const held = materials(opened.current, opened.previous);
    operations = {
      ...vaultOperations(held, now),
      ...hsmOperations(held, stores),
      'rewrap-account-key': (fields) => [held.underCurrentRoot(fields.text(), fields.bytes())],
    };
    given = [];
  }

  function close(): void {
    roots = undefined;
    operations = undefined;
    stores?.close();
    given = [];
  }

  async function start(): Promise<void> {
    try {
      const opened = await rootsAtStart(place, hsm);
      if (opened) open(opened);
    } catch (error) {
      if (!(error instanceof KeeperError) || readSeal(place.data)?.method !== 'pkcs11') throw error;
      onTrouble(error.message);
      setTimeout(again, RETRY_MILLISECONDS).unref();
    }
  }

  /** A machine may start this process before the one that serves the token. */
  function again(): void {
    const seal = readSeal(place.data);
    if (roots || seal?.method !== 'pkcs11' || !opensByItself(seal, hsm)) return;
    start().catch((error: Error) => onTrouble(error.message));
  }

  async function unseal(words: string): Promise<void> {
    const seal = readSeal(place.data);
    if (!seal) throw new KeeperError('unseal', 'there is nothing to unseal yet');
    const opened = await unsealed(seal, { ...place, hsm }, words, given);
    if (opened) open(opened);
  }

  async function rekey(current: Roots, fields: Fields): Promise<readonly Bytes[]> {
    const [kind, method] = [fields.text(), fields.text()];
    const next = kind === 'new-root' ? succeeded(current, randomBytes(ROOT_BYTES)) : current;
    const made = await sealAnew(next, { ...place, hsm }, method, fields);
    if (next !== current) open(next);
    return made;
  }

  /** Forgets the root keys that came before, once no account key is sealed under them any more. */
  function forgetPrevious({ current }: Roots): readonly Bytes[] {
    const seal = readSeal(place.data);
    if (!seal) throw new KeeperError('request');
    const { previous: _previous, ...rest } = seal;
    writeSeal(place.data, rest);
    open({ current, previous: [] });
    return [];
  }

  function status(): readonly Bytes[] {
    const seal = readSeal(place.data);
    return [
      roots ? 'open' : 'sealed',
      seal?.method ?? '',
      String(seal?.threshold ?? 0),
      String(given.length),
      seal?.rootId ?? '',
      String(seal?.previous?.length ?? 0),
    ];
  }

  await start();
  return {
    answer(operation, fields) {
      if (operation === 'status') return status();
      if (operation === 'unseal') return unseal(fields.text()).then(status);
      if (operation === 'seal') {
        close();
        return [];
      }
      if (!roots || !operations) throw new KeeperError('sealed');
      if (operation === 'rekey') return rekey(roots, fields);
      if (operation === 'forget-previous-roots') return forgetPrevious(roots);
      const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!found) throw new KeeperError('request', 'no such operation');
      return found(fields);
    },
  };
}
