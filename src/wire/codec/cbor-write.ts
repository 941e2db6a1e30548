import { CborTag } from './cbor-read.ts';

/** Writes a value as CBOR (RFC 8949): objects as maps, numbers as integers where they are. */
export function writeCbor(value: unknown): Buffer {
  const parts: Uint8Array[] = [];
  write(value, parts);
  return Buffer.concat(parts);
}

function write(value: unknown, parts: Uint8Array[]): void {
  if (value === null || value === undefined) parts.push(Buffer.of(0xf6));
  else if (typeof value === 'boolean') parts.push(Buffer.of(value ? 0xf5 : 0xf4));
  else if (typeof value === 'number') parts.push(numberBytes(value));
  else if (typeof value === 'bigint') parts.push(bigBytes(value));
  else if (typeof value === 'string') parts.push(...textBytes(value));
  else if (value instanceof Uint8Array) parts.push(head(2, value.byteLength), value);
  else if (value instanceof CborTag) {
    parts.push(head(6, value.tag));
    write(value.value, parts);
  } else if (Array.isArray(value)) {
    parts.push(head(4, value.length));
    for (const each of value) write(each, parts);
  } else writeMap(value, parts);
}

function writeMap(value: object, parts: Uint8Array[]): void {
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  parts.push(head(5, entries.length));
  for (const [key, held] of entries) {
    parts.push(...textBytes(key));
    write(held, parts);
  }
}

function textBytes(text: string): Uint8Array[] {
  const bytes = Buffer.from(text);
  return [head(3, bytes.length), bytes];
}

function numberBytes(value: number): Buffer {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    return value < 0 ? head(1, -1 - value) : head(0, value);
  }
  const bytes = Buffer.alloc(9, 0xfb);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function bigBytes(value: bigint): Buffer {
  const positive = value < 0n ? -1n - value : value;
  if (positive < 1n << 64n) return head(value < 0n ? 1 : 0, positive);
  const digits = positive.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return Buffer.concat([head(6, value < 0n ? 3 : 2), head(2, bytes.length), bytes]);
}

function head(kind: number, argument: number | bigint): Buffer {
  const major = kind << 5;
  if (argument < 24) return Buffer.of(major | Number(argument));
  if (argument < 0x100) return Buffer.of(major | 24, Number(argument));
  if (argument < 0x10000) return Buffer.of(major | 25, Number(argument) >> 8, Number(argument) & 255);
  if (argument < 0x100000000) {
    const bytes = Buffer.alloc(5, major | 26);
    bytes.writeUInt32BE(Number(argument), 1);
    return bytes;
  }
  const bytes = Buffer.alloc(9, major | 27);
  bytes.writeBigUInt64BE(BigInt(argument), 1);
  return bytes;
}
