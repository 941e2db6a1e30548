import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HonmaruError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { SealMethod } from '../client/keeper.ts';
import type { KmsSeal } from '../client/kms-seal.ts';
import { keeperFolder } from '../client/socket-path.ts';
import { writeNew } from './write-new.ts';

/** `seal.json` of the keeper's folder: how the root key is sealed. It holds nothing that opens it. */
export interface SealFile {
  readonly schema: 'honmaru.keeper-seal/1';
  readonly method: SealMethod;
  /** Tells whether an unsealed root key is the one; reveals nothing of it. */
  readonly rootId: string;
  /**
   * The root key: under the key file, the key that the shares or the token make, or the one that another KMS keeps
   * (AES-256-GCM), or an age file under a passphrase. Empty: the root key is derived from the key file itself, as the first start does.
   */
  readonly sealed: string;
  /** Earlier root keys under which account keys may still be sealed; sealed under the current one. */
  readonly previous?: readonly string[];
  /** The cluster of `hsm.json`, the id of the key in its token, and what the token is asked with; in hexadecimal. */
  readonly token?: { readonly cluster: string; readonly object: string; readonly nonce: string };
  readonly kms?: KmsSeal;
  /** How many shares are needed, and how many there are. */
  readonly threshold?: number;
  readonly shares?: number;
  /** Tells a share of this seal from any other one; a share has 256 random bits, of which this reveals nothing. */
  readonly shareMarks?: readonly string[];
}

const NAME = 'seal.json';

/** Undefined before the first start. @throws HonmaruError `keeper-seal` when the file is not understood. */
export function readSeal(data: string): SealFile | undefined {
  let content: string;
  try {
    content = readFileSync(join(keeperFolder(data), NAME), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const seal = parsed(content);
  if (seal?.schema === 'honmaru.keeper-seal/1') return seal;
  throw new HonmaruError({
    code: 'keeper-seal',
    message: text(
      `${join(keeperFolder(data), NAME)} is not understood by this version`,
      `このバージョンでは ${join(keeperFolder(data), NAME)} を読み取れません`,
    ),
  });
}

function parsed(content: string): SealFile | undefined {
  try {
    return JSON.parse(content) as SealFile;
  } catch {
    return undefined;
  }
}

/** Replaces the file as a whole. */
export function writeSeal(data: string, seal: SealFile): void {
  const folder = keeperFolder(data);
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `${NAME}.tmp`);
  rmSync(temporary, { force: true });
  writeNew(temporary, `${JSON.stringify(seal, undefined, 2)}\n`);
  renameSync(temporary, join(folder, NAME));
}
