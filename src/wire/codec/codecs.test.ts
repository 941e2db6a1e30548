import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ROUND_TRIPS, readGarbage, THING } from '../../../conformance/wire/codec-properties.ts';
import { SerializationError } from '../serialization-error.ts';
import { readCbor } from './cbor-read.ts';
import { jsonReaders } from './json-read.ts';
import { parseJsonBody } from './json-text.ts';
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
