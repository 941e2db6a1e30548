import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { frameReader } from '../client/frame-reader.ts';
import { frameWriter } from '../client/frame-writer.ts';
import { MOST_FRAME_BYTES, nameOfFields } from '../client/frames.ts';
import { keeperConnection, keeperOver, keeperSeal } from '../client/index.ts';
import { serveVault } from '../server.ts';
import { fieldsOf } from '../testing.ts';
import { sealedVault } from './sealed-vault.ts';

describe('the seal of the root key', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'honmaru-keeper-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const place = () => ({ data: join(folder, 'data'), keyFile: join(folder, 'config', 'keeper.key') });
  const ask = async (vault: Awaited<ReturnType<typeof sealedVault>>, operation: string, ...words: string[]) =>
    (await vault.answer(operation, fieldsOf(words.map((word) => Buffer.from(word))))).map(String);

  test('the first start makes a key file outside of the data; the next opens by it', async () => {
    const first = await sealedVault(place());
    const account = await first.answer('new-account-key', fieldsOf([Buffer.from('000012345678')]));
    const again = await sealedVault(place());
    assert.equal((await ask(again, 'status'))[0], 'open');
    const fields = [
      Buffer.from('000012345678'),
      Buffer.from(account[0] ?? ''),
      Buffer.from('k'),
      Buffer.from('HMAC_256'),
    ];
    assert.equal((await again.answer('generate', fieldsOf(fields))).length, 3);
    const seal = readFileSync(keeperSeal(place().data), 'utf8');
    assert.equal(seal.includes(readFileSync(place().keyFile, 'utf8').trim()), false);
  });

  test('a key file in the data directory, one that others can read, and another one are refused', async () => {
    const inside = { ...place(), keyFile: join(folder, 'data', 'k') };
    await assert.rejects(sealedVault(inside), { code: 'keeper-key-inside' });
    await sealedVault(place());
    chmodSync(place().keyFile, 0o640);
    await assert.rejects(sealedVault(place()), { code: 'keeper-key-open' });
    chmodSync(place().keyFile, 0o600);
    rmSync(place().keyFile);
    const sealed = await sealedVault(place());
    assert.deepEqual((await ask(sealed, 'status')).slice(0, 2), ['sealed', 'key-file']);
    assert.throws(() => sealed.answer('random', fieldsOf([Buffer.from('8')])), { code: 'sealed' });
  });

  test('any k of n shares unseal, and fewer or wrong ones do not', async () => {
    const vault = await sealedVault(place());
    const shares = await ask(vault, 'rekey', 'same-root', 'shamir', '4', '3');
    await ask(vault, 'seal');
    assert.deepEqual((await ask(vault, 'unseal', shares[3] ?? '')).slice(2, 4), ['3', '1']);
    assert.equal((await ask(vault, 'unseal', shares[3] ?? ''))[3], '1');
    await ask(vault, 'unseal', shares[0] ?? '');
    const wrong = `${shares[1]?.slice(0, -4)}AAA${shares[1]?.slice(-1)}`;
    await assert.rejects(ask(vault, 'unseal', wrong), { code: 'unseal', message: /typing error/ });
    assert.equal((await ask(vault, 'status'))[3], '2', 'what others gave stays given');
    assert.equal((await ask(vault, 'unseal', shares[1] ?? ''))[0], 'open');
    await assert.rejects(ask(vault, 'rekey', 'same-root', 'shamir', '2', '3'), { code: 'request' });
  });

  test('over the socket: many questions at once, and bytes that are none end only their connection', async () => {
    const path = join(folder, 'keeper.sock');
    const server = await serveVault(await sealedVault(place()), path, (error) => assert.fail(String(error)));
    const connection = keeperConnection(path, false);
    const keeper = keeperOver(connection.ask);
    const answers = await Promise.all(Array.from({ length: 200 }, () => keeper.ask('random', ['16'])));
    assert.equal(new Set(answers.map(([bytes]) => bytes?.toString('hex'))).size, 200);
    await assert.rejects(keeper.ask('nonsense', []), { code: 'request' });
    await assert.rejects(keeper.ask('random', []), { code: 'request' });
    const { connect } = await import('node:net');
    const stranger = connect(path).on('error', () => undefined);
    stranger.write(Buffer.alloc(64, 0xff));
    await new Promise((resolve) => stranger.once('close', resolve));
    assert.equal((await keeper.status()).sealed, false);
    connection.close();
    server.close();
  });
});

test('frames come out as they went in, however they are cut', () => {
  const field = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 20 }));
  const frames = fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(frames, fc.integer({ min: 1, max: 40 }), (sent, step) => {
      const writer = frameWriter();
      for (const [index, fields] of sent.entries()) writer.write(index, 'first', fields);
      const bytes = writer.take();
      const seen: string[][] = [];
      const read = frameReader((frame) => {
        assert.equal(frame.number, seen.length);
        assert.equal(frame.text(), 'first');
        const fields: string[] = [];
        while (frame.more) fields.push(frame.bytes().toString('hex'));
        seen.push(fields);
      });
      for (let at = 0; at < bytes.length; at += step) read(Buffer.from(bytes.subarray(at, at + step)));
      assert.deepEqual(
        seen,
        sent.map((fields) => fields.map((each) => Buffer.from(each).toString('hex'))),
      );
    }),
    { numRuns: 60 },
  );
});

test('a frame that is too long is refused, and the next one goes out whole', () => {
  const writer = frameWriter();
  writer.write(1, 'a', ['before']);
  assert.throws(() => writer.write(2, 'b', [Buffer.alloc(MOST_FRAME_BYTES)]), RangeError);
  assert.throws(
    () =>
      writer.write(
        2,
        'b',
        Array.from({ length: 16 }, () => ''),
      ),
    RangeError,
  );
  writer.write(3, 'c', ['äöü']);
  const seen: string[] = [];
  frameReader((frame) => seen.push(`${frame.number} ${frame.text()} ${frame.text()}`))(writer.take());
  assert.deepEqual(seen, ['1 a before', '3 c äöü']);
  assert.equal(writer.take().length, 0);
});

test('fields are looked up by the name that they were kept under, and no others', () => {
  const fields = fieldsOf(['ab', 'c', 'rest']);
  assert.equal(fields.name(2), nameOfFields(['ab', 'c']));
  assert.notEqual(nameOfFields(['ab', 'c']), nameOfFields(['a', 'bc']));
  assert.equal(fields.text(), 'rest');
  assert.throws(() => fields.bytes(), { code: 'request' });
});
