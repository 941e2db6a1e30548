import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { honmaru, inFolder, ROOT } from './program.ts';
import { runAsync } from './run-async.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_REGION: 'eu-west-1' };
const PROGRAM = join(ROOT, 'bin/honmaru.js');
const IDENTITY =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/reader</Arn>' +
  '<Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';

interface Request {
  readonly body: string;
  readonly path: string;
  /** The operation, for protocols that name it. */
  readonly operation: string;
  /** How many requests came before. */
  readonly number: number;
}
type Answer = { readonly status: number; readonly body: string; readonly headers?: Record<string, string> };

/** An endpoint of every service; `answer` gives what is not the caller's identity. */
async function withEndpoint(
  answer: (request: Request) => Answer | Promise<Answer>,
  work: (endpoint: string, count: () => number) => Promise<void>,
): Promise<void> {
  let number = 0;
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const piece of request) body += piece;
    const target = String(request.headers['x-amz-target'] ?? '');
    const operation = target.split('.').at(-1) || (/Action=(\w+)/.exec(body)?.[1] ?? '');
    const given = await answer({ body, operation, path: request.url ?? '/', number });
    number += 1;
    response.writeHead(given.status, given.headers).end(given.body);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  try {
    await work(`http://localhost:${typeof address === 'object' && address ? address.port : 0}`, () => number);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const identity: Answer = { status: 200, body: IDENTITY, headers: { 'content-type': 'text/xml' } };

/** An error in the protocol of the request: JSON for the newer services, XML for the older ones. */
function failure(status: number, code: string, request?: Request): Answer {
  if (request && !asksForXml(request)) {
    const body = JSON.stringify({ __type: code, message: 'm' });
    return { status, body, headers: { 'x-amzn-errortype': code, 'content-type': 'application/json' } };
  }
  const body =
    `<ErrorResponse><Error><Code>${code}</Code><Message>m</Message></Error>` +
    `<Errors><Error><Code>${code}</Code></Error></Errors><Code>${code}</Code></ErrorResponse>`;
  return { status, body, headers: { 'x-amzn-errortype': code, 'content-type': 'text/xml' } };
}

function asksForXml({ path, operation, body }: Request): boolean {
  if (/(?:^|&)Action=/.test(body)) return true;
  return operation === '' && /^\/(?:\?|$|2020-05-31|2013-04-01|v2018)/.test(path);
}

/** There is nothing of anything. */
function nothing(request: Request): Answer {
  if (request.operation === 'GetCallerIdentity') return identity;
  return asksForXml(request)
    ? { status: 200, body: '<Empty/>', headers: { 'content-type': 'text/xml' } }
    : { status: 200, body: '{}', headers: { 'content-type': 'application/json' } };
}

function collect(
  folder: string,
  endpoint: string,
  more: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
) {
  const words = [PROGRAM, 'collect', '--endpoint-url', endpoint, '--out', 'snapshot.json', ...more];
  return runAsync(process.execPath, words, { cwd: folder, env: { ...KEYS, ...env } });
}

function snapshotIn(folder: string) {
  return JSON.parse(readFileSync(join(folder, 'snapshot.json'), 'utf8'));
}

/** How many parts a snapshot has that may not be there yet; it is never there in half. */
function partsIn(path: string): number {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).parts.length : 0;
}

