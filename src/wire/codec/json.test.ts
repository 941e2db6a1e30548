import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readsAsV8, writesAsV8 } from '../../../conformance/wire/json-properties.ts';
import type { Member, Shape, SimpleKind, StructureShape } from '../schema/shape.ts';
import { directReaders } from './json-direct.ts';
import { jsonReaders } from './json-read.ts';
import { layOut } from './json-scan.ts';
import { jsonWriters } from './json-write.ts';

const simple = (kind: SimpleKind): Shape => ({ kind, name: kind, traits: {} });
const member = (name: string, shape: Shape): Member => ({ name, shape, required: false, traits: {} });
const structure = (...members: Member[]): StructureShape => ({
  kind: 'structure',
  name: 'Structure',
  traits: {},
  members,
});
const writerOf = (shape: Shape) => jsonWriters({ jsonName: false }).writerOf(shape);

describe('JSON is written', () => {
  test('as V8 writes it', () => writesAsV8(25));

  test('with every text as V8 writes it, however long', () => {
    const write = writerOf(structure(member('Text', simple('string')), member('Next', simple('string'))));
    for (const unit of ['a', '"', '\\', '\u0000', '\u001f', '\u007f', '\u00e9', '\u672c', '\ud800']) {
      for (const length of [0, 1, 15, 16, 17, 33, 21_500, 44_000]) {
        const value = { Text: unit.repeat(length), Next: unit };
        assert.equal(write(value), JSON.stringify(value), `${length} of ${JSON.stringify(unit)}`);
      }
    }
  });

  test('in parts when it is longer than the room', () => {
    const item = structure(member('Text', simple('string')), member('Number', simple('number')));
    const list: Shape = { kind: 'list', name: 'List', traits: {}, item: member('member', item) };
    const value = Array.from({ length: 3_000 }, (_, index) => ({
      Text: index % 50 === 0 ? '\u672c "quoted"' : 'a text of more than sixteen',
      Number: index * 1_000_003,
    }));
    assert.equal(writerOf(list)(value), JSON.stringify(value));
  });

  test('as a text where it is ASCII, else as bytes', () => {
    const write = jsonWriters({ jsonName: false }).bodyWriterOf(structure(member('Text', simple('string'))));
    assert.equal(write({ Text: 'plain' }), '{"Text":"plain"}');
    assert.deepEqual(write({ Text: '\u00e9' }), Buffer.from('{"Text":"\u00e9"}'));
  });

  test('after one that could not be written', () => {
    const write = writerOf(structure(member('At', simple('timestamp')), member('Doc', simple('document'))));
    assert.throws(() => write({ At: 'no date' }), TypeError);
    const within = { toJSON: () => write({}) };
    assert.throws(() => write({ Doc: within }), /within another/);
    assert.equal(write({ At: new Date(1_500) }), '{"At":1.5}');
  });

  test('without what the model does not know', () => {
    const write = writerOf(structure(member('One', simple('number')), member('Two', simple('boolean'))));
    assert.equal(write({ Two: true, Secret: 'x', One: 1, Three: null }), '{"Two":true,"One":1}');
  });
});

describe('a body of JSON is read', () => {
  test('as V8 reads it', () => readsAsV8(60));

  const shape = structure(
    member('Text', simple('string')),
    member('Number', simple('number')),
    member('At', simple('timestamp')),
    member('Flag', simple('boolean')),
  );
  const directly = (text: string) => {
    const body = Buffer.from(text);
    layOut(body);
    return directReaders({ jsonName: false })(shape)(body.length);
  };

  test('without V8 when it is as clients write it, in any order, with or without spaces', () => {
    const expected = { Text: 'a "text"', Number: 12, At: new Date(1_790_000_000_120), Flag: true };
    const texts = [
      '{"Text":"a \\"text\\"","Number":12,"At":1790000000.12,"Flag":true}',
      '{"Flag": true, "At": 1790000000.12, "Number": 12, "Text": "a \\"text\\""}',
    ];
    for (const text of texts) assert.deepEqual(directly(text), expected);
  });

  test('with V8 when anything else is in it', () => {
    for (const text of [
      '{"Unknown":1}',
      '{"Text":null}',
      '{"Number":01}',
      '{"Number":1',
      '{"Text":"a"}x',
      '{"Text":"a",}',
      '{"Text":"\u0001"}',
      '{\n"Text":"a"}',
      ' {}',
      '',
    ]) {
      assert.equal(directly(text), undefined, text);
    }
  });

  test('again without V8 some time after one that was unusual', () => {
    const read = jsonReaders({ jsonName: false }).bodyReaderOf(shape);
    for (let time = 0; time < 80; time += 1) {
      assert.deepEqual(read(Buffer.from('{"Text":"a","Other":[]}'), 100), { Text: 'a' });
      assert.deepEqual(read(Buffer.from('{"Text":"a"}'), 100), { Text: 'a' });
    }
    assert.throws(() => read(Buffer.from(`{"Other":${'['.repeat(200)}`), 100), /too deeply/);
    assert.throws(() => read(Buffer.from([0x7b, 0x22, 0xff, 0x22]), 100), /not JSON/);
  });
});
