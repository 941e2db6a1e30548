import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  CreateUserCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  IAMClient,
  type IAMClientConfig,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { honmaru, inFolder, ROOT, run } from './program.ts';
import { type AdminKey, environmentOf, setUp, startNode } from './up-node.ts';

function clientOf(endpoint: string, credentials: AdminKey, options: IAMClientConfig = {}): IAMClient {
  return new IAMClient({ region: 'us-east-1', endpoint, credentials, maxAttempts: 1, ...options });
}

async function allUsers(client: IAMClient): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  let Marker: string | undefined;
  do {
    const page = await client.send(new ListUsersCommand({ MaxItems: 1_000, ...(Marker && { Marker }) }));
    for (const { UserName } of page.Users ?? []) names.add(UserName ?? '');
    Marker = page.Marker;
  } while (Marker);
  return names;
}

describe('honmaru up', () => {
  test('starts with nothing, is set up once, and serves the administrator', async () => {
    await inFolder(async (folder) => {
      const node = await startNode(folder);
      try {
        assert.match(node.output(), /account 0000\d{8}\)/);
        assert.match(node.output(), /run `honmaru setup`/);
        const key = setUp(folder);
        assert.match(key.accessKeyId, /^HMKA[A-Z2-7]{16}$/);
        const client = clientOf(node.endpoint, key);
        assert.equal((await client.send(new GetUserCommand({}))).User?.UserName, 'admin');
        const again = honmaru(['setup'], { env: environmentOf(folder) });
        assert.equal(again.code, 2);
        assert.match(again.err, /made already/);
        const rootKey = join(folder, 'config/honmaru/root.key');
        assert.equal(statSync(rootKey).mode & 0o777, 0o600);
        assert.equal(statSync(join(folder, 'data/honmaru')).mode & 0o777, 0o700);
        const data = join(folder, 'data/honmaru');
        for (const entry of readdirSync(data, { recursive: true, withFileTypes: true })) {
          if (!entry.isFile()) continue;
          const content = readFileSync(join(entry.parentPath, entry.name), 'latin1');
          assert.ok(
            !content.includes(key.secretAccessKey),
            `the secret does not lie in ${entry.name} as it is`,
          );
        }
        client.destroy();
      } finally {
        await node.stop();
      }
    });
  });

  test('gives the first administrator a password that is read from standard input', async () => {
    await inFolder(async (folder) => {
      const env = environmentOf(folder);
      const program = [join(ROOT, 'bin/honmaru.js'), 'setup', '--password'];
      const weak = run(process.execPath, program, { env, input: 'short\n' });
      assert.equal(weak.code, 2);
      assert.match(weak.err, /PasswordPolicyViolation/);
      const twice = run(process.execPath, program, { env, input: 'Correct-horse-1\nCorrect-horse-1\n' });
      assert.equal(twice.code, 2);
      assert.match(twice.err, /more than one line/);
      const made = run(process.execPath, program, { env, input: 'Correct-horse-1\n' });
      assert.equal(made.code, 0, made.err);
      assert.match(made.out, /Sign in to the console as admin/);
      assert.doesNotMatch(made.out, /Correct-horse/);
      const node = await startNode(folder);
      try {
        const field = (name: string) => new RegExp(`^${name}\\s+(\\S+)$`, 'm').exec(made.out)?.[1] ?? '';
        const key = { accessKeyId: field('access key id'), secretAccessKey: field('secret access key') };
        const { LoginProfile } = await clientOf(node.endpoint, key).send(
          new GetLoginProfileCommand({ UserName: 'admin' }),
        );
        assert.equal(LoginProfile?.UserName, 'admin');
      } finally {
        await node.stop();
      }
    });
  });

  test('asks twice for that password at a terminal, unseen', async () => {
    await inFolder(async (folder) => {
      const env = { ...environmentOf(folder), QUESTION: ': ' };
      const typed = (answers: string) =>
        run(
          'python3',
          [
            join(ROOT, 'test/e2e/in-terminal.py'),
            answers,
            ...[process.execPath, join(ROOT, 'bin/honmaru.js'), 'setup', '--password'],
          ],
          { env },
        );
      const differing = typed('Correct-horse-1,Correct-horse-2');
      assert.equal(differing.code, 2, differing.out);
      assert.match(differing.out, /the two are not the same[\s\S]*nothing was changed/);
      const same = typed('Correct-horse-1,Correct-horse-1');
      assert.equal(same.code, 0, same.out);
      assert.match(same.out, /Sign in to the console as admin/);
      assert.match(same.out, /echoed \[False, False\], afterwards True/);
      assert.doesNotMatch(same.out, /Correct-horse/);
    });
  });

  test('refuses what is signed wrongly or by nobody it knows', async () => {
    await inFolder(async (folder) => {
      const node = await startNode(folder);
      try {
        const key = setUp(folder);
        const ask = (credentials: AdminKey, options: IAMClientConfig = {}) =>
          clientOf(node.endpoint, credentials, options).send(new GetUserCommand({}));
        await assert.rejects(ask({ ...key, secretAccessKey: 'wrong' }), { name: 'SignatureDoesNotMatch' });
        await assert.rejects(ask({ ...key, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }), {
          name: 'InvalidClientTokenId',
        });
        await assert.rejects(ask(key, { systemClockOffset: -20 * 60_000 }), {
          name: 'SignatureDoesNotMatch',
        });
      } finally {
        await node.stop();
      }
    });
  });

  test('does not listen where others can reach it without TLS, nor before it is set up', async () => {
    await inFolder(async (folder) => {
      const refused = (words: readonly string[]) => startNode(folder, words);
      await assert.rejects(refused(['--listen', '0.0.0.0:0']), /without TLS/);
      await assert.rejects(refused(['--listen', 'nonsense']), /HOST:PORT/);
      await assert.rejects(refused(['--tls-cert', 'x']), /go together/);
    });
  });

  test('does not start with another root key than the one that sealed the data', async () => {
    await inFolder(async (folder) => {
      const node = await startNode(folder);
      await node.stop();
      const other = join(folder, 'other.key');
      await assert.rejects(startNode(folder, ['--root-key', other]), /no root key/);
      const { writeFileSync } = await import('node:fs');
      writeFileSync(other, `${'ab'.repeat(32)}\n`, { mode: 0o600 });
      await assert.rejects(startNode(folder, ['--root-key', other]), /not the one/);
    });
  });

  test('keeps every acknowledged change when it is killed during 1,000 concurrent writes', async () => {
    await inFolder(async (folder) => {
      const node = await startNode(folder);
      try {
        const key = setUp(folder);
        const client = clientOf(node.endpoint, key, { requestHandler: { httpAgent: { maxSockets: 1_000 } } });
        const acknowledged: string[] = [];
        // A thousand writers go on until they are cut off, so that the kill always meets requests in flight.
        const write = async (writer: number) => {
          for (let round = 0; ; round += 1) {
            const UserName = `user-${writer}-${round}`;
            const done = await client.send(new CreateUserCommand({ UserName })).catch(() => undefined);
            if (!done) return;
            acknowledged.push(UserName);
            if (acknowledged.length === 300) process.kill(node.controlPlane(), 'SIGKILL');
          }
        };
        await Promise.all(Array.from({ length: 1_000 }, (_, writer) => write(writer)));
        assert.ok(acknowledged.length >= 300);
        // The supervisor starts the control plane again, at another port where none was asked for.
        await eventually(() => (node.output().match(/honmaru is up/g)?.length ?? 0) >= 2);
        const endpoint = [...node.output().matchAll(/honmaru is up: (\S+) /g)].at(-1)?.[1] ?? '';
        const users = await allUsers(clientOf(endpoint, key));
        assert.deepEqual(
          acknowledged.filter((name) => !users.has(name)),
          [],
        );
      } finally {
        await node.stop();
      }
    });
  });
});

