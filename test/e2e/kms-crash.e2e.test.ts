import assert from 'node:assert/strict';
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetParametersForImportCommand,
  ImportKeyMaterialCommand,
  KMSClient,
  ListGrantsCommand,
  RotateKeyOnDemandCommand,
  SignCommand,
} from '@aws-sdk/client-kms';
import { assertNowhere, filesBelow, type Place, type Secret, wordsOf } from './leaks.ts';
import { setUp, startNode, type UpNode } from './up-node.ts';

/** HONMARU_CRASHES=200 is what a release is tried with. */
const CRASHES = Number(process.env.HONMARU_CRASHES ?? 5);
const WRITERS = 4;

const CANARY = 'a-canary-that-must-not-be-found-anywhere';
const MATERIAL = randomBytes(32);

interface Acknowledged {
  readonly keyId: string;
  readonly blobs: Uint8Array[];
  grants: number;
}

test('kill -9 of every process under load: nothing acknowledged is lost, and no secret is found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-e2e-kms-'));
  let node = await startNode(folder);
  const said: string[] = [];
  const words: Place[] = [];
  try {
    const credentials = setUp(folder);
    const clientOf = ({ endpoint }: UpNode) =>
      new KMSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    const known: Acknowledged[] = [];
    const dataKeys: Buffer[] = [];
    await importCanary(clientOf(node), known);
    await refusals(clientOf(node), known, said);

    for (let crash = 0; crash < CRASHES; crash += 1) {
      const client = clientOf(node);
      let stop = false;
      const writers = Array.from({ length: WRITERS }, async () => {
        while (!stop) {
          await work(client, known, dataKeys).catch((error: Error) => said.push(String(error.stack)));
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 700));
      if (crash === 0) words.push(...wordsOf(processesOf(node)));
      for (const pid of processesOf(node)) process.kill(pid, 'SIGKILL');
      stop = true;
      await Promise.all(writers);
      client.destroy();
      said.push(node.output());
      node = await startNode(folder);
      await checkAll(clientOf(node), recentAndSome(known));
    }
    await checkAll(clientOf(node), known);
    assert.ok(known.length > CRASHES, `${known.length} keys`);
    await node.stop();
    said.push(node.output());
    console.log(`${CRASHES} crashes: ${known.length} keys, ${dataKeys.length} data keys`);

    const printed = { name: 'what was printed and answered', bytes: Buffer.from(said.join('\n')) };
    assertNowhere(secretsOf(dataKeys), [...filesBelow(folder), ...words, printed]);
    const rootKey = join(folder, 'config/honmaru/keeper.key');
    assert.equal(statSync(rootKey).mode & 0o777, 0o600);
    const root = Buffer.from(readFileSync(rootKey, 'latin1').trim(), 'hex');
    assertNowhere(
      [{ name: 'the root key', bytes: root }],
      [...filesBelow(join(folder, 'data')), ...words, printed],
    );
  } finally {
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

const MOST_DATA_KEYS = 20;

/** The first and the last data keys stand for all of them. */
function secretsOf(dataKeys: readonly Buffer[]): readonly Secret[] {
  const some = [...dataKeys.slice(0, MOST_DATA_KEYS), ...dataKeys.slice(-MOST_DATA_KEYS)];
  return [
    { name: 'a plaintext', bytes: Buffer.from(CANARY) },
    { name: 'imported key material', bytes: MATERIAL },
    ...some.map((bytes) => ({ name: 'a data key', bytes })),
  ];
}

const MOST_RECENT = 100;
const MOST_OLDER = 50;

/** What was acknowledged last is what a crash endangers; some of the others are looked at again each time. */
function recentAndSome(known: readonly Acknowledged[]): readonly Acknowledged[] {
  const older = known.slice(0, -MOST_RECENT);
  const some = Array.from({ length: Math.min(MOST_OLDER, older.length) }, () => {
    return older[Math.floor(Math.random() * older.length)];
  });
  return [...some.filter((each) => each !== undefined), ...known.slice(-MOST_RECENT)];
}

/** Refusals of calls that hold the plaintext or the material: their messages are kept. */
async function refusals(client: KMSClient, [first]: readonly Acknowledged[], said: string[]): Promise<void> {
  const KeyId = first?.keyId ?? '';
  const plain = Buffer.from(CANARY);
  const calls = [
    () => client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.concat([plain, Buffer.alloc(4_097)]) })),
    () => client.send(new EncryptCommand({ KeyId: 'alias/none', Plaintext: plain })),
    () =>
      client.send(new EncryptCommand({ KeyId, Plaintext: plain, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' })),
    () => client.send(new DecryptCommand({ CiphertextBlob: Buffer.concat([plain, MATERIAL]) })),
    () => client.send(new DecryptCommand({ KeyId, CiphertextBlob: MATERIAL })),
    () => client.send(new SignCommand({ KeyId, Message: plain, SigningAlgorithm: 'ECDSA_SHA_256' })),
    () =>
      client.send(
        new ImportKeyMaterialCommand({ KeyId, ImportToken: MATERIAL, EncryptedKeyMaterial: MATERIAL }),
      ),
  ];
  for (const call of calls) {
    const error = await call().then(
      () => undefined,
      (reason: Error) => reason,
    );
    assert.ok(error, 'refused');
    const answered = (error as { readonly $response?: { readonly body?: unknown } }).$response;
    said.push(`${error.name} ${error.message} ${JSON.stringify(error)} ${String(answered?.body ?? '')}`);
  }
  client.destroy();
}

/** One round of changes; what is answered is noted at once. */
async function work(client: KMSClient, known: Acknowledged[], secrets: Buffer[]): Promise<void> {
  const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
  const key: Acknowledged = { keyId: KeyMetadata?.KeyId ?? '', blobs: [], grants: 0 };
  known.push(key);
  const KeyId = key.keyId;
  const encrypt = async () => {
    const { CiphertextBlob } = await client.send(
      new EncryptCommand({ KeyId, Plaintext: Buffer.from(CANARY) }),
    );
    if (CiphertextBlob) key.blobs.push(CiphertextBlob);
  };
  await encrypt();
  const { Plaintext } = await client.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
  secrets.push(Buffer.from(Plaintext ?? []));
  await client.send(new RotateKeyOnDemandCommand({ KeyId }));
  await encrypt();
  const principal = `arn:aws:iam::${KeyMetadata?.AWSAccountId}:user/admin`;
  await client.send(new CreateGrantCommand({ KeyId, GranteePrincipal: principal, Operations: ['Decrypt'] }));
  key.grants += 1;
  await client.send(new CreateAliasCommand({ AliasName: `alias/${KeyId}`, TargetKeyId: KeyId }));
}

async function checkAll(client: KMSClient, known: readonly Acknowledged[]): Promise<void> {
  for (const { keyId: KeyId, blobs, grants } of known) {
    for (const CiphertextBlob of blobs) {
      const { Plaintext } = await client.send(new DecryptCommand({ KeyId, CiphertextBlob }));
      assert.equal(Buffer.from(Plaintext ?? []).toString(), CANARY);
    }
    if (grants === 0) continue;
    const { Grants } = await client.send(new ListGrantsCommand({ KeyId }));
    assert.ok((Grants?.length ?? 0) >= grants);
  }
  client.destroy();
}

/** A key whose material this test knows, and a refusal that could print what it was given. */
async function importCanary(client: KMSClient, known: Acknowledged[]): Promise<void> {
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ Origin: 'EXTERNAL' }));
  const KeyId = KeyMetadata?.KeyId ?? '';
  const wrapping = { KeyId, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
  const { PublicKey, ImportToken } = await client.send(new GetParametersForImportCommand(wrapping));
  const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
  const EncryptedKeyMaterial = publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    MATERIAL,
  );
  const ExpirationModel = 'KEY_MATERIAL_DOES_NOT_EXPIRE';
  await client.send(
    new ImportKeyMaterialCommand({ KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel }),
  );
  const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from(CANARY) }));
  known.push({ keyId: KeyId, blobs: CiphertextBlob ? [CiphertextBlob] : [], grants: 0 });
  const Message = Buffer.from(CANARY);
  await assert.rejects(client.send(new SignCommand({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' })), {
    name: 'InvalidKeyUsageException',
  });
  client.destroy();
}

function processesOf({ supervisor }: UpNode): readonly number[] {
  const pid = supervisor.pid ?? 0;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  assert.ok(pid > 0 && children.every((each) => each > 0));
  return [pid, ...children];
}
