import { isStructure, type Shape, type SimpleShape, type StructureShape } from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';
import { setOwn } from './own-property.ts';
import { readBase64 } from './simple-text.ts';
import { formatOf, readTimestamp } from './timestamp.ts';

export type Reader = (value: unknown) => unknown;

/** Makes readers of parsed JSON for shapes; each shape is compiled once. */
export interface JsonReaders {
  readerOf(shape: Shape): Reader;
}

/**
 * @param options.jsonName whether members go by their `jsonName` (restJson1; awsJson ignores it).
 */
export function jsonReaders(options: { readonly jsonName: boolean }): JsonReaders {
  const compiled = new Map<Shape, Reader>();
  function readerOf(shape: Shape): Reader {
    const before = compiled.get(shape);
    if (before) return before;
    // Structures contain each other: the inner reader is looked up when it is first used.
    let reader: Reader | undefined;
    compiled.set(shape, (value) => (reader as Reader)(value));
    reader = compile(shape);
    compiled.set(shape, reader);
    return reader;
  }

  function compile(shape: Shape): Reader {
    if (isStructure(shape)) return structureReader(shape);
    if (shape.kind === 'list') return listReader(shape.item.shape, isSparse(shape));
    if (shape.kind === 'map') return mapReader(shape.value.shape, isSparse(shape));
    return simpleReader(shape);
  }

  function structureReader(shape: StructureShape): Reader {
    let members: readonly MemberReader[] | undefined;
    return (value) => {
      members ??= shape.members.map((member) => {
        const key = (options.jsonName ? member.traits.jsonName : undefined) ?? member.name;
        return { name: member.name, key, read: readerOf(member.shape), inherited: key in Object.prototype };
      });
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw unexpected(value, 'structure');
      const source = value as Readonly<Record<string, unknown>>;
      const target: Record<string, unknown> = {};
      let set = 0;
      for (const { name, key, read, inherited } of members) {
        const held = inherited && !Object.hasOwn(source, key) ? undefined : source[key];
        if (held === undefined || held === null) continue;
        target[name] = read(held);
        set += 1;
      }
      if (shape.kind === 'union' && set !== 1)
        throw new SerializationError('a union has other than one member');
      return target;
    };
  }

  function listReader(item: Shape, sparse: boolean): Reader {
    const read = readerOf(item);
    return (value) => {
      if (!Array.isArray(value)) throw unexpected(value, 'list');
      if (sparse) return value.map((each) => (each === null ? null : read(each)));
      return value.filter((each) => each !== null).map(read);
    };
  }

  function mapReader(held: Shape, sparse: boolean): Reader {
    const read = readerOf(held);
    return (value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected(value, 'map');
      const source = value as Readonly<Record<string, unknown>>;
      const target: Record<string, unknown> = {};
      for (const key of Object.keys(source)) {
        const each = source[key];
        if (each !== null) setOwn(target, key, read(each));
        else if (sparse) setOwn(target, key, null);
      }
      return target;
    };
  }

  return { readerOf };
}

interface MemberReader {
  readonly name: string;
  readonly key: string;
  readonly read: Reader;
  /** Whether every object has something of this name that nobody sent (`constructor`). */
  readonly inherited: boolean;
}

export function isSparse(shape: Shape): boolean {
  return shape.traits.sparse !== undefined;
}

function simpleReader(shape: SimpleShape): Reader {
  switch (shape.kind) {
    case 'string':
      return (value) => (typeof value === 'string' ? value : refuse(value, 'String'));
    case 'number':
      return readNumber;
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : refuse(value, 'Boolean'));
    case 'blob':
      return (value) => (typeof value === 'string' ? readBase64(value) : refuse(value, 'Blob'));
    case 'timestamp': {
      const format = formatOf(shape, 'epoch-seconds');
      return (value) => readTimestamp(value, format);
    }
    case 'big-integer':
      return (value) => (Number.isInteger(value) ? BigInt(value as number) : refuse(value, 'BigInteger'));
    case 'big-decimal':
      return (value) => (typeof value === 'number' ? String(value) : refuse(value, 'BigDecimal'));
    case 'document':
      return (value) => value;
    case 'unit':
      return () => ({});
  }
}

function readNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  return refuse(value, 'Number');
}

function refuse(value: unknown, wanted: string): never {
  throw unexpected(value, wanted);
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'STRING_VALUE',
  number: 'NUMBER_VALUE',
  boolean: 'TRUE_VALUE',
};

/** AWS's words for a JSON value of the wrong type. */
function unexpected(value: unknown, wanted: string): SerializationError {
  if (Array.isArray(value)) return new SerializationError('Unrecognized collection type');
  const kind = value === false ? 'FALSE_VALUE' : (KINDS[typeof value] ?? 'Start of structure or map');
  if (wanted === 'structure' || wanted === 'map' || wanted === 'list') {
    return new SerializationError(`Unexpected field type: ${kind} where a ${wanted} is expected`);
  }
  return new SerializationError(
    `${kind} can not be converted to ${wanted === 'String' ? 'a String' : `a ${wanted}`}`,
  );
}
