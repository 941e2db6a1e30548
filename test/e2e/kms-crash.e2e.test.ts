import assert from 'node:assert/strict';
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
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

/** The forms in which a secret could lie somewhere. */
function formsOf(secret: Buffer): readonly Buffer[] {
  const base64 = secret.toString('base64').replace(/=+$/, '');
  return [
    secret,
    Buffer.from(base64),
    Buffer.from(secret.toString('base64url')),
    Buffer.from(secret.toString('hex')),
    Buffer.from(secret.toString('hex').toUpperCase()),
    Buffer.from(secret.toString('latin1'), 'utf16le'),
  ];
}

test('kill -9 of every process under load: nothing acknowledged is lost, and no secret is found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-e2e-kms-'));
  let node = await startNode(folder);
  let printed = '';
  try {
    const credentials = setUp(folder);
    const clientOf = ({ endpoint }: UpNode) =>
      new KMSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    const known: Acknowledged[] = [];
    const secrets: Buffer[] = [Buffer.from(CANARY), MATERIAL];
    await importCanary(clientOf(node), known);

    for (let crash = 0; crash < CRASHES; crash += 1) {
      const client = clientOf(node);
      let stop = false;
      const writers = Array.from({ length: WRITERS }, async () => {
        while (!stop) await work(client, known, secrets).catch(() => undefined);
      });
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 700));
      for (const pid of processesOf(node)) process.kill(pid, 'SIGKILL');
      stop = true;
      await Promise.all(writers);
      client.destroy();
      printed += node.output();
      node = await startNode(folder);
      await checkAll(clientOf(node), known);
    }
    assert.ok(known.length > CRASHES, `${known.length} keys`);
    await node.stop();
    printed += node.output();
    console.log(`${CRASHES} crashes: ${known.length} keys and ${secrets.length} secrets checked`);

    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const forms = secrets.slice(0, 200).flatMap((secret) => formsOf(secret));
    for (const bytes of [...files.map((path) => readFileSync(path)), Buffer.from(printed)]) {
      for (const form of forms) assert.equal(bytes.includes(form), false, form.toString('latin1'));
    }
    const root = readFileSync(join(folder, 'config/honmaru/keeper.key'), 'latin1').trim();
    assert.equal(statSync(join(folder, 'config/honmaru/keeper.key')).mode & 0o777, 0o600);
    const data = files.filter((path) => path.startsWith(join(folder, 'data')));
    for (const form of formsOf(Buffer.from(root, 'hex'))) {
      for (const path of data) assert.equal(readFileSync(path).includes(form), false, path);
    }
  } finally {
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

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
