import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  ConnectCustomKeyStoreCommand,
  CreateCustomKeyStoreCommand,
  CreateKeyCommand,
  DecryptCommand,
  DisconnectCustomKeyStoreCommand,
  EncryptCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import { keeperConnection, keeperSocket } from '../../src/keeper/client/index.ts';
import { startPostgres } from '../../src/store/testing/postgres-server.ts';
import { ROOT } from './program.ts';
import { runAsync } from './run-async.ts';
import { CLUSTER, NO_TOKEN, PIN, softHsm } from './soft-hsm.ts';
import { environmentOf, setUp, startNode, type UpNode } from './up-node.ts';

const server = await startPostgres();
const PATIENCE_MILLISECONDS = 10_000;

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MILLISECONDS; Date.now() < end; ) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail('it did not happen in time');
}

if ('missing' in server) {
  test('KMS on two nodes', { skip: `NOT TESTED, missing: ${server.missing}` }, () => {});
} else {
  after(() => server.dispose());

  describe('KMS on two nodes of one PostgreSQL', () => {
    const folder = mkdtempSync(join(tmpdir(), 'honmaru-kms-nodes-'));
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    let database: readonly string[] = [];
    let nodes: readonly [UpNode, UpNode];
    let clients: readonly [KMSClient, KMSClient];

    const kms = (node: UpNode, credentials: ReturnType<typeof setUp>) =>
      new KMSClient({ endpoint: node.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    const tend = (place: string, ...words: string[]) =>
      runAsync(process.execPath, [join(ROOT, 'bin/honmaru.js'), 'kms', ...words], {
        cwd: place,
        env: environmentOf(place),
      });
    const sealOf = (place: string) => join(place, 'data/honmaru/keeper/seal.json');
    const rootId = (place: string) => JSON.parse(readFileSync(sealOf(place), 'utf8')).rootId;
    /** As the manual says it: the same root key, key file and seal. */
    const copySeal = () => {
      cpSync(join(one, 'config'), join(other, 'config'), { recursive: true });
      mkdirSync(join(other, 'data/honmaru/keeper'), { recursive: true, mode: 0o700 });
      cpSync(sealOf(one), sealOf(other));
    };

    before(async () => {
      mkdirSync(one, { recursive: true });
      mkdirSync(other, { recursive: true });
      database = ['--database', await server.createDatabase()];
      const first = await startNode(one, database);
      const credentials = setUp(one, database);
      copySeal();
      nodes = [first, await startNode(other, database)];
      clients = [kms(nodes[0], credentials), kms(nodes[1], credentials)];
    });
    after(async () => {
      for (const client of clients ?? []) client.destroy();
      for (const node of nodes ?? []) await node.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });

    test('a new root key is refused while another node runs, which is named; then it is one command', async () => {
      const { KeyMetadata } = await clients[0].send(new CreateKeyCommand({}));
      const { CiphertextBlob } = await clients[0].send(
        new EncryptCommand({ KeyId: KeyMetadata?.KeyId, Plaintext: Buffer.from('before') }),
      );
      assert.ok(await clients[1].send(new DecryptCommand({ CiphertextBlob })));
      const before = rootId(one);
      const rekey = () =>
        tend(one, 'rekey', '--method', 'key-file', '--new-key', join(one, 'next.key'), '--new-root');
      await until(async () => {
        const refused = await rekey();
        assert.notEqual(refused.code, 0, 'no new root key beside another node');
        return /other nodes run with this root key \(.+, process \d+\)/.test(refused.err);
      });
      assert.equal(rootId(one), before);

      await nodes[1].stop();
      await until(async () => (await rekey()).code === 0);
      assert.notEqual(rootId(one), before);
      assert.ok(await clients[0].send(new DecryptCommand({ CiphertextBlob })));

      // A node that comes back with the old seal opens nothing, and seals nothing under the old root key.
      const stale = await startNode(other, database);
      const credentials = await clients[0].config.credentials();
      const behind = kms(stale, credentials);
      await assert.rejects(behind.send(new DecryptCommand({ CiphertextBlob })), {
        name: 'KMSInternalException',
      });
      behind.destroy();
      await stale.stop();
      cpSync(sealOf(one), sealOf(other));
      const key = ['--keeper-key', join(one, 'next.key')];
      nodes = [nodes[0], await startNode(other, [...database, ...key])];
      clients[1].destroy();
      clients = [clients[0], kms(nodes[1], credentials)];
      assert.ok(await clients[1].send(new DecryptCommand({ CiphertextBlob })));
    });

    test('disconnecting a key store signs the keepers of all nodes out of the token', {
      skip: NO_TOKEN,
    }, async () => {
      const hsm = await softHsm(folder);
      const connection = keeperConnection(keeperSocket(join(other, 'data/honmaru')), false);
      try {
        for (const place of [one, other]) hsm.describeIn(join(place, 'config', 'honmaru'));
        hsm.describeIn(one);
        const { CustomKeyStoreId } = await clients[0].send(
          new CreateCustomKeyStoreCommand({
            CustomKeyStoreName: 'vault',
            CloudHsmClusterId: CLUSTER,
            KeyStorePassword: PIN,
            TrustAnchorCertificate: readFileSync(hsm.certificate, 'utf8'),
          }),
        );
        await clients[0].send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId }));
        const { KeyMetadata } = await clients[0].send(
          new CreateKeyCommand({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId }),
        );
        const { CiphertextBlob } = await clients[1].send(
          new EncryptCommand({ KeyId: KeyMetadata?.KeyId, Plaintext: Buffer.from('x') }),
        );
        const signedIn = () =>
          connection.ask('hsm-random', [CustomKeyStoreId ?? '', '1']).then(
            () => true,
            () => false,
          );
        assert.equal(await signedIn(), true, 'the keeper of the other node uses the token');
        await clients[0].send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId }));
        await until(async () => !(await signedIn()));
        await assert.rejects(clients[1].send(new DecryptCommand({ CiphertextBlob })), {
          name: 'KMSInvalidStateException',
        });
        await clients[1].send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId }));
        assert.ok(await clients[0].send(new DecryptCommand({ CiphertextBlob })));
      } finally {
        connection.close();
        await hsm.stop();
      }
    });
  });
}
