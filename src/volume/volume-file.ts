import { type KeyObject, randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type DataKeys, derivedKey, type EncryptionContext } from '../envelope/index.ts';
import { damagedVolume, notAVolume } from './errors.ts';
import { decodeMetadata, HEADER_BYTES, type VolumeMetadata, verifyMetadata } from './metadata.ts';
import { type SectorCipher, sectorCipher } from './sectors.ts';

/** An open volume file: its descriptor, what it says about itself, and its keys. */
export interface VolumeFile {
  readonly file: number;
  readonly metadata: VolumeMetadata;
  readonly keys: VolumeKeys;
}

export interface VolumeKeys {
  readonly header: KeyObject;
  readonly sectors: SectorCipher;
}

const SALT_BYTES = 32;

/** What the data key of a volume is bound to: the context that EBS gives KMS (Amazon EBS encryption). */
export function volumeContext(volumeId: string): EncryptionContext {
  return new Map([['aws:ebs:id', volumeId]]);
}

/** A new id in the shape of EC2's: `vol-` or `snap-` and 17 hexadecimal digits. */
export function newId(prefix: 'vol' | 'snap'): string {
  return `${prefix}-${randomBytes(9).toString('hex').slice(0, 17)}`;
}

export function newSalt(): Buffer {
  return randomBytes(SALT_BYTES);
}

/** The keys of a volume. The data key is overwritten. */
export function volumeKeys(dataKey: Buffer, salt: Buffer): VolumeKeys {
  const keys = {
    header: derivedKey(dataKey, salt, 'honmaru volume 1 header'),
    sectors: sectorCipher(derivedKey(dataKey, salt, 'honmaru volume 1 sectors', 64)),
  };
  dataKey.fill(0);
  return keys;
}

/**
 * What a volume file says about itself, without its key: not authenticated.
 *
 * @throws InputError `volume-format` or `volume-damaged`
 */
export function readMetadata(path: string): VolumeMetadata {
  const file = openVolumeFile(path, constants.O_RDONLY);
  try {
    return decodeMetadata(readHeader(file), path);
  } finally {
    closeSync(file);
  }
}

/**
 * Opens a volume file and has its data key opened.
 *
 * @throws InputError `volume-format`, `volume-damaged` or `volume-header-changed`, and whatever `dataKeys`
 *   rejects with: a disabled, deleted or forbidden key opens nothing.
 */
export async function openVolume(
  path: string,
  dataKeys: Pick<DataKeys, 'open'>,
  flags: number,
): Promise<VolumeFile> {
  const file = openVolumeFile(path, flags);
  try {
    const header = readHeader(file);
    const metadata = decodeMetadata(header, path);
    const { keyId, encryptedDataKey, dataKeyOf, salt, size } = metadata;
    const context = volumeContext(dataKeyOf);
    const dataKey = await dataKeys.open({ keyId, encrypted: encryptedDataKey, context });
    const keys = volumeKeys(dataKey, salt);
    verifyMetadata(header, keys.header, path);
    if (fstatSync(file).size !== HEADER_BYTES + size) {
      throw damagedVolume(path, 'it is not as long as its header says', 'ヘッダーの長さと一致しません');
    }
    return { file, metadata, keys };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function openVolumeFile(path: string, flags: number): number {
  const file = openSync(path, flags);
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw notAVolume(path);
}

function readHeader(file: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  return header.subarray(0, readSync(file, header, 0, HEADER_BYTES, 0));
}
