import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import { accountForAll, type KmsAccount } from './kms-account.ts';
import { assertNowhere } from './leaks.ts';
import { programOnPath, type Ran, ROOT, run } from './program.ts';
import { runAsync } from './run-async.ts';

const CANARY = 'the canary of an encrypted directory';

const shared = accountForAll();

/** Why the kernel cannot be asked here: a filesystem of one's own must be made and mounted. */
function reasonNotTo(): string | false {
  if (process.getuid?.() !== 0) return 'NOT RUN: only root can mount a filesystem';
  for (const name of ['fscrypt', 'mount']) {
    if (programOnPath(name) === undefined) return `NOT RUN: ${name} is not on this machine (Debian: ${name})`;
  }
  if (!existsSync('/sys/fs/ext4/features/encryption')) return 'NOT RUN: the kernel does not encrypt in ext4';
  if (!existsSync('/etc/fscrypt.conf')) return 'NOT RUN: fscrypt is not set up (fscrypt setup)';
  return false;
}

describe('directories that the kernel encrypts under a KMS key', { skip: reasonNotTo() }, () => {
  let account: KmsAccount;
  let key = '';
  let image = '';
  let mounted = '';
  let directory = '';
  let refusedMount = '';

  const tool = (name: string, ...words: string[]) => {
    const { code, out, err } = run(name, words, { env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin` } });
    assert.equal(code, 0, `${name} ${words.join(' ')}: ${out}${err}`);
  };
  const own = (...words: string[]): Promise<Ran> =>
    runAsync(process.execPath, [join(ROOT, 'bin/honmaru.js'), 'kms', 'directory', ...words], {
      cwd: mounted,
      env: { ...account.env, PATH: process.env.PATH },
    });
  const remount = () => {
    tool('umount', mounted);
    tool('mount', '-o', 'loop', image, mounted);
  };

  before(async () => {
    account = await shared();
    key = await account.newKey();
    image = join(account.folder, 'disk.img');
    mounted = join(account.folder, 'mounted');
    mkdirSync(mounted);
    tool('truncate', '-s', '32M', image);
    tool('mkfs.ext4', '-q', '-O', 'encrypt', '-b', '4096', image);
    const { code, err } = run('mount', ['-o', 'loop', image, mounted]);
    if (code !== 0) {
      refusedMount = `NOT RUN: nothing can be mounted here (${err.trim()})`;
      return;
    }
    tool('fscrypt', 'setup', mounted, '--quiet');
    directory = join(mounted, 'uploads');
    mkdirSync(directory);
  });
  after(() => {
    if (mounted !== '' && refusedMount === '') run('umount', [mounted]);
    rmSync(image, { force: true });
  });

  test('encrypt, use, lock: what was written is neither there by name nor on the disk', async (t) => {
    if (refusedMount !== '') return t.skip(refusedMount);
    const made = await own('encrypt', 'uploads', '--key-id', key);
    assert.equal(made.code, 0, made.err);
    assert.equal(statSync(`${directory}.hmkey`).mode & 0o777, 0o600);
    writeFileSync(join(directory, 'customers.csv'), CANARY);
    assert.equal((await own('lock', 'uploads')).code, 0);
    const [name = ''] = readdirSync(directory);
    assert.notEqual(name, 'customers.csv');
    assert.throws(() => readFileSync(join(directory, name)), { errno: -126 }, 'ENOKEY');
    remount();
    const disk = { name: 'the disk', bytes: readFileSync(image) };
    for (const word of [CANARY, 'customers.csv']) {
      assertNowhere([{ name: word, bytes: Buffer.from(word) }], [disk]);
    }
    assert.deepEqual(
      readdirSync('/dev/shm').filter((each) => /^honmaru-[0-9a-f]{24}$/.test(each)),
      [],
      'no key is left in memory',
    );
  });

  test('unlock asks KMS: a disabled key opens nothing, an enabled one what was written', async (t) => {
    if (refusedMount !== '') return t.skip(refusedMount);
    await account.kms.send(new DisableKeyCommand({ KeyId: key }));
    const refused = await own('unlock', 'uploads');
    assert.equal(refused.code, 2);
    assert.match(refused.err, /is disabled/);
    await account.kms.send(new EnableKeyCommand({ KeyId: key }));
    const opened = await own('unlock', 'uploads');
    assert.equal(opened.code, 0, opened.err);
    assert.equal(readFileSync(join(directory, 'customers.csv'), 'utf8'), CANARY);
    assert.equal((await own('lock', 'uploads')).code, 0);
  });

  test('a key file of another directory, a damaged one and none are told apart', async (t) => {
    if (refusedMount !== '') return t.skip(refusedMount);
    mkdirSync(join(mounted, 'other'));
    assert.equal((await own('encrypt', 'other', '--key-id', key)).code, 0);
    const right = readFileSync(`${directory}.hmkey`);
    writeFileSync(`${directory}.hmkey`, readFileSync(join(mounted, 'other.hmkey')));
    assert.match((await own('unlock', 'uploads')).err, /incorrect key/i);
    const swapped = JSON.parse(right.toString());
    writeFileSync(`${directory}.hmkey`, JSON.stringify({ ...swapped, id: 'dir-other' }));
    assert.match((await own('unlock', 'uploads')).err, /its context was changed/);
    writeFileSync(`${directory}.hmkey`, right.subarray(0, 40));
    assert.match((await own('unlock', 'uploads')).err, /is no key file/);
    rmSync(`${directory}.hmkey`);
    assert.match((await own('unlock', 'uploads')).err, /there is no key file/);
    writeFileSync(`${directory}.hmkey`, right);
    assert.equal((await own('unlock', 'uploads')).code, 0);
  });

  test('what cannot be encrypted leaves no key file behind', async (t) => {
    if (refusedMount !== '') return t.skip(refusedMount);
    const plain = join(mounted, 'plain');
    mkdirSync(plain);
    writeFileSync(join(plain, 'file'), 'x');
    const refused = await own('encrypt', 'plain', '--key-id', key);
    assert.equal(refused.code, 2);
    assert.match(refused.err, /non-empty|not empty/i);
    assert.equal(existsSync(`${plain}.hmkey`), false);
    assert.match((await own('encrypt', 'none', '--key-id', key)).err, /there is no directory none/);
    assert.match((await own('shred', 'plain')).err, /encrypt, unlock or lock/);
  });
});
