import { SerializationError } from '../serialization-error.ts';
import { setOwn } from './own-property.ts';

const DEEPEST = 64;

/** A tagged value; of RFC 8949 the tags 1 (time), 2 and 3 (big numbers) and 4 (decimal) have a meaning here. */
export class CborTag {
  readonly tag: number;
  readonly value: unknown;

  constructor(tag: number, value: unknown) {
    this.tag = tag;
    this.value = value;
  }
}

/**
 * Reads one CBOR value (RFC 8949), of definite or indefinite length.
 *
 * @throws SerializationError when the bytes are no CBOR, hold more than one value, or nest too deeply.
 */
export function readCbor(bytes: Uint8Array): unknown {
  const cursor = new Cursor(bytes);
  const value = cursor.value(0);
  if (!cursor.atEnd()) throw malformed();
  return value;
}

function malformed(): SerializationError {
  return new SerializationError('the body is not CBOR');
}

const BREAK = Symbol('break');
const utf8 = new TextDecoder('utf-8', { fatal: true });

class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  value(depth: number): unknown {
    const value = this.#item(depth);
    if (value === BREAK) throw malformed();
    return value;
  }

  #item(depth: number): unknown {
    if (depth > DEEPEST) throw new SerializationError('the body is nested too deeply');
    const first = this.#take(1)[0] ?? 0;
    const kind = first >> 5;
    const info = first & 31;
    if (kind === 7) return this.#simple(info);
    if (info === 31) return this.#indefinite(kind, depth);
    const argument = this.#argument(info);
    switch (kind) {
      case 0:
        return argument;
      case 1:
        return typeof argument === 'bigint' ? -1n - argument : -1 - argument;
      case 2:
        return this.#take(sizeOf(argument)).slice();
      case 3:
        return this.#text(sizeOf(argument));
      case 4:
        return this.#list(sizeOf(argument), depth);
      case 5:
        return this.#map(sizeOf(argument), depth);
      default:
        return new CborTag(sizeOf(argument), this.value(depth + 1));
    }
  }

  #take(size: number): Uint8Array {
    const end = this.#at + size;
    if (end > this.#bytes.length) throw malformed();
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  #argument(info: number): number | bigint {
    if (info < 24) return info;
    const at = this.#at;
    switch (info) {
      case 24:
        return this.#take(1)[0] ?? 0;
      case 25:
        this.#take(2);
        return this.#view.getUint16(at);
      case 26:
        this.#take(4);
        return this.#view.getUint32(at);
      case 27: {
        this.#take(8);
        const wide = this.#view.getBigUint64(at);
        return wide <= Number.MAX_SAFE_INTEGER ? Number(wide) : wide;
      }
      default:
        throw malformed();
    }
  }

  #text(size: number): string {
    try {
      return utf8.decode(this.#take(size));
    } catch {
      throw malformed();
    }
  }

  #list(size: number, depth: number): unknown[] {
    const items: unknown[] = [];
    for (let index = 0; index < size; index += 1) items.push(this.value(depth + 1));
    return items;
  }

  #map(size: number, depth: number): Record<string, unknown> {
    const target: Record<string, unknown> = {};
    for (let index = 0; index < size; index += 1) this.#entry(target, this.value(depth + 1), depth);
    return target;
  }

  #entry(target: Record<string, unknown>, key: unknown, depth: number): void {
    if (typeof key !== 'string') throw malformed();
    setOwn(target, key, this.value(depth + 1));
  }

  #indefinite(kind: number, depth: number): unknown {
    const parts: unknown[] = [];
    const target: Record<string, unknown> = {};
    for (;;) {
      const item = this.#item(depth + 1);
      if (item === BREAK) break;
      if (kind === 5) this.#entry(target, item, depth);
      else parts.push(item);
    }
    switch (kind) {
      case 2:
        return Buffer.concat(parts.filter((part) => part instanceof Uint8Array));
      case 3:
        return parts.join('');
      case 4:
        return parts;
      case 5:
        return target;
      default:
        throw malformed();
    }
  }

  #simple(info: number): unknown {
    const at = this.#at;
    switch (info) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
      case 23:
        return null;
      case 25:
        this.#take(2);
        return halfFloat(this.#view.getUint16(at));
      case 26:
        this.#take(4);
        return this.#view.getFloat32(at);
      case 27:
        this.#take(8);
        return this.#view.getFloat64(at);
      case 31:
        return BREAK;
      default:
        throw malformed();
    }
  }
}

function sizeOf(argument: number | bigint): number {
  if (typeof argument === 'bigint') throw malformed();
  return argument;
}

/** RFC 8949, appendix D. */
function halfFloat(half: number): number {
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  const sign = half & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (fraction + 1024) * 2 ** (exponent - 25);
}
