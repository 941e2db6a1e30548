import {
  isStructure,
  type Member,
  type Shape,
  type SimpleShape,
  type StructureShape,
} from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';
import { readBase64 } from './simple-text.ts';
import { formatOf, readTimestamp } from './timestamp.ts';

/**
 * Takes what `JSON.parse` made and nobody else has: the answer is the same object, changed in place where a value
 * stands for another one. Only what the model does not know, nulls and other names in JSON make a copy.
 */
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
    let known: KnownMembers | undefined;
    return (value) => {
      known ??= knownMembers(shape.members.map(memberReader));
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw unexpected(value, 'structure');
      const source = value as Record<string, unknown>;
      const { members, byKey } = known;
      let next = 0;
      let set = 0;
      let exact = !known.renamed;
      for (const key in source) {
        const held = source[key];
        // Most clients send members in the order of the model: the next one is nearly always this one.
        while (next < members.length && members[next]?.key !== key) next += 1;
        const member = next < members.length ? members[next] : byKey.get(key);
        if (member === undefined || held === null) {
          exact = false;
          continue;
        }
        set += 1;
        if (member.isText && typeof held === 'string') continue;
        const made = member.read(held);
        if (made !== held) source[key] = made;
      }
      if (set !== 1 && shape.kind === 'union')
        throw new SerializationError('a union has other than one member');
      return exact ? source : onlyMembers(source, members);
    };
  }

  function memberReader({ name, traits, shape }: Member): MemberReader {
    const key = (options.jsonName ? traits.jsonName : undefined) ?? name;
    return { name, key, read: readerOf(shape), isText: shape.kind === 'string' };
  }

  function listReader(item: Shape, sparse: boolean): Reader {
    const read = readerOf(item);
    return (value) => {
      if (!Array.isArray(value)) throw unexpected(value, 'list');
      let kept = 0;
      for (let index = 0; index < value.length; index += 1) {
        const each: unknown = value[index];
        if (each === null && !sparse) continue;
        const made = each === null ? null : read(each);
        if (made !== each || kept !== index) value[kept] = made;
        kept += 1;
      }
      if (kept !== value.length) value.length = kept;
      return value;
    };
  }

  function mapReader(held: Shape, sparse: boolean): Reader {
    const read = readerOf(held);
    const isText = held.kind === 'string';
    return (value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected(value, 'map');
      const source = value as Record<string, unknown>;
      for (const key in source) {
        const each = source[key];
        if (isText && typeof each === 'string') continue;
        if (each === null) {
          if (!sparse) delete source[key];
          continue;
        }
        const made = read(each);
        if (made !== each) source[key] = made;
      }
      return source;
    };
  }

  return { readerOf };
}

interface MemberReader {
  readonly name: string;
  /** Its name in JSON. */
  readonly key: string;
  readonly read: Reader;
  readonly isText: boolean;
}

interface KnownMembers {
  readonly members: readonly MemberReader[];
  readonly byKey: ReadonlyMap<string, MemberReader>;
  /** Whether any goes by another name in JSON than in the model. */
  readonly renamed: boolean;
}

function knownMembers(members: readonly MemberReader[]): KnownMembers {
  return {
    members,
    byKey: new Map(members.map((member) => [member.key, member])),
    renamed: members.some(({ key, name }) => key !== name),
  };
}

/** The members of what was read, by their own names, without what the model does not know and without nulls. */
function onlyMembers(
  source: Readonly<Record<string, unknown>>,
  members: readonly MemberReader[],
): Record<string, unknown> {
  const target: Record<string, unknown> = {};
  for (const { name, key } of members) {
    // Every object has something that nobody sent by a name as `constructor`.
    if (Object.hasOwn(source, key) && source[key] !== null) target[name] = source[key];
  }
  return target;
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
