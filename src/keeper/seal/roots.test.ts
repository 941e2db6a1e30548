import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { keeperSeal } from '../client/index.ts';
import { fieldsOf, testToken } from '../testing.ts';
import { type SealedVault, sealedVault } from './sealed-vault.ts';

const ACCOUNT = '000012345678';
const PIN = 'token-pin';
const CLUSTER = 'cluster-abcdefghijk';

describe('root keys', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'honmaru-roots-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const place = () => ({ data: join(folder, 'data'), keyFile: join(folder, 'config', 'keeper.key') });
  const ask = async (vault: SealedVault, operation: string, ...words: (string | Buffer)[]) =>
    (await vault.answer(operation, fieldsOf(words))).map((each) => Buffer.from(each));
  const seal = () => JSON.parse(readFileSync(keeperSeal(place().data), 'utf8'));
  const status = async (vault: SealedVault) => (await ask(vault, 'status')).map(String);

  test('account keys open under a new root key, and are sealed under it; then the old one is gone', async () => {
    const vault = await sealedVault(place());
    const [before = Buffer.alloc(0)] = await ask(vault, 'new-account-key', ACCOUNT);
    const old = seal();
    await ask(vault, 'rekey', 'new-root', 'kms', Buffer.alloc(32, 1).toString('base64'), '{}');
    await ask(vault, 'rekey', 'new-root', 'shamir', '2', '2').then(async (shares) => {
      assert.equal((await status(vault))[5], '2');
      await ask(vault, 'seal');
      for (const share of shares) await ask(vault, 'unseal', share.toString());
    });
    assert.notEqual(seal().rootId, old.rootId);
    const made = await ask(vault, 'generate', ACCOUNT, before, 'a-key', 'HMAC_256');
    assert.equal(made.length, 3);
    const [again = before] = await ask(vault, 'rewrap-account-key', ACCOUNT, before);
    assert.equal(again.equals(before), false);
    assert.deepEqual(await ask(vault, 'rewrap-account-key', ACCOUNT, again), [again]);
    await assert.rejects(async () => ask(vault, 'rewrap-account-key', '000099998888', before), {
      code: 'wrapped',
    });
    await assert.rejects(ask(vault, 'forget-previous-roots', old.rootId), { code: 'request' });
    await ask(vault, 'forget-previous-roots', seal().rootId);
    assert.deepEqual([(await status(vault))[5], seal().previous], ['0', undefined]);
    assert.equal((await ask(vault, 'generate', ACCOUNT, again, 'b-key', 'HMAC_256')).length, 3);
    await assert.rejects(ask(vault, 'generate', '000011112222', before, 'c-key', 'HMAC_256'), {
      code: 'wrapped',
    });
  });

  test('whoever changes the seal waits for the change before it, and nobody writes over a new root key', async () => {
    const vault = await sealedVault(place());
    const first = seal().rootId;
    const words = Buffer.alloc(32, 2).toString('base64');
    await Promise.all([
      ask(vault, 'rekey', 'same-root', 'shamir', '2', '2'),
      ask(vault, 'rekey', 'new-root', 'kms', words, '{}'),
    ]);
    assert.deepEqual([seal().method, seal().rootId === first, seal().previous.length], ['kms', false, 1]);
    const replaced = { ...seal(), rootId: first };
    writeFileSync(keeperSeal(place().data), JSON.stringify(replaced));
    await assert.rejects(ask(vault, 'rekey', 'same-root', 'shamir', '2', '2'), { code: 'request' });
    assert.deepEqual(seal(), replaced);
  });

  test('what another KMS keeps opens the seal, and nothing else does', async () => {
    const vault = await sealedVault(place());
    const facts = { keyId: 'k', ciphertext: 'AA==', boundTo: 'id' };
    const words = Buffer.alloc(32, 7).toString('base64');
    await ask(vault, 'rekey', 'same-root', 'kms', words, JSON.stringify(facts));
    assert.deepEqual(seal().kms, facts);
    const again = await sealedVault(place());
    assert.deepEqual((await status(again)).slice(0, 2), ['sealed', 'kms']);
    await assert.rejects(ask(again, 'unseal', Buffer.alloc(32, 8).toString('base64')), { code: 'unseal' });
    await assert.rejects(ask(again, 'unseal', 'short'), { code: 'unseal' });
    assert.equal((await ask(again, 'unseal', words))[0]?.toString(), 'open');
  });

  test('a token opens the seal by its PIN, and by itself where a file holds that', async (context) => {
    const socket = join(folder, 'p11.sock');
    const token = await testToken(socket, 'vault', PIN);
    try {
      const vault = await sealedVault(place());
      const rekey = (pin: string) => ask(vault, 'rekey', 'same-root', 'pkcs11', CLUSTER, pin);
      const describeToken = (more: object = {}) => {
        const clusters = { [CLUSTER]: { socket, token: 'vault', ...more } };
        const content = JSON.stringify({ schema: 'honmaru.hsm/1', clusters });
        writeFileSync(join(folder, 'config', 'hsm.json'), content, { mode: 0o600 });
      };
      await assert.rejects(rekey(PIN), { code: 'unseal', message: /has no cluster/ });
      describeToken();
      await assert.rejects(rekey('wrong'), { code: 'unseal', message: /INVALID_CREDENTIALS/ });
      await rekey(PIN);
      const again = await sealedVault(place());
      assert.deepEqual((await status(again)).slice(0, 2), ['sealed', 'pkcs11']);
      await assert.rejects(ask(again, 'unseal', ''), {
        code: 'unseal',
        message: /PIN of the token is needed/,
      });
      await ask(again, 'unseal', PIN);
      assert.equal((await status(again))[0], 'open');
      writeFileSync(join(folder, 'config', 'pin'), `${PIN}\n`, { mode: 0o600 });
      describeToken({ pinFile: 'pin' });
      assert.equal((await status(await sealedVault(place())))[0], 'open');
      const troubles: string[] = [];
      const closed = async () => {
        const vault = await sealedVault(place(), Date.now, (message) => troubles.push(message));
        assert.equal((await status(vault))[0], 'sealed');
        return troubles.pop() ?? '';
      };
      token.pin = 'another';
      context.mock.timers.enable({ apis: ['setTimeout'] });
      assert.match(await closed(), /INVALID_CREDENTIALS/);
      const tried = token.logins;
      context.mock.timers.tick(60_000);
      context.mock.timers.reset();
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(token.logins, tried, 'a PIN that was refused is not tried again: a token may lock');
      token.pin = PIN;
      token.keys.clear();
      assert.match(await closed(), /KEY_NOT_FOUND/);
    } finally {
      await token.close();
    }
  });
});
