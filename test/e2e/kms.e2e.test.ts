import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  IncorrectKeyException,
  KMSClient,
  paginateListKeys,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { type RunningHonmaru, startHonmaru } from './iam-server.ts';
import { programOnPath, type Ran, ROOT, run } from './program.ts';
import { runAsync } from './run-async.ts';

const aws = programOnPath('aws');
const python = ['python3', 'python']
  .map((name) => programOnPath(name))
  .find((path) => path !== undefined && run(path, ['-c', 'import boto3']).code === 0);

describe('real clients of KMS', () => {
  let running: RunningHonmaru;
  let client: KMSClient;
  before(async () => {
    running = await startHonmaru();
    const { accessKeyId, secretAccessKey, url } = running;
    const credentials = { accessKeyId, secretAccessKey };
    client = new KMSClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  });
  after(async () => {
    client.destroy();
    await running.stop();
  });

  const own = (...words: string[]): Promise<Ran> =>
    runAsync(process.execPath, [join(ROOT, 'bin/honmaru.js'), ...words], {
      cwd: running.folder,
      env: { ...running.env, HONMARU_LANG: 'en' },
    });
  const data = () => ['--data', join(running.folder, 'data')];
  const newKey = async () => (await client.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? '';

  test('aws-cli', { skip: aws === undefined && 'SKIPPED: aws is not on this machine' }, async () => {
    const cli = async (...words: string[]) => {
      const options = { cwd: running.folder, env: running.env };
      return runAsync(aws ?? '', ['kms', ...words, '--output', 'json'], options);
    };
    const made = await cli('create-key', '--description', 'cli', '--tags', 'TagKey=team,TagValue=a');
    assert.equal(made.code, 0, made.err);
    const { KeyId } = JSON.parse(made.out).KeyMetadata;
    writeFileSync(join(running.folder, 'plain.txt'), 'hello');
    const encrypted = await cli('encrypt', '--key-id', KeyId, '--plaintext', 'fileb://plain.txt');
    assert.equal(encrypted.code, 0, encrypted.err);
    const blob = join(running.folder, 'blob.bin');
    writeFileSync(blob, Buffer.from(JSON.parse(encrypted.out).CiphertextBlob, 'base64'));
    const decrypted = await cli('decrypt', '--ciphertext-blob', `fileb://${blob}`);
    assert.equal(Buffer.from(JSON.parse(decrypted.out).Plaintext, 'base64').toString(), 'hello');
    const refused = await cli(
      'decrypt',
      '--ciphertext-blob',
      `fileb://${blob}`,
      '--encryption-context',
      'a=b',
    );
    assert.match(refused.err, /\(InvalidCiphertextException\)/);
    assert.match(
      (await cli('describe-key', '--key-id', 'nonsense')).err,
      /\(NotFoundException\).*Invalid keyId 'nonsense'/,
    );
  });

  test('boto3', { skip: python === undefined && 'SKIPPED: boto3 is not on this machine' }, async () => {
    const script = join(import.meta.dirname, 'kms-clients.py');
    const ran = await runAsync(python ?? '', [script, running.url], {
      cwd: running.folder,
      env: running.env,
    });
    assert.equal(ran.code, 0, ran.err);
    assert.deepEqual(JSON.parse(ran.out), {
      opened: 'hello',
      error: '',
      data: 32,
      valid: true,
      names: ['alias/boto'],
      state: 'Enabled',
    });
  });

  test('@aws-sdk v3, and the three calls of a Vault seal', async () => {
    const [KeyId, other] = [await newKey(), await newKey()];
    const seen: string[] = [];
    for await (const page of paginateListKeys({ client, pageSize: 1 }, {})) {
      seen.push(...(page.Keys ?? []).map((key) => key.KeyId ?? ''));
    }
    assert.ok(seen.includes(KeyId) && seen.includes(other));
    assert.equal((await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState, 'Enabled');
    const Plaintext = Buffer.alloc(32, 7);
    const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId, Plaintext }));
    const opened = await client.send(new DecryptCommand({ CiphertextBlob }));
    assert.deepEqual(Buffer.from(opened.Plaintext ?? []), Plaintext);
    await assert.rejects(
      client.send(new DecryptCommand({ CiphertextBlob, KeyId: other })),
      IncorrectKeyException,
    );
    await client.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await assert.rejects(client.send(new DecryptCommand({ CiphertextBlob })), {
      name: 'KMSInvalidStateException',
    });
  });

  test('explain-access and uses name what decides and what depends', async () => {
    const KeyId = await newKey();
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
    const principal = `arn:aws:iam::${KeyMetadata?.AWSAccountId}:user/admin`;
    const why = await own(
      'explain-access',
      ...data(),
      ...['--principal', principal, '--action', 'kms:Decrypt', '--resource', KeyMetadata?.Arn ?? ''],
    );
    assert.equal(why.code, 0, why.err);
    assert.match(why.out, /AdministratorAccess/);
    const about = (action: string) =>
      own('explain-access', ...data(), '--principal', principal, '--action', action);
    const none = await about('kms:Foo');
    assert.deepEqual([none.code, none.out], [2, '']);
    assert.match(none.err, /there is no action "kms:Foo"/);
    const unknown = await about('nobody:Foo');
    assert.equal(unknown.code, 0, unknown.err);
    assert.match(unknown.err, /"nobody" is not known here.*not checked/);
    const uses = await own('kms', 'uses', ...data(), KeyId);
    assert.match(uses.out, /no use recorded/);
  });

  test('sealed, nothing opens; the shares unseal it again; so does a passphrase after that', async () => {
    const KeyId = await newKey();
    const Plaintext = Buffer.from('hello');
    const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId, Plaintext }));
    const opens = async () => (await client.send(new DecryptCommand({ CiphertextBlob }))).KeyId !== undefined;
    assert.match((await own('kms', 'status', ...data())).out, /unsealed \(key-file\)[\s\S]*back it up apart/);

    const rekeyed = await own(
      'kms',
      'rekey',
      ...data(),
      '--method',
      'shamir',
      '--shares',
      '3',
      '--threshold',
      '2',
    );
    assert.equal(rekeyed.code, 0, rekeyed.err);
    const shares = rekeyed.out.match(/hmks1-[\w-]+/g) ?? [];
    assert.equal(shares.length, 3);
    assert.equal((await own('kms', 'seal', ...data())).code, 0);
    await assert.rejects(opens(), { name: 'KMSInternalException', message: /honmaru kms unseal/ });

    const { status } = await pipe(`${shares[2]}\n`, 'unseal');
    assert.match(status, /1 of 2 shares/);
    assert.match((await pipe('hmks1-nonsense\n', 'unseal')).error, /no share/);
    assert.match((await pipe(`${shares[0]}\n`, 'unseal')).status, /unsealed \(shamir\)/);
    assert.ok(await opens());

    assert.equal((await pipe('a long passphrase\n', 'rekey', '--method', 'passphrase')).code, 0);
    assert.equal((await own('kms', 'seal', ...data())).code, 0);
    assert.match((await pipe('a wrong passphrase\n', 'unseal')).error, /does not open/);
    assert.match((await pipe('a long passphrase\n', 'unseal')).status, /unsealed \(passphrase\)/);
    assert.ok(await opens());
  });

  async function pipe(input: string, ...words: string[]) {
    const ran = run(process.execPath, [join(ROOT, 'bin/honmaru.js'), 'kms', ...words, ...data()], {
      cwd: running.folder,
      env: { ...running.env, HONMARU_LANG: 'en' },
      input,
    });
    return { code: ran.code, status: ran.out, error: ran.err };
  }
});
