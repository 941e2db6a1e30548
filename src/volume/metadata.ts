import type { KeyObject } from 'node:crypto';
import { timingSafeEqual } from 'node:crypto';
import { headerTag } from '../envelope/index.ts';
import { changedVolume, damagedVolume, notAVolume } from './errors.ts';
import { MOST_VOLUME_BYTES, SECTOR_BYTES } from './sectors.ts';

/** What a volume file says about itself, in the clear and authenticated. */
export interface VolumeMetadata {
  readonly kind: 'volume' | 'snapshot';
  /** `vol-…` or `snap-…`. */
  readonly id: string;
  /** Bytes that are offered, a multiple of the sector. */
  readonly size: number;
  /** The ARN of the KMS key. */
  readonly keyId: string;
  /** The volume whose data key this is: the value of `aws:ebs:id` in its encryption context. */
  readonly dataKeyOf: string;
  readonly encryptedDataKey: Buffer;
  readonly salt: Buffer;
  /** ISO 8601. */
  readonly created: string;
  /** What it was made from. */
  readonly from?: string;
}

/** Where the first sector lies. */
export const HEADER_BYTES = 1 << 16;
const MAGIC = Buffer.from('HMVOL1\r\n', 'latin1');
const PRELUDE_BYTES = MAGIC.length + 4;
const TAG_BYTES = 32;
const CIPHER = 'aes-256-xts-plain64, 4096';

/** The first 64 KiB of a volume file (docs/volume.md). */
export function encodeMetadata(metadata: VolumeMetadata, key: KeyObject): Buffer {
  const { encryptedDataKey, salt, ...rest } = metadata;
  const words = Buffer.from(
    JSON.stringify({
      ...rest,
      cipher: CIPHER,
      encryptedDataKey: encryptedDataKey.toString('base64'),
      salt: salt.toString('base64'),
    }),
  );
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt32BE(words.length, MAGIC.length);
  words.copy(header, PRELUDE_BYTES);
  const end = PRELUDE_BYTES + words.length;
  headerTag(key, header.subarray(0, end)).copy(header, end);
  return header;
}

/**
 * Reads a header without knowing whether it is authentic; nothing may be done with it but ask for its key.
 *
 * @throws InputError `volume-format` or `volume-damaged`.
 */
export function decodeMetadata(header: Buffer, path: string): VolumeMetadata {
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw notAVolume(path);
  const end = endOf(header, path);
  const fields = fieldsOf(header.subarray(PRELUDE_BYTES, end), path);
  const word = (name: string) => {
    const value = fields.get(name);
    if (typeof value !== 'string') throw damagedHeader(path);
    return value;
  };
  const kind = word('kind');
  const size = fields.get('size');
  const right = (kind === 'volume' || kind === 'snapshot') && word('cipher') === CIPHER && isVolumeSize(size);
  if (!right) throw damagedHeader(path);
  return {
    kind,
    id: word('id'),
    size,
    keyId: word('keyId'),
    dataKeyOf: word('dataKeyOf'),
    encryptedDataKey: Buffer.from(word('encryptedDataKey'), 'base64'),
    salt: Buffer.from(word('salt'), 'base64'),
    created: word('created'),
    ...(fields.has('from') ? { from: word('from') } : {}),
  };
}

/**
 * Whether the header was written with this key, and nothing stands behind it.
 *
 * @throws InputError `volume-header-changed`
 */
export function verifyMetadata(header: Buffer, key: KeyObject, path: string): void {
  const end = endOf(header, path);
  const tag = header.subarray(end, end + TAG_BYTES);
  const unchanged = timingSafeEqual(tag, headerTag(key, header.subarray(0, end)));
  if (!unchanged || header.subarray(end + TAG_BYTES).some((byte) => byte !== 0)) throw changedVolume(path);
}

/** Whether a number can be the size of a volume, in bytes. */
export function isVolumeSize(size: unknown): size is number {
  return (
    typeof size === 'number' &&
    Number.isSafeInteger(size) &&
    size > 0 &&
    size <= MOST_VOLUME_BYTES &&
    size % SECTOR_BYTES === 0
  );
}

function endOf(header: Buffer, path: string): number {
  if (header.length < HEADER_BYTES) throw damagedHeader(path);
  const end = PRELUDE_BYTES + header.readUInt32BE(MAGIC.length);
  if (end + TAG_BYTES > HEADER_BYTES) throw damagedHeader(path);
  return end;
}

function fieldsOf(words: Buffer, path: string): Map<string, unknown> {
  try {
    const value: unknown = JSON.parse(words.toString('utf8'));
    if (typeof value === 'object' && value !== null) return new Map(Object.entries(value));
  } catch {
    // Said below.
  }
  throw damagedHeader(path);
}

function damagedHeader(path: string): Error {
  return damagedVolume(path, 'its header cannot be read', 'ヘッダーを読み取れません');
}
