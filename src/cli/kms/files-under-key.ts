import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { announcedHeader, MOST_HEADER_BYTES } from '../../envelope/index.ts';
import { InputError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { FileOfKey } from '../../model/key-fact.ts';
import { walkFiles } from '../../sources/documents/walk.ts';
import { readMetadata } from '../../volume/index.ts';
import { announcedDirectoryKey } from './directory-key.ts';

/** With the ARN of the key that opens it. */
export interface FileUnderKey extends FileOfKey {
  readonly keyId: string;
}

export interface FilesUnderKeys {
  readonly files: readonly FileUnderKey[];
  /** False when a folder had more files than are looked at. */
  readonly complete: boolean;
}

/**
 * The volumes and encrypted files at some paths; folders are walked. Told by their first bytes, which are not secret;
 * no key is asked for.
 *
 * @throws InputError `kms-path` where there is nothing.
 */
export function filesUnderKeys(places: readonly string[], cwd: string): FilesUnderKeys {
  const files: FileUnderKey[] = [];
  let complete = true;
  for (const place of places) {
    const stat = statSync(resolve(cwd, place), { throwIfNoEntry: false });
    if (!stat) throw missing(place);
    const walk = stat.isDirectory() ? walkFiles(resolve(cwd, place), () => true) : undefined;
    if (walk?.truncated) complete = false;
    const own = stat.isFile() ? [place] : [];
    const names = walk ? walk.files.map((file) => join(place, file)) : own;
    files.push(...names.flatMap((file) => underKey(file, resolve(cwd, file))));
  }
  return { files, complete };
}

/** A file that some key opens, by its first bytes; undefined for any other, and where there is none. */
export function readFileUnderKey(path: string): FileUnderKey | undefined {
  return underKey(path, path)[0];
}

function underKey(file: string, path: string): readonly FileUnderKey[] {
  const beginning = beginningOf(path);
  const header = announcedHeader(beginning);
  if (header) return [{ file, kind: 'file', keyId: header.keyId }];
  const directory = announcedDirectoryKey(beginning);
  if (directory) return [{ file, kind: 'directory', id: directory.id, keyId: directory.keyId }];
  const sealedUnder = announcedSeal(beginning);
  if (sealedUnder !== undefined) return [{ file, kind: 'seal', keyId: sealedUnder }];
  if (!beginning.subarray(0, VOLUME.length).equals(VOLUME)) return [];
  try {
    const { kind, id, keyId } = readMetadata(path);
    return [{ file, kind, id, keyId }];
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

const SEAL = 'honmaru.keeper-seal/';

/** The key of another KMS under which the seal of an installation lies (`keeper/seal.json`). */
function announcedSeal(bytes: Buffer): string | undefined {
  if (!bytes.subarray(0, 64).includes(SEAL)) return undefined;
  try {
    const seal = JSON.parse(bytes.toString('utf8')) as { readonly kms?: { readonly keyId?: unknown } };
    return typeof seal.kms?.keyId === 'string' ? seal.kms.keyId : undefined;
  } catch {
    return undefined;
  }
}

const VOLUME = Buffer.from('HMVOL', 'latin1');

/** Empty for what may not be read. */
function beginningOf(path: string): Buffer {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(MOST_HEADER_BYTES);
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return Buffer.alloc(0);
  }
}

function missing(place: string): InputError {
  return new InputError({
    code: 'kms-path',
    message: text(`there is no ${place}`, `${place} はありません`),
  });
}
