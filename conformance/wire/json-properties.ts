/** Properties of the JSON codec for any shape, for unit tests with few cases and for the conformance run with many. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { directReaders } from '../../src/wire/codec/json-direct.ts';
import { jsonReaders } from '../../src/wire/codec/json-read.ts';
import { layOut } from '../../src/wire/codec/json-scan.ts';
import { parseJsonBody } from '../../src/wire/codec/json-text.ts';
import { jsonWriters } from '../../src/wire/codec/json-write.ts';
import { writeTimestamp } from '../../src/wire/codec/timestamp.ts';
import { isStructure, type Member, type Shape, type SimpleKind } from '../../src/wire/schema/shape.ts';
import { SerializationError } from '../../src/wire/serialization-error.ts';

const DEPTH = 100;
const member = (name: string, shape: Shape, jsonName?: string): Member => ({
  name,
  shape,
  required: false,
  traits: jsonName === undefined ? {} : { jsonName },
});

const name = fc.stringMatching(/^[A-Za-z]{1,12}$/);
const leaf = fc.record({
  kind: fc.constantFrom<SimpleKind>('string', 'number', 'boolean', 'blob', 'timestamp'),
  format: fc.constantFrom('date-time' as const, 'epoch-seconds' as const, undefined),
  traits: fc.constantFrom({}, {}, { sensitive: 1 as const }),
  name: fc.constant('leaf'),
});
const sparseOrNot = fc.constantFrom({}, { sparse: 1 as const });

const { structure } = fc.letrec<{ any: Shape; structure: Shape }>((tie) => ({
  structure: fc
    .uniqueArray(fc.tuple(name, tie('any')), { selector: ([each]) => each, maxLength: 5 })
    .chain((held) =>
      fc.boolean().map((isRenamed) => ({
        kind: 'structure' as const,
        name: 'structure',
        traits: {},
        members: held.map(([each, shape]) =>
          member(each, shape, isRenamed ? `${each}-${each.length}` : undefined),
        ),
      })),
    ),
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    leaf,
    tie('structure'),
    fc.tuple(tie('any'), sparseOrNot).map(([item, traits]) => ({
      kind: 'list' as const,
      name: 'list',
      traits,
      item: member('member', item),
    })),
    fc.tuple(tie('any'), sparseOrNot).map(([value, traits]) => ({
      kind: 'map' as const,
      name: 'map',
      traits,
      key: member('key', { kind: 'string', name: 'key', traits: {} }),
      value: member('value', value),
    })),
  ),
}));

const text = fc.string({
  unit: fc.constantFrom(
    'a',
    'b',
    ' ',
    '"',
    '\\',
    '\n',
    '\u0001',
    '\u007f',
    '\u00e9',
    '\u672c',
    '\u{1f600}',
    '\ud800',
  ),
  maxLength: 40,
});
const plainText = fc.string({ unit: fc.constantFrom('a', 'b', '/', ':'), maxLength: 60 });
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, 1e21),
);
const date = fc
  .oneof(
    fc.integer({ min: -1e9, max: 4e12 }),
    fc.integer({ min: 0, max: 4e9 }).map((seconds) => seconds * 1_000),
  )
  .map((milliseconds) => new Date(milliseconds));
const key = fc.constantFrom('a', 'key', '__proto__', 'constructor', '1', 'with "quotes"', '\u00e9');

/** A value of a shape, as handlers give them. */
function valuesOf(shape: Shape): fc.Arbitrary<unknown> {
  if (isStructure(shape)) {
    const members = shape.members.map((each) => [each.name, valuesOf(each.shape)] as const);
    return fc.record(Object.fromEntries(members), { requiredKeys: [] });
  }
  switch (shape.kind) {
    case 'list':
      return fc.array(valuesOrNull(shape.item.shape, shape), { maxLength: 4 });
    case 'map':
      return fc.dictionary(key, valuesOrNull(shape.value.shape, shape), { maxKeys: 4 });
    case 'number':
      return number;
    case 'boolean':
      return fc.boolean();
    case 'blob':
      return fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes));
    case 'timestamp':
      return date;
    default:
      return fc.oneof(text, plainText);
  }
}