describe('a signal to all its processes', () => {
  test('ends it quietly', async () => {
    await inFolder(async (folder) => {
      const node = await startNode(folder);
      const processes = [...node.processes()];
      const ended = once(node.supervisor, 'exit');
      // The keeper first, as the scheduler may have it.
      for (const pid of processes.reverse()) process.kill(pid, 'SIGTERM');
      assert.deepEqual(await ended, [0, null]);
      assert.doesNotMatch(node.output(), /started again/);
    });
  });
});

describe('a supervisor that is killed', () => {
  test('takes what it started with it, quietly', async () => {
    await inFolder(async (folder) => {
      const node = await startNode(folder);
      const ended = once(node.supervisor, 'close');
      node.supervisor.kill('SIGKILL');
      // Both others hold its output open as long as they live.
      await ended;
      assert.doesNotMatch(node.output(), /defect/);
    });
  });
});

describe('the AWS profile', () => {
  test('is written beside what is there, and never over the default one', async () => {
    await inFolder(async (folder) => {
      const env = environmentOf(folder);
      const { writeFileSync } = await import('node:fs');
      const config = join(folder, 'aws-config');
      writeFileSync(config, '# mine\n[default]\nregion = eu-west-1\n[profile x]\nregion = a');
      const wrote = honmaru(['profile'], { env });
      assert.equal(wrote.code, 0, wrote.err);
      assert.equal(
        readFileSync(config, 'utf8'),
        '# mine\n[default]\nregion = eu-west-1\n[profile x]\nregion = a\n\n[profile honmaru]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:7401\n',
      );
      honmaru(['profile', '--endpoint', 'http://127.0.0.1:7777'], { env });
      assert.match(readFileSync(config, 'utf8'), /endpoint_url = http:\/\/127\.0\.0\.1:7777\n$/);
      assert.equal(honmaru(['profile', 'default'], { env }).code, 2);
      const foreign = honmaru(['profile'], { env: { ...env, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' } });
      assert.match(foreign.err, /not of Honmaru/);
      const { out } = honmaru(['env'], { env });
      assert.match(out, /^# These exports end with this shell/);
      assert.match(out, /export AWS_PROFILE=honmaru/);
    });
  });
});

async function eventually(holds: () => boolean): Promise<void> {
  const until = Date.now() + 40_000;
  while (!holds()) {
    assert.ok(Date.now() < until, 'it did not happen in 40 seconds');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
