import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { answerOf, type CallName } from './message.ts';
import { type TestToken, testToken } from './testing.ts';
import { openToken, type Token } from './token.ts';

describe('a PKCS #11 token over the protocol of p11-kit', () => {
  let folder = '';
  let served: TestToken;
  let token: Token;
  const place = () => ({ socket: join(folder, 'p11.sock'), label: 'vault' });
  const pin = Buffer.from('12345678');

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'honmaru-token-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    served = await testToken(place().socket, 'vault', '12345678');
    token = await openToken(place(), pin);
  });
  afterEach(async () => {
    token.close();
    await served.close();
  });

  test('a key is made in the token and authenticates there', async () => {
    const id = await token.makeKey('honmaru key');
    const data = Buffer.from('what is authenticated');
    const key = served.keys.get(id.toString('hex')) ?? '';
    assert.deepEqual(await token.mac(id, data), createHmac('sha512', key).update(data).digest());
    assert.equal((await token.random(33)).length, 33);
  });

  test('another line finds it by its id; many questions at once get their own answers', async () => {
    const id = await token.makeKey('honmaru key');
    const other = await openToken(place(), pin);
    const data = Array.from({ length: 50 }, (_, index) => Buffer.from(`message ${index}`));
    const [here, there] = await Promise.all([
      Promise.all(data.map((each) => token.mac(id, each))),
      Promise.all(data.map((each) => other.mac(id, each))),
    ]);
    assert.deepEqual(here, there);
    assert.equal(new Set(here.map((each) => each.toString('hex'))).size, data.length);
    other.close();
  });

  test('a key that was deleted is missed, whether its handle is known or not', async () => {
    const [id, gone] = [await token.makeKey('a'), await token.makeKey('b')];
    served.keys.delete(id.toString('hex'));
    await assert.rejects(token.mac(id, pin), { returned: 0x60 });
    await assert.rejects(token.mac(id, pin), { returned: 0x82 });
    await token.destroyKey(gone);
    assert.equal(served.keys.size, 0);
  });

  test('a wrong PIN, another label and a socket that is none are told apart', async () => {
    await assert.rejects(openToken(place(), Buffer.from('87654321')), { returned: 0xa0 });
    await assert.rejects(openToken({ ...place(), label: 'vaults' }, pin), { returned: 0xe0 });
    await assert.rejects(openToken({ ...place(), label: 'x'.repeat(33) }, pin), { returned: 0xe0 });
    await assert.rejects(openToken({ ...place(), socket: join(folder, 'none') }, pin), {
      name: 'ChannelError',
    });
  });

  test('a line that breaks refuses what waits and what comes later', async () => {
    const id = await token.makeKey('a');
    const waiting = token.mac(id, pin);
    token.close();
    await assert.rejects(waiting, { name: 'ChannelError' });
    await assert.rejects(token.mac(id, pin), { name: 'ChannelError' });
    assert.equal(token.open, false);
  });

  test('what is no answer ends the line', async () => {
    const path = join(folder, 'noise.sock');
    const noise = createServer((socket) => socket.on('error', () => undefined).write(Buffer.alloc(64, 0xff)));
    await new Promise<void>((resolve) => noise.listen(path, resolve));
    await assert.rejects(openToken({ socket: path, label: 'vault' }, pin), { name: 'ChannelError' });
    noise.close();
  });
});

test('whatever bytes answer a call, they are read or refused with a RangeError', () => {
  const names: CallName[] = ['GetSlotList', 'GetAttributeValue', 'Sign', 'OpenSession'];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.uint8Array({ maxLength: 80 }), (name, bytes) => {
      try {
        const answer = answerOf(name, Buffer.from(bytes));
        if ('fields' in answer) answer.fields.bytes();
      } catch (error) {
        assert.ok(error instanceof RangeError);
      }
    }),
    { numRuns: 200 },
  );
});
