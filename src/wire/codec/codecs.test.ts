import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ROUND_TRIPS, readGarbage, THING } from '../../../conformance/wire/codec-properties.ts';
import type { Shape, StructureShape } from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';
import { readCbor } from './cbor-read.ts';
import { jsonReaders } from './json-read.ts';
import { jsonText, parseJsonBody } from './json-text.ts';
import { parseForm } from './query-read.ts';
import { readBase64 } from './simple-text.ts';
import { parseXml } from './xml-parse.ts';

describe('what is written is read again', () => {
  for (const [form, check] of Object.entries(ROUND_TRIPS)) test(`as ${form}`, () => check(25));
});

describe('whatever is sent', () => {
  test('is read or refused as malformed, never anything else', () => readGarbage(40));

  test('is bounded in depth and size', () => {
    const deep = (open: string) => Buffer.from(open.repeat(200));
    assert.throws(() => parseJsonBody(deep('['), 100), /too deeply/);
    assert.throws(() => parseJsonBody(deep('{"a":'), 100), /too deeply/);
    assert.deepEqual(parseJsonBody(Buffer.from(`["${'['.repeat(200)}\\"]"${',[]'.repeat(200)}]`), 100), [
      `${'['.repeat(200)}"]`,
      ...Array.from({ length: 200 }, () => []),
    ]);
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

describe('a JSON structure', () => {
  const read = (text: string) =>
    jsonReaders({ jsonName: false }).readerOf(THING)(parseJsonBody(Buffer.from(text), 100));

  test('is read in any order of its members', () => {
    const expected = { Text: 'x', Bytes: Buffer.from([0, 0, 0]), Flag: true };
    assert.deepEqual(read('{"Text":"x","Flag":true,"Bytes":"AAAA"}'), expected);
    assert.deepEqual(read('{"Bytes":"AAAA","Text":"x","Flag":true}'), expected);
  });

  test('loses nulls and what the model does not know, at every level', () => {
    assert.deepEqual(read('{"__type":"T","Text":null,"Inner":{"Flag":true,"More":[1],"Number":null}}'), {
      Inner: { Flag: true },
    });
    assert.deepEqual(read('{"Names":[null,"a",null,"b"],"Pairs":{"a":null,"b":2}}'), {
      Names: ['a', 'b'],
      Pairs: { b: 2 },
    });
  });

  test('may have members whose names in JSON are those of others', () => {
    const text: Shape = { kind: 'string', name: 'String', traits: {} };
    const swapped: StructureShape = {
      kind: 'structure',
      name: 'Swapped',
      traits: {},
      members: [
        { name: 'one', shape: text, required: false, traits: { jsonName: 'other' } },
        { name: 'other', shape: text, required: false, traits: { jsonName: 'one' } },
      ],
    };
    const reader = jsonReaders({ jsonName: true }).readerOf(swapped);
    assert.deepEqual(reader({ one: '1', other: '2' }), { one: '2', other: '1' });
  });
});

test('a text is the JSON that V8 writes', () => {
  for (const text of ['', 'plain', 'a "quote"', 'back\\slash', '\u0007', '\u007f', '\u00e9', '\ud800']) {
    for (const each of [text, text.repeat(30), `${text}${' '.repeat(30)}`]) {
      assert.equal(jsonText(each), JSON.stringify(each));
    }
  }
});

test('a blob is base 64 with its padding, and nothing that only resembles it', () => {
  assert.deepEqual(readBase64('+/8='), Buffer.from([0xfb, 0xff]));
  assert.deepEqual(readBase64(''), Buffer.alloc(0));
  for (const text of [
    '-_8=',
    '+/8',
    '+/8 =',
    'AA=A',
    '=AAA',
    'A===',
    '+/8=+/8=',
    'AAA\u00e9',
    '\n+/8=',
    'A',
    '+/8=\n\n\n\n',
  ]) {
    assert.throws(() => readBase64(text), SerializationError, JSON.stringify(text));
  }
});
