import { KeeperError } from './errors.ts';
import { HEAD_BYTES, LENGTH_BYTES, MOST_FIELDS, MOST_FRAME_BYTES } from './frames.ts';

/**
 * The fields of one frame, read one after the other. Bytes belong to the chunk that they came in: what is used later is
 * copied. @throws KeeperError `request` when there are too few.
 */
export class FrameFields {
  /** Chosen by the asker; the answer carries the same. */
  readonly number: number;
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;

  constructor(bytes: Buffer, number: number, start: number, end: number) {
    this.number = number;
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  get more(): boolean {
    return this.#at < this.#end;
  }

  bytes(): Buffer {
    const from = this.#at + LENGTH_BYTES;
    return this.#bytes.subarray(from, this.#next());
  }

  text(): string {
    const from = this.#at + LENGTH_BYTES;
    return this.#bytes.toString('utf8', from, this.#next());
  }

  /** The next fields as `nameOfFields` names them. */
  name(count: number): string {
    const from = this.#at;
    for (let each = 0; each < count; each += 1) this.#next();
    return this.#bytes.toString('latin1', from, this.#at);
  }

  /** Steps over a field; its end. */
  #next(): number {
    if (this.#at >= this.#end) throw new KeeperError('request', 'the question has too few fields');
    this.#at += LENGTH_BYTES + this.#bytes.readUInt32BE(this.#at);
    return this.#at;
  }
}

/** Collects chunks of a stream and hands over the frames in them. @throws RangeError for what is no frame. */
export function frameReader(onFrame: (fields: FrameFields) => void): (chunk: Buffer) => void {
  let rest: Buffer = NOTHING;
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (bytes.length - at >= LENGTH_BYTES) {
      const size = bytes.readUInt32BE(at);
      if (size < LENGTH_BYTES || size > MOST_FRAME_BYTES) throw noFrame();
      const end = at + LENGTH_BYTES + size;
      if (end > bytes.length) break;
      demandFields(bytes, at + HEAD_BYTES, end);
      onFrame(new FrameFields(bytes, bytes.readUInt32BE(at + LENGTH_BYTES), at + HEAD_BYTES, end));
      at = end;
    }
    // The chunk may be memory that its owner uses again.
    rest = at === bytes.length ? NOTHING : Buffer.from(bytes.subarray(at));
  };
}

const NOTHING = Buffer.alloc(0);

/** Looks at all lengths before anything of a frame is believed. */
function demandFields(bytes: Buffer, start: number, end: number): void {
  let at = start;
  for (let count = 0; at < end; count += 1) {
    if (count === MOST_FIELDS || end - at < LENGTH_BYTES) throw noFrame();
    at += LENGTH_BYTES + bytes.readUInt32BE(at);
  }
  if (at !== end) throw noFrame();
}

function noFrame(): RangeError {
  return new RangeError('no frame of the keeper');
}
