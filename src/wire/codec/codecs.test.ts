import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Member, Shape, SimpleKind, StructureShape } from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';
import { readCbor } from './cbor-read.ts';
import { fromCbor, toCbor } from './cbor-shape.ts';
import { writeCbor } from './cbor-write.ts';
import { jsonReaders } from './json-read.ts';
import { parseJsonBody } from './json-text.ts';
import { jsonWriters } from './json-write.ts';
import { formReaders, parseForm } from './query-read.ts';
import { parseXml } from './xml-parse.ts';
import { readXmlStructure } from './xml-read.ts';
import { xmlWriters } from './xml-write.ts';

const simple = (kind: SimpleKind): Shape => ({ kind, name: kind, traits: {} });
const member = (name: string, shape: Shape): Member => ({ name, shape, required: false, traits: {} });

/** A structure with everything in it, itself included. */
const THING: StructureShape = {
  kind: 'structure',
  name: 'Thing',
  traits: {},
  get members() {
    return [
      member('Text', simple('string')),
      member('Number', simple('number')),
      member('Flag', simple('boolean')),
      member('Bytes', simple('blob')),
      member('At', simple('timestamp')),
      member('Names', { kind: 'list', name: 'Names', traits: {}, item: member('member', simple('string')) }),
      member('Pairs', {
        kind: 'map',
        name: 'Pairs',
        traits: {},
        key: member('key', simple('string')),
        value: member('value', simple('number')),
      }),
      member('Inner', THING),
    ];
  },
};

const text = fc.string({ unit: fc.constantFrom('a', '<', '&', '"', '\u00e9', '\u{1f600}', ' ', '\n', '_') });
const thing = fc.letrec((tie) => ({
  thing: fc.record(
    {
      Text: text,
      Number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      Flag: fc.boolean(),
      Bytes: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      At: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1_000)),
      Names: fc.array(
        text.filter((each) => each !== ''),
        { maxLength: 3 },
      ),
      Pairs: fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.integer(), {
        maxKeys: 3,
      }),
      Inner: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.constant({}), tie('thing')),
    },
    { requiredKeys: [] },
  ),
})).thing;

/** Map keys may be `__proto__`: compared as entries, so that no prototype is looked at. */
function comparable(value: unknown): unknown {
  if (value instanceof Date) return `at ${value.getTime()}`;
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([name, held]) => [name, comparable(held)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

const same = (read: unknown, written: unknown) => assert.deepEqual(comparable(read), comparable(written));

describe('what is written is read again', () => {
  test('as JSON', () => {
    const read = jsonReaders({ jsonName: false }).readerOf(THING);
    const write = jsonWriters({ jsonName: false }).writerOf(THING);
    fc.assert(
      fc.property(thing, (value) => same(read(parseJsonBody(Buffer.from(write(value)), 100)), value)),
      { numRuns: 200 },
    );
  });

  test('as CBOR', () => {
    fc.assert(
      fc.property(thing, (value) => same(fromCbor(THING, readCbor(writeCbor(toCbor(THING, value)))), value)),
      { numRuns: 200 },
    );
  });

  test('as XML', () => {
    const write = xmlWriters().element(THING, 'Thing', {});
    fc.assert(
      fc.property(thing, (value) => same(readXmlStructure(THING, parseXml(write(value))), value)),
      { numRuns: 200 },
    );
  });
});

describe('whatever is sent', () => {
  const refusedOr = (read: () => unknown) => {
    try {
      read();
    } catch (error) {
      assert.ok(error instanceof SerializationError, String(error));
    }
  };

  test('is read or refused as malformed, never anything else', () => {
    const json = jsonReaders({ jsonName: false }).readerOf(THING);
    const form = formReaders('awsQuery')(THING);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.string({ unit: 'binary', maxLength: 200 }),
        (bytes, words) => {
          refusedOr(() => fromCbor(THING, readCbor(bytes)));
          refusedOr(() => json(parseJsonBody(bytes, 100)));
          refusedOr(() => json(parseJsonBody(Buffer.from(words), 100)));
          refusedOr(() => form(parseForm(words)));
          refusedOr(() => readXmlStructure(THING, parseXml(words)));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is bounded in depth and size', () => {
    const deep = (open: string) => Buffer.from(open.repeat(200));
    assert.throws(() => parseJsonBody(deep('['), 100), /too deeply/);
    assert.throws(() => readCbor(Buffer.alloc(200, 0x81)), /too deeply/);
    assert.throws(() => parseXml('<a>'.repeat(200)), /too large/);
    assert.throws(() => parseForm('a.'.repeat(200)), /too deeply/);
    assert.throws(() => parseForm('a&'.repeat(20_000)), /too many/);
    assert.throws(() => parseXml('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), SerializationError);
  });

  test('sets no prototype', () => {
    const read = jsonReaders({ jsonName: false }).readerOf(THING);
    const made = read(JSON.parse('{"Pairs":{"__proto__":1},"__proto__":{"Text":"x"}}')) as {
      Pairs: object;
      Text?: string;
    };
    assert.equal(made.Text, undefined);
    assert.equal(Object.getPrototypeOf(made.Pairs), Object.prototype);
    assert.deepEqual(Object.keys(made.Pairs), ['__proto__']);
  });
});
