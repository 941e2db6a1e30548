import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CREDENTIALS, skipWithout, withAccount } from './moto.ts';
import { honmaru, inFolder, ROOT } from './program.ts';

const PLUGINS = process.env.HONMARU_TERRAFORM_MIRROR ?? '/opt/tf-plugins';

interface Finding {
  readonly control: string;
  readonly resource: string;
  readonly status: string;
}
interface Attachment {
  readonly resource: string;
  readonly state: string;
}
interface Report {
  readonly findings: readonly Finding[];
  readonly safeguards: readonly { readonly id: string; readonly attachments: readonly Attachment[] }[];
  readonly risks: readonly { readonly rule: string; readonly current: { readonly high: number } }[];
}
interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly attributes: Readonly<Record<string, unknown>>;
    }[];
  }[];
}

/**
 * Facts of which the emulator keeps only one side, with the reason. What hangs on them differs; nothing else may.
 */
const NOT_HELD: readonly (readonly [fact: RegExp, reason: string])[] = [
  [
    /CloudTrail\.|^cloudtrail |^cloudwatch-alarms |KMS\.2/,
    'the trail is not started: StartLogging fails there',
  ],
  [/^guardduty |GuardDuty\./, 'features of a detector are not kept'],
  [/SecretsManager\.[14] |^secrets-manager /, 'a rotation without its function keeps only the flag'],
  [/Config\.1 |^config /, 'a recorder is started or not by chance of order'],
];

describe('the hardened account and the Terraform state that made it', {
  skip: skipWithout('terraform'),
}, () => {
  test('give the same verdicts, states and scores for every fact that both can know', () =>
    inFolder((folder) =>
      withAccount(async (endpoint) => {
        await build(folder, endpoint);
        const snapshot = join(folder, 'snapshot.json');
        const words = ['collect', '--endpoint-url', endpoint, '--regions', 'us-east-1', '--out', snapshot];
        const collected = honmaru(words, { env: CREDENTIALS });
        assert.equal(collected.code, 0, collected.err);
        const state = join(folder, 'terraform.tfstate');
        const declared = assessed(folder, state);
        const live = assessed(folder, snapshot);
        const addressOf = addresses(JSON.parse(readFileSync(state, 'utf8')));
        const facts = compared(
          factsOf(declared, (id) => id.replace(/^tf:/, '')),
          factsOf(live, addressOf),
          'UNKNOWN',
        );
        assert.ok(facts >= 150, `${facts} facts are decided by both`);
        const states = compared(
          statesOf(declared, (id) => id.replace(/^tf:/, '')),
          statesOf(live, addressOf),
          'unknown',
        );
        assert.ok(states >= 50, `${states} states are decided by both`);
        const risks = worst(live);
        for (const [rule, score] of worst(declared)) assert.equal(risks.get(rule), score, rule);
        process.stdout.write(`# compared: ${facts} verdicts, ${states} states, ${risks.size} rules\n`);
      }),
    ));
});

/** Terraform makes what the emulator can hold of it; the rest fails and is in neither of the two. */
async function build(folder: string, endpoint: string): Promise<void> {
  cpSync(join(ROOT, 'examples/webapp-hardened/terraform'), folder, { recursive: true });
  writeFileSync(
    join(folder, 'emulated_override.tf'),
    `terraform {\n  backend "local" {}\n}\nprovider "aws" {\n  s3_use_path_style           = true\n` +
      `  skip_credentials_validation = true\n  max_retries                 = 2\n}\n`,
  );
  const answer = await fetch(`${endpoint}/?Action=DescribeImages&Version=2016-11-15`);
  const [image = ''] = /ami-[0-9a-f]+/.exec(await answer.text()) ?? [];
  const values = {
    domain_name: 'example.com',
    hosted_zone_id: 'Z123',
    rotation_function_arn: 'arn:aws:lambda:us-east-1:123456789012:function:rotate',
    operator_email: 'operator@example.com',
    operator_phone: '+819012345678',
    image_id: image,
  };
  writeFileSync(join(folder, 'terraform.tfvars.json'), JSON.stringify(values));
  await terraform(folder, endpoint, ['init', `-plugin-dir=${PLUGINS}`, '-input=false']);
  await terraform(folder, endpoint, ['apply', '-auto-approve', '-input=false', '-parallelism=20']);
}

async function terraform(folder: string, endpoint: string, words: readonly string[]): Promise<void> {
  const child = spawn('terraform', words, {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, ...CREDENTIALS, AWS_ENDPOINT_URL: endpoint },
    timeout: 480_000,
  });
  await once(child, 'exit');
}

function assessed(folder: string, path: string): Report {
  const out = join(folder, 'report.json');
  const ran = honmaru(['assess', path, '--format', 'json', '--no-store', '--scope', 'account', '--out', out]);
  assert.equal(ran.code, 0, ran.err);
  return JSON.parse(readFileSync(out, 'utf8'));
}

/** The address in the state of what the account calls by an ARN or an id. */
function addresses(state: State): (id: string) => string {
  const known = new Map<string, string>();
  for (const resource of state.resources.filter(({ mode }) => mode === 'managed')) {
    for (const { attributes, index_key: key } of resource.instances) {
      const address = `${resource.type}.${resource.name}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`;
      for (const name of [attributes.arn, attributes.id]) {
        if (typeof name === 'string' && !known.has(name)) known.set(name, address);
      }
    }
  }
  return (id) => {
    const plain = id.replace(/:\*$/, '');
    const parts = [plain, plain.split('/').at(-1) ?? '', plain.split(':').at(-1) ?? ''];
    return parts.map((part) => known.get(part)).find((address) => address !== undefined) ?? id;
  };
}

type Facts = ReadonlyMap<string, string>;

function factsOf(report: Report, name: (id: string) => string): Facts {
  return new Map(report.findings.map((each) => [`${each.control} ${name(each.resource)}`, each.status]));
}

function statesOf(report: Report, name: (id: string) => string): Facts {
  return new Map(
    report.safeguards.flatMap(({ id, attachments }) =>
      attachments.map(({ resource, state }) => [`${id} ${name(resource)}`, state] as const),
    ),
  );
}

/** Compares what both decide; returns how much that is. */
function compared(declared: Facts, live: Facts, open: string): number {
  const both = [...declared].filter(
    ([fact, value]) => value !== open && live.has(fact) && live.get(fact) !== open,
  );
  const different = both.filter(
    ([fact, value]) => live.get(fact) !== value && !NOT_HELD.some(([pattern]) => pattern.test(fact)),
  );
  assert.deepEqual(
    different.map(([fact, value]) => `${fact}: declared ${value}, live ${live.get(fact)}`),
    [],
  );
  return both.length;
}

/** The worst current value of each rule. */
function worst(report: Report): ReadonlyMap<string, number> {
  const rules = new Map<string, number>();
  for (const { rule, current } of report.risks) rules.set(rule, Math.max(rules.get(rule) ?? 0, current.high));
  return rules;
}
