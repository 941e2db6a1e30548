import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { DisableKeyCommand, EnableKeyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { accountForAll, type KmsAccount } from './kms-account.ts';
import { honmaru, ROOT, run } from './program.ts';

const shared = accountForAll();
let account: KmsAccount;
let key = '';

before(async () => {
  account = await shared();
  key = await account.newKey();
});

function kms(...words: string[]) {
  return honmaru(['kms', ...words], { cwd: account.folder, env: account.env });
}

function inAccount(name: string): string {
  return join(account.folder, name);
}

function sealedFile(name: string, plaintext: Buffer): Buffer {
  writeFileSync(inAccount(name), plaintext);
  const { code, err } = kms('encrypt', name, '--key-id', key, '--context', 'tenant=blue');
  assert.equal(code, 0, err);
  return readFileSync(inAccount(`${name}.hmenv`));
}

describe('honmaru kms encrypt and decrypt', () => {
  test('give back the files, which only their owner may read', () => {
    const plaintext = randomBytes(300_000);
    const sealed = sealedFile('round', plaintext);
    assert.ok(sealed.length > plaintext.length && !sealed.includes(plaintext.subarray(0, 16)));
    const { code, err } = kms('decrypt', 'round.hmenv', '--out', 'again', '--context', 'tenant=blue');
    assert.equal(code, 0, err);
    assert.ok(readFileSync(inAccount('again')).equals(plaintext));
    assert.equal(statSync(inAccount('again')).mode & 0o777, 0o600);
  });

  test('read standard input and write standard output', () => {
    const program = `'${process.execPath}' '${join(ROOT, 'bin/honmaru.js')}' kms`;
    const pipeline = `printf hello | ${program} encrypt - --key-id ${key} | ${program} decrypt -`;
    const { out, err } = run('sh', ['-c', pipeline], { cwd: account.folder, env: account.env });
    assert.equal(out, 'hello', err);
  });

  test('overwrite nothing unless told so', () => {
    sealedFile('there', Buffer.from('x'));
    assert.match(kms('decrypt', 'there.hmenv').err, /there is there already/);
    assert.equal(kms('decrypt', 'there.hmenv', '--force').code, 0);
    const onto = kms('decrypt', 'there.hmenv', '--out', 'there.hmenv', '--force');
    assert.equal(onto.code, 2);
    assert.match(onto.err, /there\.hmenv is the file that is read/);
    assert.doesNotMatch(onto.err, /--force/);
  });

  test('say what is named where it is no file', () => {
    const said = (name: string) => kms('encrypt', name, '--key-id', key).err;
    assert.match(said('none'), /there is no file none/);
    assert.match(said('.'), /\. is a folder\n.*tar c \. \| honmaru kms encrypt -/);
    assert.match(said('/dev/null'), /\/dev\/null is no regular file\n.*- < \/dev\/null/);
  });

  test('refuse a file under another context or key than the caller names', async () => {
    sealedFile('other', Buffer.from('x'));
    const context = kms('decrypt', 'other.hmenv', '--out', 'o', '--context', 'tenant=red');
    assert.equal(context.code, 2);
    assert.match(context.err, /does not say tenant=red/);
    const keyId = kms('decrypt', 'other.hmenv', '--out', 'o', '--key-id', await account.newKey());
    assert.match(keyId.err, /the file is under the key/);
    assert.equal(existsSync(inAccount('o')), false);
  });

  test('a changed or shortened file becomes nothing', () => {
    const sealed = sealedFile('whole', randomBytes(200_000));
    const flipped = Buffer.from(sealed);
    flipped[sealed.length - 5] = (flipped[sealed.length - 5] ?? 0) ^ 1;
    const header = sealed.readUInt32BE(8);
    const damaged = [
      flipped,
      sealed.subarray(0, 100_000),
      sealed.subarray(0, header + 2 * 65_552),
      sealed.subarray(0, 60),
    ];
    for (const [index, bytes] of damaged.entries()) {
      writeFileSync(inAccount(`damaged${index}`), bytes);
      assert.equal(kms('decrypt', `damaged${index}`, '--out', `mended${index}`).code, 2);
      assert.equal(existsSync(inAccount(`mended${index}`)), false);
    }
    assert.deepEqual(
      readdirSync(account.folder).filter((name) => name.endsWith('.part')),
      [],
    );
  });

  test('standard output gets verified chunks only, and the program says that the end is missing', () => {
    const plaintext = Buffer.alloc(200_000, 'abc');
    const sealed = sealedFile('streamed', plaintext);
    writeFileSync(inAccount('cut'), sealed.subarray(0, sealed.readUInt32BE(8) + 2 * 65_552));
    const { code, out, err } = kms('decrypt', 'cut', '--out', '-');
    assert.equal(code, 2);
    assert.match(err, /cut off after 2 whole chunks/);
    assert.equal(out, plaintext.subarray(0, 65_536).toString());
  });

  test('a changed header does not reach the plaintext', () => {
    const sealed = sealedFile('head', Buffer.from('secret'));
    const at = sealed.indexOf('blue');
    sealed.write('bleu', at);
    writeFileSync(inAccount('head2'), sealed);
    const { code, err } = kms('decrypt', 'head2', '--out', 'head3');
    assert.equal(code, 2);
    assert.match(err, /InvalidCiphertextException/);
  });
});

describe('the key decides', () => {
  test('disabled or pending deletion: nothing is opened, until it is enabled again', async () => {
    const own = await account.newKey();
    writeFileSync(inAccount('governed'), 'x');
    assert.equal(kms('encrypt', 'governed', '--key-id', own).code, 0);
    await account.kms.send(new DisableKeyCommand({ KeyId: own }));
    assert.match(kms('decrypt', 'governed.hmenv', '--out', 'g').err, /DisabledException/);
    await account.kms.send(new EnableKeyCommand({ KeyId: own }));
    assert.equal(kms('decrypt', 'governed.hmenv', '--out', 'g').code, 0);
    await account.kms.send(new ScheduleKeyDeletionCommand({ KeyId: own, PendingWindowInDays: 7 }));
    const { code, err } = kms('decrypt', 'governed.hmenv', '--out', 'h');
    assert.equal(code, 2);
    assert.match(err, /KMSInvalidStateException/);
    assert.match(err, /cancel-key-deletion/);
  });

  test('a user without kms:Decrypt opens nothing', async () => {
    sealedFile('private', Buffer.from('x'));
    const iam = new IAMClient({
      region: 'us-east-1',
      endpoint: account.running.url,
      credentials: account.running,
    });
    await iam.send(new CreateUserCommand({ UserName: 'mallory' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'mallory' }));
    iam.destroy();
    const env = {
      ...account.env,
      AWS_PROFILE: '',
      AWS_ENDPOINT_URL_KMS: account.running.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey,
    };
    const words = ['kms', 'decrypt', 'private.hmenv', '--out', 'stolen'];
    const { code, err } = honmaru(words, { cwd: account.folder, env });
    assert.equal(code, 2);
    assert.match(err, /AccessDeniedException/);
    assert.equal(existsSync(inAccount('stolen')), false);
  });

  test('a KMS that is not there is named as such', () => {
    writeFileSync(inAccount('far'), 'x');
    const { err } = kms('encrypt', 'far', '--key-id', key, '--endpoint-url', 'http://127.0.0.1:9');
    assert.match(err, /ECONNREFUSED/);
    assert.match(err, /AWS_ENDPOINT_URL_KMS/);
  });
});

describe('memory', { skip: process.platform === 'linux' ? false : 'NOT RUN: reads /proc' }, () => {
  test('does not grow with the file', async () => {
    const peak = async (bytes: number) => {
      const file = openSync(inAccount('large'), 'w');
      ftruncateSync(file, bytes);
      closeSync(file);
      return peakOf(['kms', 'encrypt', 'large', '--key-id', key, '--force']);
    };
    const [small, large] = [await peak(1 << 20), await peak(1 << 29)];
    assert.ok(large - small < 96 << 10, `${small} KiB for 1 MiB, ${large} KiB for 512 MiB`);
  });
});

/** The most memory that a run ever had, in KiB. */
async function peakOf(words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(ROOT, 'bin/honmaru.js'), ...words], {
    cwd: account.folder,
    env: { ...process.env, ...account.env },
    stdio: 'ignore',
  });
  let most = 0;
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    } catch {
      // It has ended.
    }
  }, 10);
  const [code] = await once(child, 'exit');
  clearInterval(watch);
  assert.equal(code, 0);
  return most;
}
