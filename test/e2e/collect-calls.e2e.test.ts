import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { AwsCall } from '../../src/sources/aws/api.ts';
import { collectAccount } from '../../src/sources/aws/collect.ts';
import { COLLECTORS, collectPolicy, FIRST_CALLS } from '../../src/sources/aws/collectors.ts';
import { sdkSender } from '../../src/sources/aws/sdk-client.ts';
import { throttled } from '../../src/sources/aws/throttle.ts';
import { CREDENTIALS, skipWithout, withAccount } from './moto.ts';
import { honmaru, inFolder, ROOT, run } from './program.ts';

/** Words that stand for secrets in `rich-account.py`. */
const SECRET = /hunter2-in|Hunter2-in/;

describe('a whole run over an account of many things', { skip: skipWithout('python3') }, () => {
  test('calls what the printed policy allows and nothing else', () =>
    withAccount(async (endpoint) => {
      fill(endpoint);
      Object.assign(process.env, CREDENTIALS);
      const calls: AwsCall[] = [];
      const send = throttled(sdkSender({ endpoint }));
      const snapshot = await collectAccount({
        send: (call) => {
          calls.push(call);
          return send(call);
        },
        regions: ['us-east-1'],
        region: 'us-east-1',
        now: () => new Date(),
      });
      const [statement] = collectPolicy().Statement;
      const allowed = new Set(statement?.Action);
      const actionOf = new Map(
        [...FIRST_CALLS, ...COLLECTORS].flatMap(({ service, actions }) =>
          Object.entries(actions).map(([operation, action]) => [`${service} ${operation}`, action] as const),
        ),
      );
      const made = new Set(calls.map(({ service, operation }) => actionOf.get(`${service} ${operation}`)));
      assert.ok(![...made].some((action) => action === undefined || !allowed.has(action)));
      // What the emulator does not know, or holds none of, is not asked on; declared-calls.test.ts shows the rest used.
      const unused = [...allowed].filter((action) => !made.has(action));
      assert.ok(made.size >= 160, `${made.size} of ${allowed.size} actions are used`);
      const found = snapshot.parts.reduce((sum, { resources }) => sum + resources.length, 0);
      process.stdout.write(
        `# ${calls.length} calls of ${made.size} of ${allowed.size} actions, ${found} resources; ` +
          `not reached in the emulator: ${unused.length}\n`,
      );
    }));

  test('keeps no secret, and finds where each one stands', () =>
    inFolder((folder) =>
      withAccount((endpoint) => {
        fill(endpoint);
        const out = join(folder, 'snapshot.json');
        const words = ['collect', '--endpoint-url', endpoint, '--regions', 'us-east-1', '--out', out];
        const collected = honmaru(words, { env: CREDENTIALS });
        assert.equal(collected.code, 0, collected.err);
        const written = readFileSync(out, 'utf8');
        assert.doesNotMatch(written, SECRET);
        assert.ok((written.match(/SECRET_REMOVED_BY_HONMARU/g) ?? []).length >= 4);
        const report = join(folder, 'report.json');
        const assessed = honmaru(['assess', out, '--format', 'json', '--no-store', '--out', report]);
        assert.equal(assessed.code, 0, assessed.err);
        const { findings } = JSON.parse(readFileSync(report, 'utf8')) as {
          findings: { control: string; type: string; status: string }[];
        };
        const failed = new Set(
          findings.filter(({ status }) => status === 'FAIL').map(({ control }) => control),
        );
        for (const control of ['EC2.1006', 'Lambda.1004', 'ECS.1001', 'CodeBuild.2']) {
          assert.ok(failed.has(control), `${control} of ${[...failed].join(' ')}`);
        }
      }),
    ));
});

function fill(endpoint: string): void {
  const filled = run('python3', [join(ROOT, 'test/e2e/rich-account.py'), endpoint], { env: CREDENTIALS });
  assert.equal(filled.code, 0, filled.err);
}
