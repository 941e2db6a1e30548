import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  ConnectCustomKeyStoreCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DecryptCommand,
  DescribeCustomKeyStoresCommand,
  DescribeKeyCommand,
  DisconnectCustomKeyStoreCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyPairCommand,
  GenerateRandomCommand,
  GetParametersForImportCommand,
  KMSClient,
  ReEncryptCommand,
  RotateKeyOnDemandCommand,
  UpdateCustomKeyStoreCommand,
} from '@aws-sdk/client-kms';
import { PYENV_ROOT, programOnPath } from './program.ts';
import { runAsync } from './run-async.ts';
import { CLUSTER, NO_TOKEN, PIN, type SoftHsm, softHsm } from './soft-hsm.ts';
import { environmentOf, setUp, startNode, type UpNode } from './up-node.ts';

const aws = programOnPath('aws');

describe('a custom key store in a PKCS #11 token (SoftHSM)', { skip: NO_TOKEN }, () => {
  let folder = '';
  let hsm: SoftHsm;
  let node: UpNode;
  let kms: KMSClient;
  let env: NodeJS.ProcessEnv;
  let id = '';
  let key = '';
  let blob: Uint8Array | undefined;

  const client = () => {
    const file = readFileSync(join(folder, 'aws-credentials'), 'utf8');
    const setting = (name: string) => new RegExp(`${name} = (.*)`).exec(file)?.[1] ?? '';
    const credentials = {
      accessKeyId: setting('aws_access_key_id'),
      secretAccessKey: setting('aws_secret_access_key'),
    };
    return new KMSClient({ endpoint: node.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  };
  const store = async () =>
    (await kms.send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreId: id }))).CustomKeyStores?.[0];
  const opened = async () =>
    Buffer.from((await kms.send(new DecryptCommand({ CiphertextBlob: blob }))).Plaintext ?? '').toString();
  const inStore = (more: Partial<CreateKeyCommandInput> = {}) =>
    kms.send(new CreateKeyCommand({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: id, ...more }));

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'honmaru-hsm-'));
    hsm = await softHsm(folder);
    hsm.describeIn(join(folder, 'config', 'honmaru'));
    node = await startNode(folder);
    setUp(folder, ['--endpoint', node.endpoint, '--profile', 'hsm']);
    kms = client();
    env = { ...environmentOf(folder), AWS_PROFILE: 'hsm', AWS_PAGER: '' };
  });
  after(async () => {
    kms?.destroy();
    await node?.stop();
    await hsm?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test('aws-cli makes and connects a key store', {
    skip: aws === undefined && 'SKIPPED: no aws',
  }, async () => {
    const cli = (...words: string[]) =>
      runAsync(aws ?? '', ['kms', ...words, '--output', 'json'], {
        cwd: folder,
        env: { ...env, PYENV_ROOT },
      });
    const words = [
      'create-custom-key-store',
      '--custom-key-store-name',
      'vault',
      '--cloud-hsm-cluster-id',
      CLUSTER,
    ];
    const certificate = ['--trust-anchor-certificate', `file://${hsm.certificate}`];
    const other = join(folder, 'other.crt');
    writeFileSync(other, 'no certificate');
    const refused = await cli(
      ...words,
      '--key-store-password',
      PIN,
      '--trust-anchor-certificate',
      `file://${other}`,
    );
    assert.match(refused.err, /IncorrectTrustAnchorException/);
    const made = await cli(...words, '--key-store-password', PIN, ...certificate);
    assert.equal(made.code, 0, made.err);
    id = JSON.parse(made.out).CustomKeyStoreId;
    assert.match(
      (await cli(...words, '--key-store-password', PIN, ...certificate)).err,
      /CustomKeyStoreNameInUse/,
    );
    assert.equal((await store())?.ConnectionState, 'DISCONNECTED');
    const early = await cli('create-key', '--origin', 'AWS_CLOUDHSM', '--custom-key-store-id', id);
    assert.match(early.err, /CustomKeyStoreInvalidStateException/);
    assert.equal((await cli('connect-custom-key-store', '--custom-key-store-id', id)).code, 0);
    assert.equal((await store())?.ConnectionState, 'CONNECTED');

    const key1 = await cli('create-key', '--origin', 'AWS_CLOUDHSM', '--custom-key-store-id', id);
    assert.equal(key1.code, 0, key1.err);
    const { KeyMetadata } = JSON.parse(key1.out);
    assert.deepEqual(
      [KeyMetadata.Origin, KeyMetadata.CustomKeyStoreId, KeyMetadata.CloudHsmClusterId, KeyMetadata.KeyState],
      ['AWS_CLOUDHSM', id, CLUSTER, 'Enabled'],
    );
    key = KeyMetadata.KeyId;
    writeFileSync(join(folder, 'plain'), 'in the token');
    const encrypted = await cli(
      'encrypt',
      '--key-id',
      key,
      '--plaintext',
      `fileb://${join(folder, 'plain')}`,
    );
    assert.equal(encrypted.code, 0, encrypted.err);
    blob = Buffer.from(JSON.parse(encrypted.out).CiphertextBlob, 'base64');
    const path = join(folder, 'blob');
    writeFileSync(path, blob);
    const decrypted = await cli('decrypt', '--ciphertext-blob', `fileb://${path}`);
    assert.equal(Buffer.from(JSON.parse(decrypted.out).Plaintext, 'base64').toString(), 'in the token');
  });

  test('the key is in the token, and cannot leave it', () => {
    const { out } = hsm.tool('--list-objects', '--type', 'secrkey');
    assert.match(out, new RegExp(`label: +honmaru ${key}`));
    assert.match(out, /Access: +sensitive, always sensitive, never extractable, local/);
  });

  test('data keys, encryption contexts and re-encryption between token and keeper', async () => {
    const context = { EncryptionContext: { app: 'web' } };
    const made = await kms.send(new GenerateDataKeyCommand({ KeyId: key, KeySpec: 'AES_256', ...context }));
    const back = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, ...context }));
    assert.deepEqual(back.Plaintext, made.Plaintext);
    assert.equal(made.KeyMaterialId, undefined);
    await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob })), {
      name: 'InvalidCiphertextException',
    });
    const { KeyMetadata: local } = await kms.send(new CreateKeyCommand({}));
    const moved = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob: blob,
        DestinationKeyId: local?.KeyId,
        DestinationEncryptionContext: { a: 'b' },
      }),
    );
    const again = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob: moved.CiphertextBlob,
        SourceEncryptionContext: { a: 'b' },
        DestinationKeyId: key,
      }),
    );
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: again.CiphertextBlob }));
    assert.equal(Buffer.from(Plaintext ?? '').toString(), 'in the token');
    const random = await kms.send(new GenerateRandomCommand({ NumberOfBytes: 24, CustomKeyStoreId: id }));
    assert.equal(random.Plaintext?.length, 24);
  });

  test('what keys in key stores cannot do is refused', async () => {
    const unsupported = { name: 'UnsupportedOperationException' };
    await assert.rejects(inStore({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }), unsupported);
    await assert.rejects(inStore({ MultiRegion: true }), unsupported);
    await assert.rejects(inStore({ Origin: 'AWS_KMS' }), { name: 'ValidationException' });
    await assert.rejects(inStore({ CustomKeyStoreId: 'cks-none' }), {
      name: 'CustomKeyStoreNotFoundException',
    });
    await assert.rejects(kms.send(new EnableKeyRotationCommand({ KeyId: key })), unsupported);
    await assert.rejects(kms.send(new RotateKeyOnDemandCommand({ KeyId: key })), unsupported);
    const pair = { KeyId: key, KeyPairSpec: 'ECC_NIST_P256' as const };
    await assert.rejects(kms.send(new GenerateDataKeyPairCommand(pair)), unsupported);
    const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
    await assert.rejects(
      kms.send(new GetParametersForImportCommand({ KeyId: key, ...wrapping })),
      unsupported,
    );
  });

  test('a token that is gone, one that is back, a keeper and a server that start again', async () => {
    await hsm.stop();
    await assert.rejects(opened(), { name: 'KMSInvalidStateException' });
    await hsm.start();
    assert.equal(await opened(), 'in the token');
    await node.stop();
    node = await startNode(folder);
    kms.destroy();
    kms = client();
    assert.equal(await opened(), 'in the token');
  });

  test('disconnected: nothing opens; connected again: it does; a wrong password says so', async () => {
    await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await assert.rejects(opened(), { name: 'KMSInvalidStateException', message: /is unavailable/ });
    await assert.rejects(kms.send(new EncryptCommand({ KeyId: key, Plaintext: Buffer.from('x') })), {
      name: 'KMSInvalidStateException',
    });
    const shown = await kms.send(new DescribeKeyCommand({ KeyId: key }));
    assert.equal(shown.KeyMetadata?.KeyState, 'Unavailable');
    const update = (KeyStorePassword: string) =>
      kms.send(new UpdateCustomKeyStoreCommand({ CustomKeyStoreId: id, KeyStorePassword }));
    const connect = () => kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await update('another-pin');
    await connect();
    assert.deepEqual(
      [(await store())?.ConnectionState, (await store())?.ConnectionErrorCode],
      ['FAILED', 'INVALID_CREDENTIALS'],
    );
    await assert.rejects(connect(), { name: 'CustomKeyStoreInvalidStateException' });
    await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await update(PIN);
    await connect();
    assert.equal(await opened(), 'in the token');
  });

  test('a key that is deleted in the token opens nothing any more, and says why', async () => {
    const { KeyMetadata } = await inStore();
    const KeyId = KeyMetadata?.KeyId;
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('lost') }));
    const listed = hsm.tool('--list-objects', '--type', 'secrkey').out;
    const [, object = ''] = new RegExp(`honmaru ${KeyId}\\s+ID:\\s+([0-9a-f]+)`).exec(listed) ?? [];
    const deleted = hsm.tool('--delete-object', '--type', 'secrkey', '--id', object);
    assert.equal(deleted.code, 0, deleted.err);
    await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob })), {
      name: 'KMSInvalidStateException',
      message: /key material is not in the cluster/,
    });
    assert.equal(await opened(), 'in the token');
  });

  test('the password is in no file', () => {
    const { out } = { out: node.output() };
    assert.equal(out.includes(PIN), false);
    for (const file of ['data/honmaru/honmaru.db', 'data/honmaru/honmaru.db-wal']) {
      const bytes = readFileSync(join(folder, file));
      for (const form of ['latin1', 'utf16le'] as const)
        assert.equal(bytes.includes(Buffer.from(PIN, form)), false);
      assert.equal(bytes.includes(Buffer.from(PIN).toString('base64')), false);
    }
  });
});
