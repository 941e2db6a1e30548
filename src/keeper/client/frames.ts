/**
 * The bytes between the keeper and the processes that ask it: `length (4) | number (4) | fields`, where a field
 * is `length (4) | bytes` and the first field names the operation, or says `ok` or an error's code. There is
 * nothing to parse beyond lengths, so that whoever may write to the socket can do no more than ask.
 */

/** Longest frame: the largest request (an import of wrapped material) has a few kilobytes. */
export const MOST_FRAME_BYTES = 64 * 1024;
const MOST_FIELDS = 16;
const HEAD_BYTES = 8;

export interface Frame {
  /** Chosen by the asker; the answer carries the same. */
  readonly number: number;
  readonly fields: readonly Buffer[];
}

export type Field = string | Uint8Array;

/** One frame as bytes. @throws RangeError when it is too long. */
export function frameBytes(number: number, fields: readonly Field[]): Buffer {
  let size = HEAD_BYTES;
  for (const field of fields)
    size += 4 + (typeof field === 'string' ? Buffer.byteLength(field) : field.length);
  if (size > MOST_FRAME_BYTES || fields.length > MOST_FIELDS) throw new RangeError('the frame is too long');
  const bytes = Buffer.allocUnsafe(size);
  bytes.writeUInt32BE(size - 4, 0);
  bytes.writeUInt32BE(number, 4);
  let at = HEAD_BYTES;
  for (const field of fields) {
    const start = at + 4;
    if (typeof field === 'string') at = start + bytes.write(field, start);
    else {
      bytes.set(field, start);
      at = start + field.length;
    }
    bytes.writeUInt32BE(at - start, start - 4);
  }
  return bytes;
}

/** Collects chunks of a stream and gives the whole frames in them. */
export function frameReader(): (chunk: Buffer) => readonly Frame[] {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const frames: Frame[] = [];
    let at = 0;
    while (bytes.length - at >= 4) {
      const size = bytes.readUInt32BE(at);
      if (size < 4 || size > MOST_FRAME_BYTES) throw new RangeError('no frame of the keeper');
      if (bytes.length - at - 4 < size) break;
      frames.push(frameIn(bytes.subarray(at + 4, at + 4 + size)));
      at += 4 + size;
    }
    rest = bytes.subarray(at);
    return frames;
  };
}

function frameIn(bytes: Buffer): Frame {
  const fields: Buffer[] = [];
  let at = 4;
  while (at < bytes.length) {
    if (fields.length === MOST_FIELDS || bytes.length - at < 4)
      throw new RangeError('no frame of the keeper');
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new RangeError('no frame of the keeper');
    fields.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return { number: bytes.readUInt32BE(0), fields };
}
