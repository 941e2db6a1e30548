import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  ConnectCustomKeyStoreCommand,
  CreateCustomKeyStoreCommand,
  type CreateCustomKeyStoreCommandInput,
  CreateKeyCommand,
  DecryptCommand,
  DeleteCustomKeyStoreCommand,
  DescribeCustomKeyStoresCommand,
  DescribeKeyCommand,
  DisconnectCustomKeyStoreCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  ReEncryptCommand,
  UpdateCustomKeyStoreCommand,
} from '@aws-sdk/client-kms';
import { programOnPath } from './program.ts';
import { environmentOf, setUp, startNode, type UpNode } from './up-node.ts';
import { XKS_KEY, XKS_PATH, type XksProxy, xksProxy } from './xks-proxy.ts';

const free = await new Promise<boolean>((resolve) => {
  const probe = createServer();
  probe.once('error', () => resolve(false));
  probe.listen(443, '127.0.0.1', () => probe.close(() => resolve(true)));
});
const skip =
  free && programOnPath('openssl') !== undefined
    ? false
    : 'SKIPPED: port 443 of localhost may not be listened at here, or openssl is missing';

describe('an external key store behind a proxy', { skip }, () => {
  let folder = '';
  let proxy: XksProxy;
  let node: UpNode;
  let kms: KMSClient;
  let id = '';
  let key = '';
  let blob: Uint8Array | undefined;

  const client = () => ['--xks-client-cert', proxy.client.certificate, '--xks-client-key', proxy.client.key];

  const clientOf = ({ endpoint }: UpNode) => {
    const file = readFileSync(environmentOf(folder).AWS_SHARED_CREDENTIALS_FILE ?? '', 'utf8');
    const setting = (name: string) => new RegExp(`${name} = (.*)`).exec(file)?.[1] ?? '';
    const credentials = {
      accessKeyId: setting('aws_access_key_id'),
      secretAccessKey: setting('aws_secret_access_key'),
    };
    return new KMSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'honmaru-xks-'));
    proxy = await xksProxy(folder);
    node = await startNode(folder, client(), { NODE_EXTRA_CA_CERTS: proxy.certificate });
    setUp(folder, ['--endpoint', node.endpoint, '--profile', 'xks']);
    kms = clientOf(node);
  });
  after(async () => {
    kms?.destroy();
    await node?.stop();
    await proxy?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const input = (): CreateCustomKeyStoreCommandInput => ({
    CustomKeyStoreName: 'outside',
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyUriEndpoint: 'https://localhost',
    XksProxyUriPath: XKS_PATH,
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyAuthenticationCredential: { AccessKeyId: proxy.accessKeyId, RawSecretAccessKey: proxy.secret },
  });
  const store = async () =>
    (await kms.send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreId: id }))).CustomKeyStores?.[0];
  const created = (XksKeyId: string) =>
    kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: id, XksKeyId }));
  const opened = async () =>
    Buffer.from((await kms.send(new DecryptCommand({ CiphertextBlob: blob }))).Plaintext ?? '').toString();

  test('is made when its proxy is well and lets KMS in', async () => {
    const wrong = { AccessKeyId: proxy.accessKeyId, RawSecretAccessKey: 'x'.repeat(44) };
    await assert.rejects(
      kms.send(new CreateCustomKeyStoreCommand({ ...input(), XksProxyAuthenticationCredential: wrong })),
      { name: 'XksProxyIncorrectAuthenticationCredentialException' },
    );
    await assert.rejects(
      kms.send(
        new CreateCustomKeyStoreCommand({ ...input(), XksProxyUriEndpoint: 'https://nowhere.invalid' }),
      ),
      { name: 'XksProxyUriUnreachableException' },
    );
    id = (await kms.send(new CreateCustomKeyStoreCommand(input()))).CustomKeyStoreId ?? '';
    await assert.rejects(
      kms.send(new CreateCustomKeyStoreCommand({ ...input(), CustomKeyStoreName: 'again' })),
      {
        name: 'XksProxyUriInUseException',
      },
    );
    await assert.rejects(created(XKS_KEY), { name: 'CustomKeyStoreInvalidStateException' });
    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    const shown = await store();
    assert.equal(shown?.ConnectionState, 'CONNECTED');
    assert.deepEqual(shown?.XksProxyConfiguration, {
      Connectivity: 'PUBLIC_ENDPOINT',
      AccessKeyId: proxy.accessKeyId,
      UriEndpoint: 'https://localhost',
      UriPath: XKS_PATH,
    });
  });

  test('a key is joined to an external one that can be used, and to no other', async () => {
    await assert.rejects(created('none'), { name: 'XksKeyNotFoundException' });
    proxy.status = 'DISABLED';
    await assert.rejects(created(XKS_KEY), { name: 'XksKeyInvalidConfigurationException' });
    proxy.status = 'ENABLED';
    key = (await created(XKS_KEY)).KeyMetadata?.KeyId ?? '';
    await assert.rejects(created(XKS_KEY), { name: 'XksKeyAlreadyInUseException' });
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: key }));
    assert.deepEqual(
      [KeyMetadata?.Origin, KeyMetadata?.CustomKeyStoreId, KeyMetadata?.XksKeyConfiguration],
      ['EXTERNAL_KEY_STORE', id, { Id: XKS_KEY }],
    );
  });

  test('encrypts and decrypts through the proxy, with the encryption context bound', async () => {
    const context = { EncryptionContext: { app: 'web' } };
    blob = (await kms.send(new EncryptCommand({ KeyId: key, Plaintext: Buffer.from('outside') })))
      .CiphertextBlob;
    assert.equal(await opened(), 'outside');
    const longest = Buffer.alloc(4096, 7);
    const large = await kms.send(new EncryptCommand({ KeyId: key, Plaintext: longest, ...context }));
    const back = await kms.send(new DecryptCommand({ CiphertextBlob: large.CiphertextBlob, ...context }));
    assert.deepEqual(Buffer.from(back.Plaintext ?? ''), longest);
    await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob: large.CiphertextBlob })), {
      name: 'KMSInvalidStateException',
    });
    const made = await kms.send(new GenerateDataKeyCommand({ KeyId: key, KeySpec: 'AES_256' }));
    const again = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
    assert.deepEqual(again.Plaintext, made.Plaintext);
    const { KeyMetadata: local } = await kms.send(new CreateKeyCommand({}));
    const moved = await kms.send(
      new ReEncryptCommand({ CiphertextBlob: blob, DestinationKeyId: local?.KeyId }),
    );
    const home = await kms.send(
      new ReEncryptCommand({ CiphertextBlob: moved.CiphertextBlob, DestinationKeyId: key }),
    );
    blob = home.CiphertextBlob;
    assert.equal(await opened(), 'outside');
    assert.deepEqual(
      [
        'CreateCustomKeyStore',
        'ConnectCustomKeyStore',
        'CreateKey',
        'Encrypt',
        'Decrypt',
        'GenerateDataKey',
        'ReEncrypt',
      ].filter((operation) => !proxy.operations.includes(operation)),
      [],
    );
  });

  test('shows a proxy that asks for it its own certificate (mutual TLS), and gets nowhere without', async () => {
    const restart = async (words: readonly string[]) => {
      kms.destroy();
      await node.stop();
      node = await startNode(folder, words, { NODE_EXTRA_CA_CERTS: proxy.certificate });
      kms = clientOf(node);
    };
    await restart([]);
    await assert.rejects(opened(), { name: 'KMSInvalidStateException' });
    const half = await startNode(folder, client().slice(0, 2)).catch(({ message }) => message);
    assert.match(String(half), /--xks-client-cert and --xks-client-key go together/);
    await restart(client());
    assert.equal(await opened(), 'outside');
  });

  test('changes its credential and path while it is connected, and nothing else', async () => {
    const change = (more: object) =>
      kms.send(new UpdateCustomKeyStoreCommand({ CustomKeyStoreId: id, ...more }));
    const { XksProxyAuthenticationCredential } = input();
    await change({ XksProxyAuthenticationCredential, XksProxyUriPath: XKS_PATH });
    assert.equal((await store())?.ConnectionState, 'CONNECTED');
    await assert.rejects(change({ XksProxyUriEndpoint: 'https://localhost' }), {
      name: 'CustomKeyStoreInvalidStateException',
    });
  });

  test('a proxy that answers wrongly, one that refuses and one that is gone', async () => {
    proxy.corrupt = true;
    await assert.rejects(kms.send(new GenerateDataKeyCommand({ KeyId: key, KeySpec: 'AES_256' })), {
      name: 'KMSInvalidStateException',
      message: /cannot be understood/,
    });
    proxy.corrupt = false;
    proxy.status = 'DISABLED';
    await assert.rejects(opened(), { name: 'KMSInvalidStateException', message: /is not enabled/ });
    proxy.status = 'ENABLED';
    await proxy.stop();
    await assert.rejects(opened(), { name: 'KMSInvalidStateException', message: /cannot be reached/ });
  });

  test('is not deleted while it has keys', async () => {
    await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: id }));
    await assert.rejects(opened(), { name: 'KMSInvalidStateException', message: /is unavailable/ });
    await assert.rejects(kms.send(new DeleteCustomKeyStoreCommand({ CustomKeyStoreId: id })), {
      name: 'CustomKeyStoreHasCMKsException',
    });
    assert.equal(node.output().includes(proxy.secret), false);
  });
});
