import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { PLAINTEXT, type SealedNode, sealedNode } from './sealed-node.ts';
import { CLUSTER, NO_TOKEN, PIN, type SoftHsm, softHsm } from './soft-hsm.ts';

describe('a root key that is sealed elsewhere', () => {
  let folder = '';
  let one: SealedNode;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'honmaru-seal-'));
    one = await sealedNode(join(folder, 'one'));
  });
  after(async () => {
    await one?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test('another KMS: opens at the start by the standard chain of credentials', async () => {
    const other = await sealedNode(join(folder, 'other'));
    const { accessKeyId, secretAccessKey } = other.credentials();
    const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const words = `rekey --method kms --key-id ${other.keyId} --endpoint-url ${other.node().endpoint}`;
    try {
      const own = one.credentials();
      const itself = await one.tend(
        `rekey --method kms --key-id ${one.keyId} --endpoint-url ${one.node().endpoint}`,
        '',
        { AWS_ACCESS_KEY_ID: own.accessKeyId, AWS_SECRET_ACCESS_KEY: own.secretAccessKey },
      );
      assert.match(itself.err, /cannot be sealed by the KMS whose keys it holds/);
      assert.equal(one.seal().method, 'key-file');
      const made = await one.tend(words, '', env);
      assert.equal(made.code, 0, made.err);
      await one.tend('seal');
      assert.equal((await one.tend('unseal', '', env)).code, 0);
      await one.restart(env);
      assert.equal(await one.openedWithin(10), PLAINTEXT);
      await one.restart({ AWS_ACCESS_KEY_ID: 'HMKA', AWS_SECRET_ACCESS_KEY: 'wrong' });
      assert.match(await one.openedWithin(2), /KMSInternalException/);
      assert.match(one.node().output(), /KMS does not give the key/);
      assert.equal((await one.tend('unseal', '', env)).code, 0);
      assert.equal(await one.opened(), PLAINTEXT);
    } finally {
      await other.stop();
    }
  });

  test('a PKCS #11 token: by a typed PIN, and by itself with a PIN file', { skip: NO_TOKEN }, async () => {
    const hsm: SoftHsm = await softHsm(join(folder, 'hsm'));
    const place = join(one.folder, 'config', 'honmaru');
    const rekey = `rekey --method pkcs11 --cluster ${CLUSTER}`;
    try {
      assert.match((await one.tend(rekey, PIN)).err, /has no cluster/);
      hsm.describeIn(place);
      assert.match((await one.tend(rekey, 'wrong-pin')).err, /INVALID_CREDENTIALS/);
      assert.equal(one.seal().method === 'pkcs11', false);
      const made = await one.tend(rekey, `${PIN}\n`);
      assert.equal(made.code, 0, made.err);
      await one.restart();
      await assert.rejects(one.opened(), { name: 'KMSInternalException' });
      assert.match((await one.tend('status')).out, /sealed \(pkcs11\)/);
      assert.match((await one.tend('unseal', 'wrong-pin')).err, /INVALID_CREDENTIALS/);
      assert.equal((await one.tend('unseal', PIN)).code, 0);
      assert.equal(await one.opened(), PLAINTEXT);

      writeFileSync(join(place, 'pin'), `${PIN}\n`, { mode: 0o600 });
      hsm.describeIn(place, { pinFile: 'pin' });
      assert.equal((await one.tend(`${rekey} --pin-file --new-root`)).code, 0);
      await one.restart();
      assert.equal(await one.opened(), PLAINTEXT);
      await hsm.stop();
      await one.restart();
      await assert.rejects(one.opened(), { name: 'KMSInternalException' });
      await hsm.start();
      assert.equal(await one.openedWithin(12), PLAINTEXT);
    } finally {
      await hsm.stop();
    }
  });
});
