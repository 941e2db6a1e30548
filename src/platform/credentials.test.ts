import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accountOfKey, newAccessKeyId } from './access-key-ids.ts';
import { sealer, sealPort } from './seal.ts';
import { sessionKeys } from './sessions.ts';

const KEY = new Uint8Array(32).fill(1);
const OTHER = new Uint8Array(32).fill(2);

test('an access key id has a prefix of our own and tells its account', () => {
  const id = newAccessKeyId('HMKA', '000012345678');
  assert.match(id, /^HMKA[A-Z2-7]{16}$/);
  assert.equal(accountOfKey(id), '000012345678');
  assert.equal(accountOfKey(newAccessKeyId('HMSA', '999999999999')), '999999999999');
  assert.equal(accountOfKey('AKIAIOSFODNN7EXAMPLE'), undefined);
});

describe('what is sealed', () => {
  test('opens for its purpose and key only, and not when a byte was changed', () => {
    const records = sealer(KEY, 'records');
    const sealed = records.seal(Buffer.from('secret'), 'a');
    assert.equal(records.open(sealed, 'a')?.toString(), 'secret');
    assert.equal(records.open(sealed, 'b'), undefined);
    assert.equal(sealer(OTHER, 'records').open(sealed, 'a'), undefined);
    assert.equal(sealer(KEY, 'sessions').open(sealed, 'a'), undefined);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      assert.equal(records.open(changed, 'a'), undefined);
    }
  });

  test('is never the same text twice', async () => {
    const port = sealPort(KEY);
    assert.notEqual(await port.seal('x', 'p'), await port.seal('x', 'p'));
    await assert.rejects(port.open('nonsense', 'p'), { code: 'seal-broken' });
  });
});

describe('a session token', () => {
  const session = {
    kind: 'role',
    account: '000012345678',
    principalId: 'AROAEXAMPLE',
    name: 'me',
    issuedAt: 1,
    expiresAt: 2,
    policies: ['{"Version":"2012-10-17","Statement":[]}'],
    tags: { team: 'a' },
  } as const;

  test('holds the session for every node with the root key', async () => {
    const { port } = sessionKeys(KEY);
    const made = await port.mintSession(session);
    const opened = sessionKeys(KEY).open(made.sessionToken);
    assert.deepEqual(opened, { ...session, accessKeyId: made.accessKeyId, secret: made.secretAccessKey });
    assert.equal(sessionKeys(OTHER).open(made.sessionToken), undefined);
    assert.equal(port.accountOf(made.accessKeyId), session.account);
  });

  test('is none when it was changed or is no token', async () => {
    const { port, open } = sessionKeys(KEY);
    const { sessionToken } = await port.mintSession(session);
    const bytes = Buffer.from(sessionToken, 'base64');
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    assert.equal(open(bytes.toString('base64')), undefined);
    for (const text of ['', 'x', 'A'.repeat(10_000)]) assert.equal(open(text), undefined);
  });
});
