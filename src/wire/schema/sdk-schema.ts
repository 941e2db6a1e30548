import {
  isStructure,
  type Member,
  type Shape,
  type SimpleKind,
  type SimpleShape,
  type StructureShape,
  type TimestampFormat,
  type Traits,
  UNIT,
} from './shape.ts';

/**
 * Schemas as the AWS SDK for JavaScript carries them at run time: tuples whose first element is the kind.
 * Internal to the SDK and therefore pinned: `contract.test.ts` round-trips an operation of every protocol.
 * Source: smithy-typescript, packages/types, "schema" and packages/core, "NormalizedSchema".
 */
export type SdkSchema = unknown;

const SIMPLE_LIST = 64;
const SIMPLE_MAP = 128;
const TRAIT_BITS = [
  'httpLabel',
  'idempotent',
  'idempotencyToken',
  'sensitive',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams',
] as const;

const FORMATS: Readonly<Record<number, TimestampFormat>> = {
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
};

const SIMPLE: Readonly<Record<number, SimpleKind>> = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  4: 'timestamp',
  5: 'timestamp',
  6: 'timestamp',
  7: 'timestamp',
  15: 'document',
  17: 'big-integer',
  19: 'big-decimal',
  21: 'blob',
  42: 'blob',
};

const known = new WeakMap<object, Shape>();

/** The shape of a schema of the SDK; the same object for the same tuple. @throws Error on an unknown form. */
export function shapeOf(schema: SdkSchema): Shape {
  const [target] = unwrap(schema);
  return targetShape(target);
}

/** Undoes references (functions) and member wrappers (pairs of schema and traits). */
function unwrap(schema: SdkSchema): [target: unknown, traits: Traits] {
  let current = typeof schema === 'function' ? schema() : schema;
  let traits: Traits = {};
  while (Array.isArray(current) && current.length === 2) {
    traits = { ...traitsOf(current[1]), ...traits };
    current = typeof current[0] === 'function' ? current[0]() : current[0];
  }
  return [current, traits];
}

/** Traits are an object, or a number whose bits stand for traits without a value. */
export function traitsOf(traits: unknown): Traits {
  if (typeof traits === 'object' && traits !== null) return traits as Traits;
  const bits = Number(traits ?? 0);
  const found: Record<string, 1> = {};
  TRAIT_BITS.forEach((name, index) => {
    if ((bits >> index) & 1) found[name] = 1;
  });
  return found;
}

function targetShape(target: unknown): Shape {
  if (target === 'unit') return UNIT;
  if (typeof target === 'number') return numberedShape(target);
  if (!Array.isArray(target)) throw new Error(`not a schema: ${JSON.stringify(target)}`);
  const before = known.get(target);
  if (before) return before;
  const made = tupleShape(target);
  known.set(target, made);
  return made;
}

function numberedShape(code: number): Shape {
  if (code >= SIMPLE_MAP) {
    const value = simpleShape(code & 63);
    return {
      kind: 'map',
      name: '',
      traits: {},
      key: member('key', 0, false),
      value: { name: 'value', required: false, traits: {}, shape: value },
    };
  }
  if (code >= SIMPLE_LIST) {
    const item = { name: 'member', required: false, traits: {}, shape: simpleShape(code & 63) };
    return { kind: 'list', name: '', traits: {}, item };
  }
  return simpleShape(code);
}

function simpleShape(code: number, name = '', traits: Traits = {}): SimpleShape {
  const kind = SIMPLE[code];
  if (kind === undefined) throw new Error(`not a schema: ${code}`);
  return { kind, name, traits, format: FORMATS[code], ...(code === 42 && { streaming: true }) };
}

function tupleShape(tuple: readonly unknown[]): Shape {
  const [code, , name, rawTraits] = tuple as [number, string, string, unknown];
  const traits = traitsOf(rawTraits);
  switch (code) {
    case 0: {
      const inner = shapeOf(tuple[4]);
      return { ...inner, name, traits: { ...inner.traits, ...traits } } as Shape;
    }
    case 1:
      return {
        kind: 'list',
        name,
        traits,
        get item() {
          return memoised(this, 'item', () => member('member', tuple[4], false));
        },
      };
    case 2:
      return {
        kind: 'map',
        name,
        traits,
        get key() {
          return memoised(this, 'key', () => member('key', tuple[4] ?? 0, false));
        },
        get value() {
          return memoised(this, 'value', () => member('value', tuple[5], false));
        },
      };
    case 3:
    case 4:
    case -3:
      return {
        kind: code === 4 ? 'union' : 'structure',
        name,
        traits,
        get members() {
          return memoised(this, 'members', () => membersOf(tuple));
        },
      };
    default:
      throw new Error(`not a schema: kind ${code} of ${name}`);
  }
}

/** Replaces a getter by its value. */
function memoised<T>(owner: object, name: string, make: () => T): T {
  const value = make();
  Object.defineProperty(owner, name, { value });
  return value;
}

function membersOf(tuple: readonly unknown[]): readonly Member[] {
  const [, , , , names, schemas, required = 0] = tuple as [
    number,
    string,
    string,
    unknown,
    readonly string[],
    readonly unknown[],
    number?,
  ];
  return names.map((name, index) => member(name, schemas[index], index < required));
}

function member(name: string, schema: unknown, required: boolean): Member {
  const [target, memberTraits] = unwrap(schema);
  const shape = targetShape(target);
  return { name, required, shape, traits: { ...inherited(shape), ...memberTraits } };
}

/** A structure's own name on the wire is not that of the members that point to it. */
function inherited(shape: Shape): Traits {
  if (!isStructure(shape)) return shape.traits;
  const { xmlName, ...rest } = (shape as StructureShape).traits;
  return xmlName === undefined ? shape.traits : rest;
}
