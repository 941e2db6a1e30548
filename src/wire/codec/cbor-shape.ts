import { isStructure, type Shape, type SimpleShape } from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';
import { CborTag } from './cbor-read.ts';
import { isSparse } from './json-read.ts';
import { setOwn } from './own-property.ts';
import { bytesOf } from './simple-text.ts';

type Entry = readonly [name: string, value: unknown];

/** Turns what CBOR held into a value of a shape. @throws SerializationError */
export function fromCbor(shape: Shape, value: unknown): unknown {
  if (isStructure(shape)) {
    const source = demandObject(value);
    const target: Record<string, unknown> = {};
    for (const { name, shape: inner } of shape.members) {
      const held = Object.hasOwn(source, name) ? source[name] : undefined;
      if (held !== undefined && held !== null) target[name] = fromCbor(inner, held);
    }
    if (shape.kind === 'union' && Object.keys(target).length !== 1) throw mismatch();
    return target;
  }
  if (shape.kind === 'list') {
    if (!Array.isArray(value)) throw mismatch();
    const kept = isSparse(shape) ? value : value.filter((each) => each !== null);
    return kept.map((each) => (each === null ? null : fromCbor(shape.item.shape, each)));
  }
  if (shape.kind === 'map') {
    const target: Record<string, unknown> = {};
    for (const [key, held] of Object.entries(demandObject(value))) {
      if (held !== null) setOwn(target, key, fromCbor(shape.value.shape, held));
      else if (isSparse(shape)) setOwn(target, key, null);
    }
    return target;
  }
  return simpleFromCbor(shape, value);
}

function demandObject(value: unknown): Readonly<Record<string, unknown>> {
  const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!plain || value instanceof Uint8Array || value instanceof CborTag) throw mismatch();
  return value as Readonly<Record<string, unknown>>;
}

function mismatch(): SerializationError {
  return new SerializationError('a value of the body has another type than its member');
}

const JS_TYPES: Readonly<Record<string, string>> = { string: 'string', number: 'number', boolean: 'boolean' };

function simpleFromCbor(shape: SimpleShape, value: unknown): unknown {
  switch (shape.kind) {
    case 'timestamp': {
      const seconds = value instanceof CborTag && value.tag === 1 ? value.value : value;
      if (typeof seconds !== 'number') throw mismatch();
      return new Date(Math.round(seconds * 1000));
    }
    case 'blob':
      if (!(value instanceof Uint8Array)) throw mismatch();
      return Buffer.from(value);
    case 'big-integer':
      return bigInteger(value);
    case 'big-decimal':
      if (typeof value !== 'number' && typeof value !== 'string') throw mismatch();
      return String(value);
    case 'document':
      return value;
    case 'unit':
      return {};
    default:
      if (typeof value === JS_TYPES[shape.kind]) return value;
      if (shape.kind === 'number' && typeof value === 'bigint') return Number(value);
      throw mismatch();
  }
}

function bigInteger(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (Number.isInteger(value)) return BigInt(value as number);
  if (value instanceof CborTag && value.value instanceof Uint8Array && value.value.length > 0) {
    const positive = BigInt(`0x${Buffer.from(value.value).toString('hex')}`);
    return value.tag === 3 ? -1n - positive : positive;
  }
  throw mismatch();
}

/** Turns a value of a shape into what CBOR holds. */
export function toCbor(shape: Shape, value: unknown): unknown {
  if (isStructure(shape)) {
    const source = value as Readonly<Record<string, unknown>>;
    const entries: Entry[] = [];
    for (const { name, shape: inner } of shape.members) {
      const held = source[name];
      if (held !== undefined && held !== null) entries.push([name, toCbor(inner, held)]);
    }
    return Object.fromEntries(entries);
  }
  if (shape.kind === 'list') {
    const items = value as readonly unknown[];
    const kept = isSparse(shape) ? items : items.filter((each) => each !== undefined && each !== null);
    return kept.map((each) => (each === undefined || each === null ? null : toCbor(shape.item.shape, each)));
  }
  if (shape.kind === 'map') {
    const entries = Object.entries(value as object).filter(
      ([, held]) => isSparse(shape) || (held ?? null) !== null,
    );
    return Object.fromEntries(
      entries.map(([key, held]): Entry => [key, held === null ? null : toCbor(shape.value.shape, held)]),
    );
  }
  if (shape.kind === 'timestamp') return new CborTag(1, (value as Date).getTime() / 1000);
  return shape.kind === 'blob' ? bytesOf(value) : value;
}
