import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { COLLECTORS, FIRST_CALLS } from '../../src/sources/aws/collectors.ts';
import { CREDENTIALS, skipWithout, withAccount } from './moto.ts';
import { honmaru, inFolder, programOnPath, ROOT, run } from './program.ts';

const PYTHON = programOnPath('python3');
const SKIP = skipWithout('python3');

/** What the emulated account calls the resources of the template that cannot carry its logical ids. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['database', 'Database'],
  ['webapp-uploads', 'UploadBucket'],
]);

interface DriftReport {
  readonly drifts: readonly { readonly resource: string; readonly property: string }[];
  readonly joined: number;
}
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
  readonly risks: readonly {
    readonly rule: string;
    readonly inherent: Interval;
    readonly current: Interval;
  }[];
  readonly drift?: DriftReport;
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
        compareDrift(folder, endpoint);
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
  let rules = 0;
  for (const value of ['inherent', 'current'] as const) {
    const there = worst(live, value);
    for (const [rule, score] of worst(template, value)) {
      if (OF_TEMPLATES.has(rule)) continue;
      assert.equal(there.get(rule), score, `${value} value of ${rule}`);
      rules += 1;
    }
  }
  assert.ok(rules >= 16, `${rules} scores are compared`);
}

/** The highest value of each rule. */
function worst(report: Report, value: 'inherent' | 'current'): ReadonlyMap<string, number> {
  const rules = new Map<string, number>();
  for (const risk of report.risks) {
    rules.set(risk.rule, Math.max(rules.get(risk.rule) ?? 0, risk[value].high));
  }
  return rules;
}

/** The template and the account agree; then somebody changes the account by hand. */
function compareDrift(folder: string, endpoint: string): void {
  const template = join(ROOT, 'examples/webapp/template.yaml');
  const together = (name: string) => {
    const snapshot = join(folder, name);
    const words = ['collect', '--endpoint-url', endpoint, '--regions', 'us-east-1', '--out', snapshot];
    assert.equal(honmaru(words, { env: CREDENTIALS }).code, 0);
    const out = join(folder, 'drift.json');
    const ran = honmaru(['assess', template, snapshot, '--format', 'json', '--no-store', '--out', out]);
    assert.equal(ran.code, 0, ran.err);
    const report: Report = JSON.parse(readFileSync(out, 'utf8'));
    return { drift: report.drift, text: honmaru(['assess', template, snapshot, '--no-store']).out };
  };
  const agreed = together('agreed.json').drift;
  assert.deepEqual(agreed?.drifts, []);
  assert.ok((agreed?.joined ?? 0) >= 20, `${agreed?.joined} resources are recognised`);
  const changed = run(PYTHON ?? '', ['-c', CHANGE, endpoint], { env: CREDENTIALS });
  assert.equal(changed.code, 0, changed.err);
  const { drift, text } = together('changed.json');
  assert.deepEqual(
    drift?.drifts.map(({ resource, property }) => `${resource} ${property}`),
    ['cfn:webapp/WebSecurityGroup SecurityGroupIngress'],
  );
  assert.match(text, /Declared and real[\s\S]*WebSecurityGroup: SecurityGroupIngress is declared/);
}

const CHANGE = `
import sys, boto3
ec2 = boto3.client("ec2", endpoint_url=sys.argv[1], region_name="us-east-1")
group = ec2.describe_security_groups(Filters=[{"Name": "group-name", "Values": ["WebSecurityGroup"]}])["SecurityGroups"][0]
ec2.authorize_security_group_ingress(GroupId=group["GroupId"], IpPermissions=[
    {"IpProtocol": "tcp", "FromPort": 3389, "ToPort": 3389, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
`;
