import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { RETURNED, TokenError } from '../pkcs11/cryptoki.ts';
import { type TestToken, testToken } from '../pkcs11/testing.ts';
import { keyStores } from './key-stores.ts';

const CLUSTER = 'cluster-abcdefghijk';
const STORE = 'cks-1';
const PIN = Buffer.from('token-pin');

describe('key stores in a token', () => {
  let folder = '';
  let token: TestToken;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'honmaru-hsm-'));
    const socket = join(folder, 'p11.sock');
    token = await testToken(socket, 'vault', String(PIN));
    const clusters = { [CLUSTER]: { socket, token: 'vault' } };
    const content = JSON.stringify({ schema: 'honmaru.hsm/1', clusters });
    writeFileSync(join(folder, 'hsm.json'), content, { mode: 0o600 });
  });
  after(async () => {
    await token.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const stores = () => keyStores(join(folder, 'hsm.json'), () => undefined);

  test('a password that the token refused is not tried again before somebody disconnects', async () => {
    const held = stores();
    const wrong = Buffer.from('another-pin');
    const tried = token.logins;
    for (let time = 0; time < 3; time += 1) {
      await assert.rejects(held.connect(STORE, CLUSTER, wrong), {
        code: 'hsm',
        message: 'INVALID_CREDENTIALS',
      });
    }
    assert.equal(token.logins, tried + 1);
    await held.connect(STORE, CLUSTER, PIN);
    held.disconnect(STORE);
    await assert.rejects(held.connect(STORE, CLUSTER, wrong), { code: 'hsm' });
    held.disconnect(STORE);
    await assert.rejects(held.connect(STORE, CLUSTER, wrong), { code: 'hsm' });
    assert.equal(token.logins, tried + 4);
    held.close();
  });

  test('a token that has forgotten who signed in is signed in to anew', async () => {
    const held = stores();
    await held.connect(STORE, CLUSTER, PIN);
    const forgotten = held.use(STORE, () => Promise.reject(new TokenError(RETURNED.USER_NOT_LOGGED_IN)));
    await assert.rejects(forgotten, { code: 'miss' });
    await assert.rejects(
      held.use(STORE, (each) => each.random(8)),
      { code: 'miss' },
    );
    await held.connect(STORE, CLUSTER, PIN);
    assert.equal((await held.use(STORE, (each) => each.random(8))).length, 8);
    held.close();
  });

  test('who seals while a store is being connected is not overtaken', async () => {
    const held = stores();
    const connecting = held.connect(STORE, CLUSTER, PIN);
    held.close();
    await assert.rejects(connecting, { code: 'sealed' });
    await assert.rejects(
      held.use(STORE, (each) => each.random(8)),
      { code: 'miss' },
    );
  });
});
