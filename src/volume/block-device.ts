import { closeSync, fdatasyncSync, readSync, writeSync } from 'node:fs';
import { HEADER_BYTES } from './metadata.ts';
import { isZero, SECTOR_BYTES, type SectorCipher } from './sectors.ts';

/** Bytes that can be read and written at any place. Offsets and lengths are checked by whoever calls. */
export interface BlockDevice {
  /** In bytes. */
  readonly size: number;
  readonly readOnly: boolean;
  read(offset: number, length: number): Buffer;
  write(offset: number, bytes: Buffer): void;
  /** Makes a range read as zeros; what stood there is overwritten. */
  zero(offset: number, length: number): void;
  /** Returns when everything that was written is on the disk. @throws where the disk ever failed to. */
  flush(): void;
  close(): void;
}

const ZERO_STEP = 1 << 20;
const NO_BYTES = Buffer.alloc(0);

/**
 * The plaintext side of an open volume file. Every call is whole before the next begins.
 *
 * @param beforeChange told of each range of whole sectors before it is written.
 */
export function encryptedDevice(
  file: number,
  size: number,
  cipher: SectorCipher,
  readOnly: boolean,
  beforeChange: (start: number, end: number) => void = () => undefined,
): BlockDevice {
  let flushFailure: unknown;

  const readSectors = (start: number, end: number) =>
    cipher.decrypt(start / SECTOR_BYTES, readRaw(file, start, end));

  const write = (offset: number, bytes: Buffer) => {
    const start = floorOf(offset);
    const end = ceilingOf(offset + bytes.length);
    beforeChange(start, end);
    writeRaw(file, start, cipher.encrypt(start / SECTOR_BYTES, withEdges(start, end, offset, bytes)));
  };

  /** Sectors that are only partly written keep the rest of what is in them. */
  const withEdges = (start: number, end: number, offset: number, bytes: Buffer): Buffer => {
    if (end - start === bytes.length) return bytes;
    const before =
      offset > start ? readSectors(start, start + SECTOR_BYTES).subarray(0, offset - start) : NO_BYTES;
    const stop = offset + bytes.length;
    const after =
      stop < end ? readSectors(end - SECTOR_BYTES, end).subarray(stop - (end - SECTOR_BYTES)) : NO_BYTES;
    return Buffer.concat([before, bytes, after]);
  };

  const zero = (offset: number, length: number) => {
    const stop = offset + length;
    const start = Math.min(ceilingOf(offset), stop);
    const end = Math.max(floorOf(stop), start);
    if (start > offset) write(offset, Buffer.alloc(start - offset));
    for (let at = start; at < end; at += ZERO_STEP) {
      const step = Math.min(end, at + ZERO_STEP);
      beforeChange(at, step);
      clearSectors(file, at, step);
    }
    if (stop > end) write(end, Buffer.alloc(stop - end));
  };

  return {
    size,
    readOnly,
    read(offset, length) {
      const start = floorOf(offset);
      return readSectors(start, ceilingOf(offset + length)).subarray(offset - start, offset - start + length);
    },
    write,
    zero,
    flush() {
      // After a failed sync the system may forget what it could not write: a later success would be a lie.
      if (flushFailure !== undefined) throw flushFailure;
      try {
        fdatasyncSync(file);
      } catch (error) {
        flushFailure = error;
        throw error;
      }
    },
    close: () => closeSync(file),
  };
}

/** Writes zeros where there are others, so that a hole stays a hole. */
function clearSectors(file: number, start: number, end: number): void {
  if (!isZero(readRaw(file, start, end))) writeRaw(file, start, Buffer.alloc(end - start));
}

/**
 * Bytes of the file behind its header.
 *
 * @throws Error when the file ends too early.
 */
export function readRaw(file: number, start: number, end: number): Buffer {
  const bytes = Buffer.allocUnsafe(end - start);
  for (let filled = 0; filled < bytes.length; ) {
    const read = readSync(file, bytes, filled, bytes.length - filled, HEADER_BYTES + start + filled);
    if (read === 0) throw new Error('the volume file is shorter than its header says');
    filled += read;
  }
  return bytes;
}

/** Writes bytes of the file behind its header. */
export function writeRaw(file: number, start: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written, bytes.length - written, HEADER_BYTES + start + written);
  }
}

function floorOf(offset: number): number {
  return offset - (offset % SECTOR_BYTES);
}

function ceilingOf(offset: number): number {
  return floorOf(offset + SECTOR_BYTES - 1);
}