describe('collecting from an account that does not answer as one wishes', () => {
  test('refused calls are listed, and nothing that hangs on them is off or fine', () =>
    inFolder((folder) =>
      withEndpoint(
        (request) =>
          request.operation === 'GetCallerIdentity'
            ? identity
            : failure(403, 'AccessDeniedException', request),
        async (endpoint) => {
          const ran = await collect(folder, endpoint);
          assert.equal(ran.code, 0, ran.err);
          assert.match(ran.err, /\? cloudtrail DescribeTrails \(eu-west-1\) was not answered: AccessDenied/);
          const assessed = honmaru(
            ['assess', 'snapshot.json', '--format', 'json', '--no-store', '--out', 'report.json'],
            { cwd: folder },
          );
          assert.equal(assessed.code, 0, assessed.err);
          const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
          const states = report.safeguards.flatMap(({ attachments }: { attachments: { state: string }[] }) =>
            attachments.map(({ state }) => state),
          );
          assert.ok(states.length > 10);
          assert.deepEqual(
            states.filter((state: string) => state === 'on' || state === 'off' || state === 'partial'),
            [],
          );
          const verdicts = report.findings.map(({ status }: { status: string }) => status);
          assert.deepEqual(
            verdicts.filter((status: string) => status === 'PASS' || status === 'FAIL'),
            [],
          );
        },
      ),
    ));

  test('credentials that end on the way end the run with a sentence, and the next run goes on', () =>
    inFolder(async (folder) => {
      await withEndpoint(
        (request) =>
          request.number > 40 ? failure(403, 'ExpiredTokenException', request) : nothing(request),
        async (endpoint) => {
          const ran = await collect(folder, endpoint);
          assert.equal(ran.code, 2);
          assert.match(ran.err, /AWS does not let us in \(ExpiredToken/);
          assert.match(ran.err, /sign in again.*what was read is kept/);
        },
      );
      const before = snapshotIn(folder);
      assert.equal(before.complete, false);
      assert.ok(before.parts.length > 5, `${before.parts.length} parts are kept`);
      await withEndpoint(nothing, async (endpoint, count) => {
        const again = await collect(folder, endpoint);
        assert.equal(again.code, 0, again.err);
        assert.ok(count() < 160, `${count()} calls`);
      });
      assert.equal(snapshotIn(folder).complete, true);
    }));

  test('a run that is killed goes on from its file', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'snapshot.json');
      await withEndpoint(
        async (request) => {
          await pause(request.number > 60 ? 600 : 5);
          return nothing(request);
        },
        async (endpoint) => {
          const words = [PROGRAM, 'collect', '--endpoint-url', endpoint, '--out', path];
          const child = spawn(process.execPath, words, { env: { ...process.env, ...KEYS }, stdio: 'ignore' });
          for (let waited = 0; partsIn(path) <= 5 && waited < 400; waited += 1) await pause(50);
          child.kill('SIGKILL');
          await once(child, 'exit');
        },
      );
      const before = snapshotIn(folder);
      assert.equal(before.complete, false);
      assert.ok(before.parts.length > 5);
      await withEndpoint(nothing, async (endpoint) => {
        const again = await collect(folder, endpoint);
        assert.equal(again.code, 0, again.err);
      });
      const whole = snapshotIn(folder);
      assert.equal(whole.complete, true);
      const names = whole.parts.map(
        ({ collector, region }: Record<string, string>) => `${collector}@${region}`,
      );
      assert.equal(new Set(names).size, names.length);
    }));

  for (const [code, sentence] of [
    ['RequestTimeTooSkewed', /set this machine's clock/],
    ['ExpiredTokenException', /sign in again/],
    ['InvalidClientTokenId', /the region eu-west-1 is switched on/],
  ] as const) {
    test(`${code} is said with what to do`, () =>
      inFolder((folder) =>
        withEndpoint(
          () => failure(403, code),
          async (endpoint) => {
            const ran = await collect(folder, endpoint);
            assert.equal(ran.code, 2);
            assert.match(ran.err, sentence);
            assert.ok(!existsSync(join(folder, 'snapshot.json')));
          },
        ),
      ));
  }

  test('what answers and is not AWS is said to be so', () =>
    inFolder((folder) =>
      withEndpoint(
        () => ({ status: 200, body: 'hello' }),
        async (endpoint) => {
          const ran = await collect(folder, endpoint);
          assert.equal(ran.code, 2);
          assert.match(ran.err, /what answers is not AWS.*\n.*--endpoint-url/);
        },
      ),
    ));

  test('without credentials it is said where they come from', () =>
    inFolder((folder) => {
      const env = {
        ...{ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_PROFILE: undefined },
        ...{ AWS_EC2_METADATA_DISABLED: 'true', HOME: folder },
      };
      const words = ['collect', '--out', 'x.json', '--regions', 'eu-west-1'];
      const ran = honmaru([...words, '--endpoint-url', 'http://127.0.0.1:9'], { cwd: folder, env });
      assert.equal(ran.code, 2);
      assert.match(ran.err, /no credentials for AWS were found.*\n.*--profile/);
    }));

  test('throttled calls are repeated until they are answered', () =>
    inFolder((folder) => {
      const seen = new Set<string>();
      return withEndpoint(
        (request) => {
          const key = `${request.operation} ${request.path} ${request.body}`;
          if (request.operation === 'GetCallerIdentity' || seen.has(key)) return nothing(request);
          seen.add(key);
          return request.number % 3 === 0 ? failure(400, 'ThrottlingException', request) : nothing(request);
        },
        async (endpoint) => {
          const ran = await collect(folder, endpoint);
          assert.equal(ran.code, 0, ran.err);
          assert.doesNotMatch(ran.err, /Throttling/);
        },
      );
    }));

  test('the region is that of the profile; a profile that names none, or is none, is said', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'config'), '[profile dublin]\nregion = eu-west-1\n');
      writeFileSync(
        join(folder, 'credentials'),
        '[dublin]\naws_access_key_id = testing\naws_secret_access_key = testing\n',
      );
      const env = {
        ...{ AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined, AWS_PROFILE: undefined },
        AWS_CONFIG_FILE: join(folder, 'config'),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      };
      return withEndpoint(nothing, async (endpoint) => {
        const words = ['--out', 'snapshot.json', '--endpoint-url', endpoint, '--profile'];
        const ran = await runAsync(process.execPath, [PROGRAM, 'collect', ...words, 'dublin'], {
          cwd: folder,
          env,
        });
        assert.equal(ran.code, 0, ran.err);
        assert.deepEqual(snapshotIn(folder).regions, ['eu-west-1']);
        const none = honmaru(['collect', ...words, 'nosuch'], { cwd: folder, env });
        assert.equal(none.code, 2);
        assert.match(none.err, /the profile "nosuch" names no region, or there is no such profile/);
      });
    }));

  test('a region that is none is named with the nearest one; one that is switched off is said', () =>
    inFolder((folder) => {
      const region = (name: string, state: string) =>
        `<item><regionName>${name}</regionName><optInStatus>${state}</optInStatus></item>`;
      const body = `<DescribeRegionsResponse><regionInfo>${region('eu-west-1', 'opt-in-not-required')}${region('eu-west-2', 'opt-in-not-required')}${region('af-south-1', 'not-opted-in')}</regionInfo></DescribeRegionsResponse>`;
      const regions: Answer = { status: 200, body, headers: { 'content-type': 'text/xml' } };
      return withEndpoint(
        (request) => (request.operation === 'DescribeRegions' ? regions : nothing(request)),
        async (endpoint) => {
          const wrong = await collect(folder, endpoint, ['--regions', 'eu-wset-1']);
          assert.equal(wrong.code, 2);
          assert.match(wrong.err, /AWS has no region "eu-wset-1"[\s\S]*did you mean eu-west-1/);
          const all = await collect(folder, endpoint, ['--regions', 'all']);
          assert.equal(all.code, 0, all.err);
          assert.match(all.err, /switched off and not asked: af-south-1/);
          assert.match(all.err, /… \d+ of \d+ parts read/);
          assert.deepEqual(snapshotIn(folder).regions, ['eu-west-1', 'eu-west-2']);
        },
      );
    }));
});

