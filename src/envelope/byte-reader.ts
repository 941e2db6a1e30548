/** Reads a stream of buffers in lengths of the reader's choice. */
export interface ByteReader {
  /** The next `length` bytes, or fewer where the stream ends. */
  read(length: number): Promise<Buffer>;
  /** Everything that was not read yet. */
  rest(): AsyncGenerator<Uint8Array>;
}

/** Wraps a stream; it must not be read by anybody else from then on. */
export function byteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = source[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array(0);
  const fill = async (): Promise<boolean> => {
    while (held.length === 0) {
      const next = await iterator.next();
      if (next.done) return false;
      held = next.value;
    }
    return true;
  };
  return {
    async read(length) {
      const bytes = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length && (await fill())) {
        const part = held.subarray(0, length - filled);
        bytes.set(part, filled);
        filled += part.length;
        held = held.subarray(part.length);
      }
      return bytes.subarray(0, filled);
    },
    async *rest() {
      while (await fill()) {
        const bytes = held;
        held = new Uint8Array(0);
        yield bytes;
      }
    },
  };
}

/** A piece of a stream, and whether the stream ends with it. */
export interface Piece {
  readonly bytes: Buffer;
  readonly last: boolean;
}

/**
 * Cuts a stream into pieces of one size. The last is shorter or of that size, and it is empty only where
 * the whole stream is: a piece is given out when it is known whether anything follows.
 */
export async function* piecesOf(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Piece> {
  let piece = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const bytes of source) {
    for (let at = 0; at < bytes.length; ) {
      if (filled === size) {
        yield { bytes: piece, last: false };
        piece = Buffer.allocUnsafe(size);
        filled = 0;
      }
      const part = bytes.subarray(at, at + size - filled);
      piece.set(part, filled);
      filled += part.length;
      at += part.length;
    }
  }
  yield { bytes: piece.subarray(0, filled), last: true };
}