function valuesOrNull(item: Shape, { traits }: Shape): fc.Arbitrary<unknown> {
  return traits.sparse === undefined ? valuesOf(item) : fc.option(valuesOf(item));
}

/** What V8's writer is given for the same text. */
function plainOf(shape: Shape, value: unknown): unknown {
  if (value === null) return null;
  if (isStructure(shape)) {
    const source = value as Readonly<Record<string, unknown>>;
    const shapes = new Map(shape.members.map((each) => [each.name, each]));
    const entries = Object.entries(source).map(([each, held]) => {
      const known = shapes.get(each) as Member;
      return [known.traits.jsonName ?? each, plainOf(known.shape, held)] as const;
    });
    return Object.fromEntries(entries);
  }
  if (shape.kind === 'list')
    return (value as readonly unknown[]).map((each) => plainOf(shape.item.shape, each));
  if (shape.kind === 'map') {
    const entries = Object.entries(value as object);
    return Object.fromEntries(entries.map(([each, held]) => [each, plainOf(shape.value.shape, held)]));
  }
  if (shape.kind === 'blob') return (value as Buffer).toString('base64');
  if (shape.kind === 'timestamp') {
    const written = writeTimestamp(value, shape.format ?? 'epoch-seconds');
    return shape.format === 'date-time' ? written : Number(written);
  }
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

const shapeAndValue = structure.chain((shape) => valuesOf(shape).map((value) => ({ shape, value })));

/** The text is, to the last character, that of V8's own writer for the values as they are shown in JSON. */
export function writesAsV8(numRuns: number): void {
  const property = fc.property(shapeAndValue, ({ shape, value }) => {
    const writers = jsonWriters({ jsonName: true });
    const expected = JSON.stringify(plainOf(shape, value));
    assert.equal(writers.writerOf(shape)(value), expected);
    assert.equal(String(writers.bodyWriterOf(shape)(value)), expected);
  });
  fc.assert(property, { numRuns });
}

/** Something put in, taken out or exchanged somewhere in a text. */
const change = fc.record({
  place: fc.nat(2_000),
  removed: fc.nat(2),
  inserted: fc.constantFrom(
    '',
    '"',
    '\\',
    '{',
    '}',
    ',',
    ':',
    ' ',
    '0',
    '-',
    '.5',
    'e1',
    'null',
    '\n',
    '\u00e9',
    '[]',
  ),
});

/**
 * What is read without V8's parser is what is read with it, be it sound or broken: either way the same values, or the
 * same error.
 */
export function readsAsV8(numRuns: number): void {
  const changes = fc.array(change, { maxLength: 2 });
  const property = fc.property(shapeAndValue, changes, fc.boolean(), ({ shape, value }, made, isSpaced) => {
    let sent = jsonWriters({ jsonName: true }).writerOf(shape)(value);
    if (isSpaced) sent = sent.replaceAll('":', '": ').replaceAll(',"', ', "');
    for (const { place, removed, inserted } of made) {
      const at = place % (sent.length + 1);
      sent = sent.slice(0, at) + inserted + sent.slice(at + removed);
    }
    const body = Buffer.from(sent);
    const readers = jsonReaders({ jsonName: true });
    const expected = outcome(() => readers.readerOf(shape)(parseJsonBody(body, DEPTH)));
    assert.deepEqual(
      outcome(() => readers.bodyReaderOf(shape)(body, DEPTH)),
      expected,
      sent,
    );
    layOut(body);
    const direct = directReaders({ jsonName: true })(shape)(body.length);
    if (direct !== undefined) assert.deepEqual(direct, expected, sent);
  });
  fc.assert(property, { numRuns });
}

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    assert.ok(error instanceof SerializationError, String(error));
    return `refused: ${error.message}`;
  }
}