describe('collecting other accounts', () => {
  const assumed = (account: string): Answer => ({
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA${account}</AccessKeyId>` +
      '<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>' +
      '<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>',
  });

  test('each has a file of its own; one that cannot be entered is said and the others go on', () =>
    inFolder((folder) =>
      withEndpoint(
        (request) => {
          if (request.operation !== 'AssumeRole') return nothing(request);
          const [, account = ''] = /%3A%3A([0-9]{12})%3Arole/.exec(request.body) ?? [];
          return account === '222222222222' ? failure(403, 'AccessDenied') : assumed(account);
        },
        async (endpoint) => {
          writeFileSync(join(folder, 'list.txt'), '# ours\n222222222222:role/Read\n');
          const accounts = ['--accounts', '111122223333:role/Read,@list.txt'];
          const ran = await collect(folder, endpoint, [...accounts, '--out', 'snapshots']);
          assert.equal(ran.code, 2);
          assert.match(ran.err, /222222222222: .*role\/Read cannot be assumed \(AccessDenied\)/);
          assert.ok(existsSync(join(folder, 'snapshots', '111122223333.json')));
          assert.ok(!existsSync(join(folder, 'snapshots', '222222222222.json')));
        },
      ),
    ));

  test('the policy names the roles that are entered', () => {
    const words = ['collect', '--accounts', '111122223333:role/audit/Read', '--print-policy'];
    const ran = honmaru(words);
    assert.equal(ran.code, 0, ran.err);
    assert.match(ran.out, /"arn:aws:iam::111122223333:role\/audit\/Read"/);
    assert.match(ran.err, /more than a managed policy may have \(6144\); make it an inline policy of a role/);
    assert.match(
      honmaru(['collect', '--accounts', 'nonsense', '--out', 'x']).err,
      /names no account and role/,
    );
  });
});

describe('a listing of ten thousand resources', () => {
  test('loses none, moves its progress, and stays below 400 MB', () =>
    inFolder((folder) =>
      withEndpoint(
        (request) => {
          if (request.operation !== 'DescribeLogGroups') return nothing(request);
          const from = Number(JSON.parse(request.body).nextToken ?? 0);
          const logGroups = Array.from({ length: 50 }, (_, index) => ({
            logGroupName: `group-${from + index}`,
            arn: `arn:aws:logs:eu-west-1:111122223333:log-group:group-${from + index}`,
          }));
          const next = from + 50 < 10_000 ? { nextToken: String(from + 50) } : {};
          return { status: 200, body: JSON.stringify({ logGroups, ...next }) };
        },
        async (endpoint) => {
          const words = [PROGRAM, 'collect', '--endpoint-url', endpoint, '--out', 'snapshot.json'];
          const child = spawn(process.execPath, words, {
            cwd: folder,
            env: { ...process.env, ...KEYS },
            stdio: ['ignore', 'ignore', 'pipe'],
          });
          let shown = '';
          child.stderr.setEncoding('utf8').on('data', (text: string) => {
            shown += text;
          });
          const megabytes = await highestMemory(child);
          assert.equal(child.exitCode, 0, shown);
          assert.ok((shown.match(/parts read/g) ?? []).length >= 5, shown);
          const groups = snapshotIn(folder).parts.flatMap(
            ({ resources }: { resources: { type: string; id: string }[] }) =>
              resources.filter(({ type }) => type === 'AWS::Logs::LogGroup').map(({ id }) => id),
          );
          assert.equal(new Set(groups).size, 10_000);
          assert.ok(megabytes < 400, `${megabytes} MB`);
        },
      ),
    ));
});

/** The most memory that a process had until it ended, where the system tells (Linux), in megabytes. */
async function highestMemory(child: ChildProcess): Promise<number> {
  let most = 0;
  while (child.exitCode === null && child.signalCode === null) {
    const status = `/proc/${child.pid}/status`;
    const found = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) : undefined;
    most = Math.max(most, Number(found?.[1] ?? 0) / 1024);
    await pause(20);
  }
  return most;
}
