/**
 * The bytes between the keeper and the processes that ask it: `length (4) | number (4) | fields`, where a field
 * is `length (4) | bytes` and the first field names the operation, or says `ok` or an error's code. There is
 * nothing to parse beyond lengths, so that whoever may write to the socket can do no more than ask.
 */

/** Longest frame: the largest request (an import of wrapped material) has a few kilobytes. */
export const MOST_FRAME_BYTES = 64 * 1024;
export const MOST_FIELDS = 16;
export const HEAD_BYTES = 8;
export const LENGTH_BYTES = 4;

export type Field = string | Uint8Array;

/** Fields with their lengths as a text for nothing but being looked up: what `FrameFields.name` gives for them. */
export function nameOfFields(fields: readonly string[]): string {
  const parts = fields.map((field) => {
    const bytes = Buffer.alloc(LENGTH_BYTES + Buffer.byteLength(field));
    bytes.writeUInt32BE(bytes.length - LENGTH_BYTES);
    bytes.write(field, LENGTH_BYTES);
    return bytes;
  });
  return Buffer.concat(parts).toString('latin1');
}
