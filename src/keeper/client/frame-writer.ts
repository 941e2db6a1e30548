import { type Field, HEAD_BYTES, LENGTH_BYTES, MOST_FIELDS, MOST_FRAME_BYTES } from './frames.ts';

/** A character of a string is at most three bytes of UTF-8. */
const MOST_BYTES_PER_CHARACTER = 3;
const SLAB_BYTES = 2 * MOST_FRAME_BYTES;

/** Writes frames side by side into memory that is there already, so that many leave in one write. */
export interface FrameWriter {
  /** @throws RangeError when the frame is too long; nothing of it was written then. */
  write(number: number, first: string, fields: readonly Field[]): void;
  /** Everything since the last time. It is the taker's, who may overwrite it. */
  take(): Buffer;
}

export function frameWriter(): FrameWriter {
  let slab = Buffer.alloc(0);
  let start = 0;
  let end = 0;

  /** Room for so many bytes more; what was not taken yet moves along. */
  function demandRoom(bytes: number): void {
    if (end + bytes <= slab.length) return;
    const pending = slab.subarray(start, end);
    slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, pending.length + bytes));
    end = pending.copy(slab);
    start = 0;
    pending.fill(0);
  }

  function put(at: number, field: Field): number {
    const from = at + LENGTH_BYTES;
    let length = field.length;
    if (typeof field === 'string') length = slab.write(field, from);
    else slab.set(field, from);
    slab.writeUInt32BE(length, at);
    return from + length;
  }

  return {
    write(number, first, fields) {
      if (fields.length >= MOST_FIELDS) throw new RangeError('the frame has too many fields');
      let room = HEAD_BYTES + roomFor(first);
      for (const field of fields) room += roomFor(field);
      demandRoom(room);
      let at = put(end + HEAD_BYTES, first);
      for (const field of fields) at = put(at, field);
      const size = at - end;
      if (size > MOST_FRAME_BYTES) throw new RangeError('the frame is too long');
      slab.writeUInt32BE(size - LENGTH_BYTES, end);
      slab.writeUInt32BE(number, end + LENGTH_BYTES);
      end = at;
    },
    take() {
      const taken = slab.subarray(start, end);
      start = end;
      return taken;
    },
  };
}

function roomFor(field: Field): number {
  return LENGTH_BYTES + field.length * (typeof field === 'string' ? MOST_BYTES_PER_CHARACTER : 1);
}
