import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Checksum algorithms by the names of their headers (`x-amz-checksum-crc32c`). */
const CHECKSUMS: Readonly<Record<string, (body: Uint8Array) => Buffer>> = {
  crc32: (body) => wordBytes(crc32(body)),
  crc32c: (body) => wordBytes(crc32c(body)),
  crc64nvme: (body) => crc64nvme(body),
  sha1: (body) => createHash('sha1').update(body).digest(),
  sha256: (body) => createHash('sha256').update(body).digest(),
};
const PREFIX = 'x-amz-checksum-';

/**
 * The checksum that a header of this name has to hold for a body, in base 64; undefined for other headers.
 * Source: Amazon S3 User Guide, "Checking object integrity".
 */
export function checksumFor(header: string, body: Uint8Array): string | undefined {
  if (!header.startsWith(PREFIX)) return undefined;
  const name = header.slice(PREFIX.length);
  return Object.hasOwn(CHECKSUMS, name) ? CHECKSUMS[name]?.(body).toString('base64') : undefined;
}

function wordBytes(word: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(word);
  return bytes;
}

/** CRC-32 with Castagnoli's polynomial (RFC 3720, appendix B.4), bits reflected. */
const CASTAGNOLI = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

function crc32c(body: Uint8Array): number {
  let state = 0xffffffff;
  for (const byte of body) state = (CASTAGNOLI[(state ^ byte) & 255] ?? 0) ^ (state >>> 8);
  return (state ^ 0xffffffff) >>> 0;
}

/** CRC-64 of the NVM Express base specification (polynomial AD93D23594C93659h), in two halves of 32 bits. */
const NVME = Array.from({ length: 256 }, (_, byte) => {
  let value = BigInt(byte);
  for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n;
  return value;
});
const NVME_HIGH = Uint32Array.from(NVME, (value) => Number(value >> 32n));
const NVME_LOW = Uint32Array.from(NVME, (value) => Number(value & 0xffffffffn));

function crc64nvme(body: Uint8Array): Buffer {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of body) {
    const index = (low ^ byte) & 255;
    low = ((low >>> 8) | (high << 24)) ^ (NVME_LOW[index] ?? 0);
    high = (high >>> 8) ^ (NVME_HIGH[index] ?? 0);
  }
  return Buffer.concat([wordBytes(~high >>> 0), wordBytes(~low >>> 0)]);
}
