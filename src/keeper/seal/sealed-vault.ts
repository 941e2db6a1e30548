import { randomBytes } from 'node:crypto';
import { text } from '../../kernel/texts.ts';
import { KeeperError } from '../client/errors.ts';
import { hsmFile } from '../hsm/configuration.ts';
import { type KeyStores, keyStores } from '../hsm/key-stores.ts';
import { hsmOperations } from '../hsm/operations.ts';
import { materials } from '../vault/materials.ts';
import { type Fields, vaultOperations } from '../vault/operations.ts';
import type { SealPlace } from './by-key-file.ts';
import { rootsAtStart, sealAnew, unsealed } from './methods.ts';
import { knownNodes } from './other-nodes.ts';
import { idOf, type Roots, succeeded } from './roots.ts';
import { readSeal, type SealFile, writeSeal } from './seal-file.ts';

type Bytes = Buffer | string;

/** The keeper without its socket: answers questions, sealed or not. */
export interface SealedVault {
  /** @throws KeeperError; anything else is a defect. */
  answer(operation: string, fields: Fields): Promise<readonly Bytes[]> | readonly Bytes[];
}

const ROOT_BYTES = 32;
const ANOTHER_ROOT = text(
  'the seal on the disk is of another root key: start honmaru up again',
  'ディスク上の封印は別のルートキーのものです。honmaru up を再起動してください',
);
/** How often a token that was not there at the start is tried again; one that refused the PIN never is: it may lock. */
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
  let { keyFile } = place;
  let told = '';
  const otherNodes = knownNodes();
  let lastChange: Promise<unknown> = Promise.resolve();

  /** What changes the seal waits for the change before it: none may write over a root key that another one made. */
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = lastChange.then(change);
    lastChange = done.catch(() => undefined);
    return done;
  }

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
    if (roots) return;
    try {
      const opened = await rootsAtStart(place, hsm);
      if (opened) open(opened);
    } catch (error) {
      if (!(error instanceof KeeperError) || readSeal(place.data)?.method !== 'pkcs11') throw error;
      tell(error.message);
      if (error.code === 'hsm') setTimeout(again, RETRY_MILLISECONDS).unref();
    }
  }

  /** A machine may start this process before the one that serves the token. */
  function again(): void {
    inTurn(start).catch((error: Error) => tell(error.message));
  }

  /** The same trouble is told once. */
  function tell(trouble: string): void {
    if (trouble !== told) onTrouble(trouble);
    told = trouble;
  }

  async function unseal(words: string): Promise<void> {
    if (roots) return;
    const seal = readSeal(place.data);
    if (!seal) {
      throw new KeeperError('unseal', text('there is nothing to unseal yet', '解除する封印がまだありません'));
    }
    const opened = await unsealed(seal, { ...place, keyFile, hsm }, words, given);
    if (opened) open(opened);
  }

  /** Somebody may seal while a slow method is at work: the new root key is in the file then, and the vault stays closed. */
  async function rekey([kind, method = '', ...words]: readonly string[]): Promise<readonly Bytes[]> {
    const { current } = demandCurrent();
    if (kind === 'new-root') await otherNodes.demandNone();
    const next = kind === 'new-root' ? succeeded(current, randomBytes(ROOT_BYTES)) : current;
    const made = await sealAnew(next, { ...place, hsm }, method, words);
    if (method === 'key-file') [keyFile = keyFile] = words;
    if (next !== current && roots === current) open(next);
    return made;
  }

  /**
   * Forgets the root keys that came before, once no account key is sealed under them any more.
   *
   * @param under the id of the root key under which all account keys were seen; there may be a newer one.
   */
  async function forgetPrevious(under: string): Promise<readonly Bytes[]> {
    const { current, seal } = demandCurrent();
    if (seal.rootId !== under) throw new KeeperError('request', ANOTHER_ROOT);
    const { previous: _previous, ...rest } = seal;
    writeSeal(place.data, rest);
    open({ current: current.current, previous: [] });
    return [];
  }

  /** A seal of another root key was put there by somebody: what is in memory must not be written over it. */
  function demandCurrent(): { readonly current: Roots; readonly seal: SealFile } {
    if (!roots) throw new KeeperError('sealed');
    const seal = readSeal(place.data);
    if (seal?.rootId !== idOf(roots)) throw new KeeperError('request', ANOTHER_ROOT);
    return { current: roots, seal };
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
      keyFile,
    ];
  }

  await start();
  return {
    answer(operation, fields) {
      if (operation === 'status') return status();
      if (operation === 'other-nodes') {
        otherNodes.told(wordsOf(fields));
        return [];
      }
      if (operation === 'unseal') {
        const words = fields.text();
        return inTurn(() => unseal(words)).then(status);
      }
      if (operation === 'seal') {
        close();
        return [];
      }
      if (!roots || !operations) throw new KeeperError('sealed');
      if (operation === 'rekey') {
        const words = wordsOf(fields);
        return inTurn(() => rekey(words));
      }
      if (operation === 'forget-previous-roots') {
        const under = fields.text();
        return inTurn(() => forgetPrevious(under));
      }
      const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!found) throw new KeeperError('request', 'no such operation');
      return found(fields);
    },
  };
}

function wordsOf(fields: Fields): readonly string[] {
  const words: string[] = [];
  while (fields.more) words.push(fields.text());
  return words;
}
