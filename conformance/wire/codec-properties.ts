/** Properties of the codecs, for unit tests with few cases and for the conformance run with many. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCbor } from '../../src/wire/codec/cbor-read.ts';
import { fromCbor, toCbor } from '../../src/wire/codec/cbor-shape.ts';
import { writeCbor } from '../../src/wire/codec/cbor-write.ts';
import { jsonReaders } from '../../src/wire/codec/json-read.ts';
import { parseJsonBody } from '../../src/wire/codec/json-text.ts';
import { jsonWriters } from '../../src/wire/codec/json-write.ts';
import { formReaders, parseForm } from '../../src/wire/codec/query-read.ts';
import { parseXml } from '../../src/wire/codec/xml-parse.ts';
import { readXmlStructure } from '../../src/wire/codec/xml-read.ts';
import { xmlWriters } from '../../src/wire/codec/xml-write.ts';
import type { Member, Shape, SimpleKind, StructureShape } from '../../src/wire/schema/shape.ts';
import { SerializationError } from '../../src/wire/serialization-error.ts';

const simple = (kind: SimpleKind): Shape => ({ kind, name: kind, traits: {} });
const member = (name: string, shape: Shape): Member => ({ name, shape, required: false, traits: {} });

let members: readonly Member[] | undefined;

/** A structure with everything in it, itself included. */
export const THING: StructureShape = {
  kind: 'structure',
  name: 'Thing',
  traits: {},
  get members() {
    members ??= [
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
    return members;
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

/** What each form writes it reads again as the same. @throws Error with the smallest value of which it does not */
export const ROUND_TRIPS: Readonly<Record<'JSON' | 'CBOR' | 'XML', (numRuns: number) => void>> = {
  JSON(numRuns) {
    const read = jsonReaders({ jsonName: false }).readerOf(THING);
    const write = jsonWriters({ jsonName: false }).writerOf(THING);
    holds((value) => same(read(parseJsonBody(Buffer.from(write(value)), 100)), value), numRuns);
  },
  CBOR(numRuns) {
    holds((value) => same(fromCbor(THING, readCbor(writeCbor(toCbor(THING, value)))), value), numRuns);
  },
  XML(numRuns) {
    const write = xmlWriters().element(THING, 'Thing', {});
    holds((value) => same(readXmlStructure(THING, parseXml(write(value))), value), numRuns);
  },
};

function holds(check: (value: unknown) => void, numRuns: number): void {
  fc.assert(fc.property(thing, check), { numRuns });
}

/** Any code units, halves of surrogate pairs among them. */
const ANY_TEXT = fc.array(fc.nat(0xffff), { maxLength: 200 }).map((units) => String.fromCharCode(...units));

/** Whatever is sent is read, or refused as malformed. @throws Error with what ended otherwise */
export function readGarbage(numRuns: number): void {
  const json = jsonReaders({ jsonName: false }).readerOf(THING);
  const form = formReaders('awsQuery')(THING);
  const garbage = fc.property(fc.uint8Array({ maxLength: 200 }), ANY_TEXT, (bytes, words) => {
    readOrRefused(() => fromCbor(THING, readCbor(bytes)));
    readOrRefused(() => json(parseJsonBody(bytes, 100)));
    readOrRefused(() => json(parseJsonBody(Buffer.from(words), 100)));
    readOrRefused(() => form(parseForm(words)));
    readOrRefused(() => readXmlStructure(THING, parseXml(words)));
  });
  fc.assert(garbage, { numRuns });
}

function readOrRefused(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof SerializationError, String(error));
  }
}
