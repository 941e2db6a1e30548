import { hkdfSync } from 'node:crypto';
import { type Text, text } from '../../kernel/texts.ts';
import { KeeperError } from '../client/errors.ts';
import { makeKeyFile, readKeyFile } from './key-file.ts';
import { type Roots, rootId, rootsOf, rootsUnder, sealedUnder, sealOf } from './roots.ts';
import { readSeal, type SealFile, writeSeal } from './seal-file.ts';

const KEY_BYTES = 32;

/** Where the seal and the key file are. */
export interface SealPlace {
  readonly data: string;
  readonly keyFile: string;
}

/** The root key of the first start: derived from a key file, which is made when there is none. */
export function firstRoots({ data, keyFile }: SealPlace): Roots {
  const root = derived(readKeyFile(keyFile, data) ?? makeKeyFile(keyFile, data));
  const seal: SealFile = {
    schema: 'honmaru.keeper-seal/1',
    method: 'key-file',
    rootId: rootId(root),
    sealed: '',
  };
  writeSeal(data, seal);
  return rootsOf(seal, root);
}

/** Opens the seal by the key file; undefined when there is none. @throws KeeperError `unseal` */
export function rootsByFile(seal: SealFile, { data, keyFile }: SealPlace): Roots | undefined {
  const key = readKeyFile(keyFile, data);
  if (!key) return undefined;
  try {
    const why = text(
      `the key file ${keyFile} does not open the seal; honmaru up --keeper-key names another`,
      `鍵ファイル ${keyFile} では封印を解除できません。別のファイルは honmaru up --keeper-key で指定してください`,
    );
    return seal.sealed === '' ? rootsOf(seal, derived(key), why) : rootsUnder(seal, key, why);
  } finally {
    key.fill(0);
  }
}

/** Opens the seal with the key file that is there now. @throws KeeperError `unseal` */
export function unsealByFile(place: SealPlace): Roots {
  const seal = readSeal(place.data);
  const roots = seal && rootsByFile(seal, place);
  if (!roots) throw new KeeperError('unseal', noKeyFile(place.keyFile));
  return roots;
}

/** Seals anew under a key file that was made for it. @throws KeeperError `request` when it is not there. */
export function sealByFile(roots: Roots, { data, keyFile }: SealPlace): void {
  const key = readKeyFile(keyFile, data);
  if (!key) throw new KeeperError('request', noKeyFile(keyFile));
  writeSeal(data, sealOf(roots, 'key-file', sealedUnder(key, roots)));
  key.fill(0);
}

function noKeyFile(path: string): Text {
  return text(`there is no key file at ${path}`, `鍵ファイル ${path} がありません`);
}

function derived(key: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'honmaru keeper root key', KEY_BYTES));
}
