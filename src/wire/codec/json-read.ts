import { isUtf8 } from 'node:buffer';
import {
  isStructure,
  type Member,
  type Shape,
  type SimpleShape,
  type StructureShape,
} from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';
import { type Followed, inTurn } from './followed.ts';
import { directReaders } from './json-direct.ts';
import { layOut } from './json-scan.ts';
import { parseJsonBody } from './json-text.ts';
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
  /** Reads a body; one without anything in it stands for an empty structure. */
  bodyReaderOf(shape: Shape): BodyReader;
}

/** @throws SerializationError, also when it is nested deeper than `depth`. */
export type BodyReader = (body: Uint8Array, depth: number) => unknown;

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
    let read: Reader | undefined;
    return (value) => {
      read ??= membersReader(shape);
      return read(value);
    };
  }

  function membersReader(shape: StructureShape): Reader {
    const steps = shape.members.map(memberStep);
    const byKey = new Map(steps.map((step) => [step.key, step]));
    const start = inTurn(steps);
    const renamed = steps.some(({ key, name }) => key !== name);
    const isUnion = shape.kind === 'union';
    return (value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw unexpected(value, 'structure');
      const source = value as Record<string, unknown>;
      let last: Followed<MemberStep> = start;
      let set = 0;
      let exact = !renamed;
      for (const key in source) {
        const held = source[key];
        let step = last.next;
        if (step === undefined || step.key !== key) step = byKey.get(key);
        if (step === undefined || held === null) {
          exact = false;
          continue;
        }
        last.next = step;
        last = step;
        set += 1;
        if (typeof held === step.taken) continue;
        const made = step.read(held);
        if (made !== held) source[key] = made;
      }
      if (isUnion && set !== 1) throw new SerializationError('a union has other than one member');
      return exact ? source : onlyMembers(source, steps);
    };
  }

  function memberStep({ name, traits, shape }: Member): MemberStep {
    const key = (options.jsonName ? traits.jsonName : undefined) ?? name;
    return { name, key, read: readerOf(shape), taken: takenAsIs(shape), next: undefined };
  }

  function listReader(item: Shape, sparse: boolean): Reader {
    const read = readerOf(item);
    const taken = takenAsIs(item);
    return (value) => {
      if (!Array.isArray(value)) throw unexpected(value, 'list');
      let kept = 0;
      for (let index = 0; index < value.length; index += 1) {
        const each: unknown = value[index];
        if (each === null && !sparse) continue;
        const made = each === null || typeof each === taken ? each : read(each);
        if (made !== each || kept !== index) value[kept] = made;
        kept += 1;
      }
      if (kept !== value.length) value.length = kept;
      return value;
    };
  }

  function mapReader(held: Shape, sparse: boolean): Reader {
    const read = readerOf(held);
    const taken = takenAsIs(held);
    return (value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected(value, 'map');
      const source = value as Record<string, unknown>;
      for (const key in source) {
        const each = source[key];
        if (typeof each === taken) continue;
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

  const direct = directReaders(options);
  const bodyReaders = new Map<Shape, BodyReader>();
  function bodyReaderOf(shape: Shape): BodyReader {
    const before = bodyReaders.get(shape);
    if (before) return before;
    const read = readerOf(shape);
    const readDirectly = direct(shape);
    let unusual = 0;
    const made: BodyReader = (body, depth) => {
      const { byteLength } = body;
      if (unusual > 0) unusual -= 1;
      else if (byteLength > 0 && byteLength <= MOST_DIRECT) {
        const { open, isAscii } = layOut(body);
        const found = open <= depth && (isAscii || isUtf8(body)) ? readDirectly(byteLength) : undefined;
        if (found !== undefined) return found;
        unusual = AFTER_UNUSUAL;
      }
      return read(parseJsonBody(body, depth));
    };
    bodyReaders.set(shape, made);
    return made;
  }

  return { readerOf, bodyReaderOf };
}

/**
 * Texts that are read directly may keep the text of the body in memory as long as they live: a larger body is not
 * worth that.
 */
const MOST_DIRECT = 16_384;
/** After a body that could not be read directly, those of so many requests of the kind are not tried: most are alike. */
const AFTER_UNUSUAL = 31;

interface MemberStep extends Followed<MemberStep> {
  readonly name: string;
  /** Its name in JSON. */
  readonly key: string;
  readonly read: Reader;
  /** What `typeof` says of values that stand for themselves. */
  readonly taken: string;
}

/** What `typeof` says of the values of a shape that need no reader. */
function takenAsIs({ kind }: Shape): string {
  return kind === 'string' || kind === 'number' || kind === 'boolean' ? kind : '';
}

/** The members of what was read, by their own names, without what the model does not know and without nulls. */
function onlyMembers(
  source: Readonly<Record<string, unknown>>,
  members: readonly MemberStep[],
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
