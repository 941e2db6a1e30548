import {
  closeSync,
  constants,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { DataKey, DataKeys } from '../envelope/index.ts';
import { readRaw, writeRaw } from './block-device.ts';
import { alreadyThere, badSize } from './errors.ts';
import { encodeMetadata, HEADER_BYTES, isVolumeSize, type VolumeMetadata } from './metadata.ts';
import { isZero, SECTOR_BYTES, type SectorCipher } from './sectors.ts';
import { newId, newSalt, openVolume, type VolumeKeys, volumeContext, volumeKeys } from './volume-file.ts';

interface Making {
  readonly dataKeys: DataKeys;
  readonly now: Date;
}

/**
 * Makes an empty volume: a sparse file that reads as zeros.
 *
 * @throws InputError `volume-size` or `volume-exists`, and whatever `dataKeys` rejects with.
 */
export async function createVolume(
  path: string,
  volume: Making & { readonly size: number; readonly keyId: string },
): Promise<VolumeMetadata> {
  if (!isVolumeSize(volume.size)) throw badSize();
  const { metadata, keys } = await newVolume(volume.size, volume.keyId, volume);
  writeNew(path, metadata, keys, () => {});
  return metadata;
}

/**
 * Keeps what a volume holds now, under its own data key, as EBS does: the sectors are copied as they are.
 * The volume must not be written meanwhile (`lockVolume`).
 *
 * @throws InputError as `openVolume`, and `volume-exists`.
 */
export async function snapshotVolume(path: string, out: string, making: Making): Promise<VolumeMetadata> {
  const { file, metadata, keys } = await openVolume(path, making.dataKeys, constants.O_RDONLY);
  try {
    const created = making.now.toISOString();
    const snapshot = {
      ...metadata,
      kind: 'snapshot',
      id: newId('snap'),
      created,
      from: metadata.id,
    } as const;
    writeNew(out, snapshot, keys, (into) => copySectors(file, into, metadata.size, AS_IT_IS));
    return snapshot;
  } finally {
    closeSync(file);
  }
}

/**
 * Encrypts every sector of a volume or snapshot anew under a data key of its own, of the same KMS key or
 * another. `out` may be the file itself, which is then replaced at once. A snapshot stays one unless a
 * volume is asked for.
 *
 * @throws InputError as `openVolume`, and `volume-exists`.
 */
export async function reencryptVolume(
  path: string,
  out: string,
  making: Making & { readonly keyId?: string | undefined; readonly asVolume?: boolean },
): Promise<VolumeMetadata> {
  const old = await openVolume(path, making.dataKeys, constants.O_RDONLY);
  try {
    const { size, keyId, id, kind } = old.metadata;
    const { metadata, keys } = await newVolume(size, making.keyId ?? keyId, making);
    const staysSnapshot = kind === 'snapshot' && !making.asVolume;
    const made = {
      ...metadata,
      ...(staysSnapshot && { kind, id: newId('snap') }),
      from: id,
    };
    const change = reencrypting(old.keys.sectors, keys.sectors);
    const fill = (into: number) => copySectors(old.file, into, size, change);
    if (out === path) replaceFile(path, made, keys, fill);
    else writeNew(out, made, keys, fill);
    return made;
  } finally {
    closeSync(old.file);
  }
}

async function newVolume(
  size: number,
  keyId: string,
  { dataKeys, now }: Making,
): Promise<{ metadata: VolumeMetadata; keys: VolumeKeys }> {
  const id = newId('vol');
  const salt = newSalt();
  const dataKey: DataKey = await dataKeys.generate(keyId, volumeContext(id));
  const metadata: VolumeMetadata = {
    kind: 'volume',
    id,
    size,
    keyId: dataKey.keyId,
    dataKeyOf: id,
    encryptedDataKey: dataKey.encrypted,
    salt,
    created: now.toISOString(),
  };
  return { metadata, keys: volumeKeys(dataKey.plaintext, salt) };
}

type Change = (first: number, bytes: Buffer) => Buffer;

const AS_IT_IS: Change = (_first, bytes) => bytes;

function reencrypting(from: SectorCipher, to: SectorCipher): Change {
  return (first, bytes) => {
    const plaintext = from.decrypt(first, bytes);
    const changed = to.encrypt(first, plaintext);
    plaintext.fill(0);
    for (let at = 0; at < bytes.length; at += SECTOR_BYTES) {
      if (isZero(bytes.subarray(at, at + SECTOR_BYTES))) changed.fill(0, at, at + SECTOR_BYTES);
    }
    return changed;
  };
}

const COPY_STEP = 1 << 20;

/** Copies sectors from one volume file to another; holes stay holes. */
function copySectors(from: number, into: number, size: number, change: Change): void {
  for (let at = 0; at < size; at += COPY_STEP) {
    const bytes = readRaw(from, at, Math.min(size, at + COPY_STEP));
    if (!isZero(bytes)) writeRaw(into, at, change(at / SECTOR_BYTES, bytes));
  }
}

/** Writes a file that is not there yet; it is removed again where that fails. */
function writeNew(
  path: string,
  metadata: VolumeMetadata,
  keys: VolumeKeys,
  fill: (file: number) => void,
): void {
  const making = newVolumeFile(path, metadata, keys);
  try {
    fill(making.file);
    making.finish();
  } catch (error) {
    making.discard();
    throw error;
  }
}

/** A volume file that gets its sectors; it is one when it is finished. */
export interface VolumeFileInMaking {
  readonly file: number;
  /** Puts everything on the disk, the header last: a file that was not finished is not taken for a volume. */
  finish(): void;
  /** Removes what there is of it. */
  discard(): void;
}

/** Begins a file that is not there yet. @throws InputError `volume-exists` */
export function newVolumeFile(
  path: string,
  metadata: VolumeMetadata,
  keys: Pick<VolumeKeys, 'header'>,
): VolumeFileInMaking {
  const file = openNew(path);
  let open = true;
  const close = () => {
    if (open) closeSync(file);
    open = false;
  };
  const discard = () => {
    close();
    rmSync(path, { force: true });
  };
  try {
    ftruncateSync(file, HEADER_BYTES + metadata.size);
  } catch (error) {
    discard();
    throw error;
  }
  return {
    file,
    finish() {
      fdatasyncSync(file);
      writeSync(file, encodeMetadata(metadata, keys.header), 0, HEADER_BYTES, 0);
      fsyncSync(file);
      close();
      syncFolder(dirname(path));
    },
    discard,
  };
}

function replaceFile(
  path: string,
  metadata: VolumeMetadata,
  keys: VolumeKeys,
  fill: (file: number) => void,
): void {
  const beside = `${path}.${metadata.id}`;
  writeNew(beside, metadata, keys, fill);
  renameSync(beside, path);
  syncFolder(dirname(path));
}

function openNew(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw alreadyThere(path);
    throw error;
  }
}

/** Makes the name of a new file survive a power cut. Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
