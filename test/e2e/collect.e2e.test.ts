import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { COLLECTORS, FIRST_CALLS } from '../../src/sources/aws/collectors.ts';
import { honmaru, inFolder, programOnPath, ROOT, run } from './program.ts';

const MOTO = programOnPath('moto_server');
const PYTHON = programOnPath('python3');
const SKIP =
  MOTO && PYTHON
    ? false
    : 'NOT RUN: moto_server and python3 with boto3 are needed for the account of this test';

const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_REGION: 'us-east-1',
};

/** What the emulated account calls the resources of the template that cannot carry its logical ids. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['database', 'Database'],
  ['webapp-uploads', 'UploadBucket'],
]);

interface Named {
  readonly id: string;
  readonly name: string;
}
interface Finding {
  readonly control: string;
  readonly resource: string;
  readonly status: string;
}
interface Interval {
  readonly low: number;
  readonly high: number;
}
interface Report {
  readonly environment: { readonly resources: readonly Named[] };
  readonly findings: readonly Finding[];
  readonly safeguards: readonly {
    readonly id: string;
    readonly attachments: readonly { readonly resource: string; readonly state: string }[];
  }[];
  readonly risks: readonly { readonly rule: string; readonly inherent: Interval }[];
}

describe('an account and the template that made it', { skip: SKIP }, () => {
  test('give the same verdicts for every fact that both can know', () =>
    inFolder((folder) =>
      withAccount(async (endpoint) => {
        const built = run(PYTHON ?? '', [join(ROOT, 'test/e2e/webapp-account.py'), endpoint], {
          env: CREDENTIALS,
        });
        assert.equal(built.code, 0, built.err);
        const snapshot = join(folder, 'snapshot.json');
        const words = ['collect', '--endpoint-url', endpoint, '--regions', 'us-east-1', '--out', snapshot];
        const collected = honmaru(words, { env: CREDENTIALS });
        assert.equal(collected.code, 0, collected.err);
        assert.equal(statSync(snapshot).mode & 0o777, 0o600);
        assert.doesNotMatch(readFileSync(snapshot, 'utf8'), /correct-horse-battery/);

        declareAs(folder);
        const live = assessed(folder, snapshot);
        const template = assessed(folder, join(ROOT, 'examples/webapp/template.yaml'));
        compareFindings(template, live);
        compareStates(template, live);
        compareRisks(template, live);
      }),
    ));
});

describe('the calls that are declared', () => {
  test('are operations of the official clients', async () => {
    for (const { service, actions } of [...FIRST_CALLS, ...COLLECTORS]) {
      const commands = await import(`@aws-sdk/client-${service}`);
      for (const operation of Object.keys(actions)) {
        assert.equal(typeof commands[`${operation}Command`], 'function', `${service} ${operation}`);
      }
    }
  });
});

/** The declaration of the example, with the names that the account has. */
function declareAs(folder: string): void {
  let declaration = readFileSync(join(ROOT, 'examples/webapp/honmaru.yaml'), 'utf8');
  for (const [live, logical] of NAMES) declaration = declaration.replace(`  ${logical}:`, `  ${live}:`);
  writeFileSync(join(folder, 'honmaru.yaml'), declaration);
}

function assessed(folder: string, path: string): Report {
  const out = join(folder, 'report.json');
  const ran = honmaru(['assess', path, '--format', 'json', '--no-store', '--out', out]);
  assert.equal(ran.code, 0, ran.err);
  return JSON.parse(readFileSync(out, 'utf8'));
}

function logicalName(report: Report): (id: string) => string {
  const names = new Map(report.environment.resources.map(({ id, name }) => [id, name]));
  return (id) => {
    const name = names.get(id) ?? id;
    return name.startsWith('app/LoadBalancer/') ? 'HttpListener' : (NAMES.get(name) ?? name);
  };
}

function compareFindings(template: Report, live: Report): void {
  const byFact = (report: Report) => {
    const name = logicalName(report);
    return new Map(report.findings.map((each) => [`${each.control} ${name(each.resource)}`, each.status]));
  };
  const there = byFact(live);
  const facts = [...byFact(template)];
  const missing = facts.filter(([fact]) => !there.has(fact));
  assert.deepEqual(missing, [], 'every fact of the template is judged in the account');
  const decided = facts.filter(([fact, status]) => status !== 'UNKNOWN' && there.get(fact) !== 'UNKNOWN');
  assert.deepEqual(
    decided.filter(([fact, status]) => there.get(fact) !== status),
    [],
  );
  assert.ok(decided.length >= 60, `${decided.length} facts are decided by both`);
}

function compareStates(template: Report, live: Report): void {
  const byPlace = (report: Report) => {
    const name = logicalName(report);
    return new Map(
      report.safeguards.flatMap(({ id, attachments }) =>
        attachments.map(({ resource, state }) => [`${id} ${name(resource)}`, state] as const),
      ),
    );
  };
  const there = byPlace(live);
  const states = [...byPlace(template)];
  const decided = states.filter(([place, state]) => state !== 'unknown' && there.get(place) !== 'unknown');
  assert.deepEqual(
    decided.filter(([place, state]) => there.get(place) !== state),
    [],
  );
  assert.ok(decided.length >= 30, `${decided.length} states are decided by both`);
}

/** What hangs on the lines of a template (a parameter with a password) cannot be seen in an account. */
const OF_TEMPLATES: ReadonlySet<string> = new Set(['app-is-master', 'replace-stateful']);

function compareRisks(template: Report, live: Report): void {
  const worst = (report: Report) => {
    const rules = new Map<string, number>();
    for (const { rule, inherent } of report.risks) {
      rules.set(rule, Math.max(rules.get(rule) ?? 0, inherent.high));
    }
    return rules;
  };
  const there = worst(live);
  for (const [rule, score] of worst(template)) {
    if (!OF_TEMPLATES.has(rule)) assert.equal(there.get(rule), score, rule);
  }
}

async function withAccount(work: (endpoint: string) => Promise<void> | void): Promise<void> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(MOTO ?? '', ['-p', String(port), '-H', '127.0.0.1'], { stdio: 'ignore' });
  try {
    await untilAnswers(endpoint);
    await work(endpoint);
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function untilAnswers(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    try {
      await fetch(`${endpoint}/moto-api/`);
      return;
    } catch {
      await pause(200);
    }
  }
  throw new Error('the emulator does not answer');
}
