import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { DisableKeyCommand, EnableKeyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { accountForAll, type KmsAccount } from './kms-account.ts';
import { honmaru, programOnPath, ROOT, run } from './program.ts';
import { runAsync } from './run-async.ts';

const PROGRAMS = ['qemu-img', 'qemu-io', 'mkfs.ext4', 'debugfs'] as const;
const missing = PROGRAMS.filter((name) => find(name) === undefined);
const skip = missing.length > 0 ? `NOT RUN: ${missing.join(', ')} needed as the client of the volume` : false;

const CANARY = 'the canary sings in the encrypted coal mine';

const shared = accountForAll();
let account: KmsAccount;
let key = '';

before(async () => {
  account = await shared();
  key = await account.newKey();
});

function find(name: string): string | undefined {
  return programOnPath(name) ?? ['/usr/sbin', '/sbin'].map((folder) => join(folder, name)).find(isThere);
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function at(name: string): string {
  return join(account.folder, name);
}

function volume(...words: string[]) {
  return honmaru(['volume', ...words], { cwd: account.folder, env: account.env });
}

function done(...words: string[]): string {
  const { code, out, err } = volume(...words);
  assert.equal(code, 0, err);
  return out;
}

function tool(name: (typeof PROGRAMS)[number], ...words: string[]): string {
  const { code, out, err } = run(find(name) ?? name, words, { cwd: account.folder });
  assert.equal(code, 0, `${name} ${words.join(' ')}: ${out}${err}`);
  return out;
}

interface Attached {
  readonly url: string;
  readonly server: ChildProcess;
  detach(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Serves a volume as a user would; the program that holds the keys is `server` itself. */
async function attach(name: string, ...words: string[]): Promise<Attached> {
  const server = spawn(process.execPath, [join(ROOT, 'bin/honmaru.js'), 'volume', 'serve', name, ...words], {
    cwd: account.folder,
    env: { ...process.env, ...account.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  const url = await new Promise<string>((ready, failed) => {
    let out = '';
    server.stdout.on('data', (bytes: Buffer) => {
      out += bytes;
      const [, found] = /is attached: (\S+)\n/.exec(out) ?? [];
      if (found !== undefined) ready(found);
    });
    ended.then(() => failed(new Error(`it ended: ${out}`)));
  });
  return {
    url,
    server,
    async detach(signal = 'SIGTERM') {
      server.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}

async function attached(name: string, work: (url: string) => void | Promise<void>, ...words: string[]) {
  const { url, detach } = await attach(name, ...words);
  try {
    await work(url);
  } finally {
    assert.equal(await detach(), 0);
  }
}

/** Runs commands of qemu-io on a device; `-r` among them opens it for reading only. */
function io(url: string, ...commands: string[]): string {
  const words = commands.flatMap((command) => (command === '-r' ? [command] : ['-c', command]));
  const out = tool('qemu-io', '-f', 'raw', ...words, url);
  assert.doesNotMatch(out, /Pattern verification failed|failed:/);
  return out;
}

/** Every way in which a text could lie in a file. */
function formsOf(words: string): Buffer[] {
  const plain = Buffer.from(words);
  return [
    plain,
    Buffer.from(words, 'utf16le'),
    Buffer.from(plain.toString('hex')),
    Buffer.from(plain.toString('base64').slice(0, 40)),
  ];
}

/** A file system of ext4 that holds the canary, as a raw image. */
function fileSystem(name: string, megabytes: number): void {
  const folder = at(`${name}.d`);
  mkdirSync(folder);
  for (let index = 0; index < 40; index += 1) {
    writeFileSync(join(folder, `file-${index}`), `${CANARY} ${index}\n`.repeat(500));
  }
  tool('mkfs.ext4', '-q', '-d', folder, at(name), `${megabytes}M`);
  rmSync(folder, { recursive: true });
}

describe('honmaru volume', { skip }, () => {
  test('holds a file system that qemu writes, and no plaintext of it', async () => {
    done('create', 'disk', '--size', '64M', '--key-id', key);
    fileSystem('disk.raw', 64);
    await attached('disk', (url) => {
      assert.match(tool('qemu-img', 'info', url), /virtual size: 64 MiB/);
      tool('qemu-img', 'convert', '-n', '-f', 'raw', '-O', 'raw', 'disk.raw', url);
      assert.match(tool('qemu-img', 'compare', '-f', 'raw', '-F', 'raw', 'disk.raw', url), /identical/);
    });
    done('snapshot', 'disk', '--out', 'disk.snap');
    await attached('disk', (url) => {
      tool('qemu-img', 'convert', '-f', 'raw', '-O', 'raw', url, 'again.raw');
    });
    assert.equal(tool('debugfs', '-R', 'cat file-7', 'again.raw'), `${CANARY} 7\n`.repeat(500));
    const raw = readFileSync(at('disk.raw'));
    assert.ok(raw.includes(CANARY));
    for (const name of ['disk', 'disk.snap']) {
      const bytes = readFileSync(at(name));
      for (const form of formsOf(CANARY)) assert.equal(bytes.indexOf(form), -1, name);
    }
    for (const name of ['disk.raw', 'again.raw']) rmSync(at(name));
    for (const entry of readdirSync(account.folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      for (const form of formsOf(CANARY)) assert.equal(bytes.indexOf(form), -1, entry.name);
    }
  });

  test('answers requests of any alignment, zeroes, trims and FUA', async () => {
    done('create', 'odd', '--size', '16M', '--key-id', key);
    await attached('odd', (url) => {
      io(
        url,
        'write -P 0xab 512 1024',
        'write -P 0x11 4096 1M',
        'write -P 0x22 5120 512',
        'write -f -P 7 2M 4k',
      );
      io(url, 'read -P 0 0 512', 'read -P 0xab 512 1024', 'read -P 0x11 4096 1024', 'read -P 0x22 5120 512');
      io(url, 'read -P 0x11 5632 4096', 'write -z 5120 9k', 'read -P 0 5120 9k', 'read -P 0x11 14336 2048');
      io(url, 'discard 64k 128k', 'read -P 0 64k 128k', 'write -z -u 0 16M', 'read -P 0 0 16M', 'flush');
    });
    const { code, out, err } = volume('list', '--format', 'json', 'odd');
    assert.equal(code, 0, err);
    assert.equal(JSON.parse(out)[0].size, 16 << 20);
  });

  test('on a port of this machine, and read-only', async () => {
    done('create', 'port', '--size', '1M', '--key-id', key);
    await attached('port', (url) => void io(url, 'write -P 5 0 4k'), '--port', '0');
    const readOnly = (url: string) => {
      io(url, '-r', 'read -P 5 0 4k');
      const { err, code } = run(find('qemu-io') ?? '', ['-f', 'raw', '-c', 'write 0 4k', url]);
      assert.notEqual(code, 0);
      assert.match(err, /Permission denied/);
    };
    await attached('port', readOnly, '--read-only');
  });

  test('a snapshot keeps its day; a volume made from it has a key of its own', async () => {
    const other = await account.newKey();
    done('create', 'day', '--size', '4M', '--key-id', key);
    await attached('day', (url) => void io(url, 'write -P 1 0 1M'));
    done('snapshot', 'day', '--out', 'monday');
    await attached('day', (url) => void io(url, 'write -P 2 0 1M'));
    assert.match(volume('serve', 'monday').err, /is a snapshot/);
    await attached('monday', (url) => void io(url, '-r', 'read -P 1 0 1M'), '--read-only');
    done('create', 'restored', '--snapshot', 'monday', '--key-id', other);
    await account.kms.send(new DisableKeyCommand({ KeyId: key }));
    await attached('restored', (url) => void io(url, 'read -P 1 0 1M', 'read -P 0 1M 3M', 'write -P 3 0 4k'));
    assert.match(volume('serve', 'day').err, /DisabledException/);
    await account.kms.send(new EnableKeyCommand({ KeyId: key }));
    await attached('day', (url) => void io(url, 'read -P 2 0 1M'));
  });

  test('a snapshot of a volume that a client goes on writing is of one moment', async () => {
    done('create', 'busy', '--size', '48M', '--key-id', key);
    const { url, detach } = await attach('busy');
    io(url, 'write -P 1 0 48M');
    const writer = spawn(find('qemu-io') ?? '', ['-f', 'raw', '-t', 'none', url], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    writer.stdin.on('error', () => {});
    // One write after the other, from the end to the beginning: a moment is a border between twos and ones.
    for (let at = 47; at >= 0; at -= 1) writer.stdin.write(`write -P 2 ${at}M 1M\n`);
    const { code, err } = await runAsync(
      process.execPath,
      [join(ROOT, 'bin/honmaru.js'), 'volume', 'snapshot', 'busy', '--out', 'busy.snap'],
      { cwd: account.folder, env: account.env },
    );
    assert.equal(code, 0, err);
    writer.stdin.end('quit\n');
    await once(writer, 'exit');
    assert.equal(statSync(at('busy.control')).mode & 0o777, 0o600);
    assert.match(volume('snapshot', 'busy', '--out', 'busy.snap').err, /is there already|exists/);
    assert.equal(await detach(), 0);
    assert.equal(statSync(at('busy.control'), { throwIfNoEntry: false }), undefined);
    await attached('busy', (again) => void io(again, 'read -P 2 0 48M'));
    await attached(
      'busy.snap',
      (kept) => {
        tool('qemu-img', 'convert', '-f', 'raw', '-O', 'raw', kept, 'busy.raw');
        const bytes = readFileSync(at('busy.raw'));
        const border = bytes.indexOf(2);
        const old = border < 0 ? bytes : bytes.subarray(0, border);
        assert.ok(old.every((byte) => byte === 1));
        assert.ok(border < 0 || bytes.subarray(border).every((byte) => byte === 2), 'no one behind a two');
      },
      '--read-only',
    );
  });

  test('is encrypted anew under another key, after which the old key opens nothing', async () => {
    const [old, next] = [await account.newKey(), await account.newKey()];
    done('create', 'turn', '--size', '4M', '--key-id', old);
    await attached('turn', (url) => void io(url, 'write -P 9 1M 2M'));
    const before = readFileSync(at('turn'));
    done('reencrypt', 'turn', '--key-id', next);
    const now = readFileSync(at('turn'));
    const sector = 65_536 + (1 << 20);
    assert.notDeepEqual(now.subarray(sector, sector + 4096), before.subarray(sector, sector + 4096));
    await account.kms.send(new DisableKeyCommand({ KeyId: old }));
    await attached('turn', (url) => void io(url, 'read -P 0 0 1M', 'read -P 9 1M 2M', 'read -P 0 3M 1M'));
  });

  test('is not attached when its key is disabled, pending deletion, or its header is of another volume', async () => {
    const own = await account.newKey();
    done('create', 'kept', '--size', '1M', '--key-id', own);
    done('create', 'twin', '--size', '1M', '--key-id', own);
    const renamed = readFileSync(at('kept'));
    const [, twin = ''] = /"dataKeyOf":"(vol-\w+)"/.exec(readFileSync(at('twin'), 'latin1')) ?? [];
    renamed.write(twin, renamed.indexOf('"dataKeyOf":"vol-') + '"dataKeyOf":"'.length);
    writeFileSync(at('kept-renamed'), renamed);
    assert.match(volume('serve', 'kept-renamed').err, /InvalidCiphertextException/);
    await account.kms.send(new DisableKeyCommand({ KeyId: own }));
    assert.match(volume('serve', 'kept').err, /DisabledException/);
    await account.kms.send(new ScheduleKeyDeletionCommand({ KeyId: own, PendingWindowInDays: 7 }));
    const { code, err } = volume('serve', 'kept');
    assert.equal(code, 2);
    assert.match(err, /KMSInvalidStateException/);
  });

  test('is attached once at a time, and a crash lets go of it', async () => {
    done('create', 'once', '--size', '1M', '--key-id', key);
    const first = await attach('once');
    assert.match(volume('serve', 'once', '--socket', 'second.sock').err, /in use by another process/);
    assert.match(volume('reencrypt', 'once', '--key-id', key).err, /in use by another process/);
    await first.detach('SIGKILL');
    await attached('once', (url) => void io(url, 'read -P 0 0 1M'));
  });

  test('kill -9 amid writes: everything that was flushed is there', async () => {
    done('create', 'crash', '--size', '8M', '--key-id', key);
    for (let round = 1; round <= 5; round += 1) {
      const { url, detach } = await attach('crash');
      const mark = `0x${round}`;
      io(
        url,
        `write -P ${mark} ${round * 4096} 4k`,
        'flush',
        `write -f -P ${mark} ${(round + 16) * 4096} 4k`,
      );
      const writer = spawn(find('qemu-io') ?? '', ['-f', 'raw', '-t', 'none', url], {
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      writer.stdin.on('error', () => {});
      for (let step = 0; step < 400; step += 1)
        writer.stdin.write(`write -P 0xcc ${1024 + 8 * (step % 100)}k 8k\n`);
      await new Promise((later) => setTimeout(later, 20 * round));
      await detach('SIGKILL');
      writer.kill('SIGKILL');
      await attached('crash', (again) => {
        const checks = Array.from({ length: round }, (_, index) => index + 1);
        io(
          again,
          ...checks.flatMap((each) => [
            `read -P 0x${each} ${each * 4096} 4k`,
            `read -P 0x${each} ${(each + 16) * 4096} 4k`,
          ]),
        );
      });
    }
  });
});

const STRACE = programOnPath('strace');

describe('system calls', { skip: skip || (STRACE ? false : 'NOT RUN: strace needed to see them') }, () => {
  test('each write with FUA is answered behind its fdatasync', async () => {
    done('create', 'traced', '--size', '1M', '--key-id', key);
    const { url, server, detach } = await attach('traced');
    const calls = ['-e', 'trace=pwrite64,fdatasync,write,writev,sendmsg'];
    const watcher = spawn(STRACE ?? '', ['-f', '-p', String(server.pid), '-o', at('trace'), ...calls], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const watched = once(watcher, 'exit');
    await once(watcher.stderr, 'data');
    io(url, ...Array.from({ length: 8 }, (_, index) => `write -f -P ${index + 1} ${index * 8}k 4k`));
    await detach();
    await watched;
    const seen = readFileSync(at('trace'), 'latin1').split('\n').flatMap(kindOf);
    const writes = Array(8).fill(['write', 'sync', 'answer']).flat();
    // The client flushes as it goes, and the server as it ends.
    assert.deepEqual(seen.slice(seen.indexOf('write')), [...writes, 'sync', 'answer', 'sync']);
  });
});

/** What a line of the trace means for the device; a simple reply begins with 0x67446698. */
function kindOf(line: string): string[] {
  if (line.includes('pwrite64(')) return ['write'];
  if (line.includes('fdatasync(')) return ['sync'];
  return line.includes('"gDf\\230') ? ['answer'] : [];
}

describe('honmaru volume says what is wrong', () => {
  test('with the words of the call', () => {
    for (const [words, said] of [
      [['attach', 'x'], /say what to do: create, serve/],
      [['serve', 'nothing'], /there is no file nothing/],
      [['create', 'x', '--size', '10 apples', '--key-id', 'k'], /is no size/],
      [['create', 'x', '--size', '10G'], /--key-id KEY/],
      [['create', 'x'], /--size 10G/],
      [['create', 'x', '--size', '4097', '--key-id', key], /multiple of 4 KiB/],
      [['create', 'x', '--snapshot', 'nothing'], /there is no file nothing/],
      [['create', 'x', '--size', '1M', '--key-id', 'alias/nothing'], /NotFoundException/],
      [['create', 'no/folder/x', '--size', '1M', '--key-id', key], /no such file or folder/],
      [['list', 'nowhere'], /there is no nowhere/],
    ] as const) {
      const { code, err } = volume(...words);
      assert.equal(code, 2);
      assert.match(err, said);
      assert.doesNotMatch(err, /defect/);
    }
    assert.equal(statSync(at('x'), { throwIfNoEntry: false }), undefined);
  });

  test('with a file that is no volume', () => {
    writeFileSync(at('text'), 'text');
    assert.match(volume('serve', 'text').err, /is not a volume or snapshot/);
    assert.match(volume('list', 'text').err, /is not a volume or snapshot/);
  });
});
