import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readEnvironment } from '../../environment/read.ts';
import type { Assessment } from '../../model/assessment.ts';
import { assess } from '../assess.ts';

async function assessed(...paths: readonly string[]): Promise<Assessment> {
  const reading = await readEnvironment({
    paths,
    parameters: new Map(),
    asOf: '2026-01-01T00:00:00.000Z',
    cwd: process.cwd(),
  });
  return assess(reading);
}

const bare = await assessed('examples/compose');
const hardened = await assessed('examples/compose-hardened');

const risksOf = (assessment: Assessment) =>
  new Map(assessment.risks.map((risk) => [`${risk.rule} ${risk.path.at(-1)?.resource}`, risk]));

function stateOf(assessment: Assessment, safeguard: string, facet?: string): readonly string[] {
  return assessment.safeguards
    .filter(({ id }) => id === safeguard)
    .flatMap(({ attachments }) => attachments)
    .filter(({ state }) => state !== 'not-applicable')
    .map((each) => (facet ? (each.facets?.find(({ id }) => id === facet)?.state ?? '–') : each.state));
}

describe('an environment off AWS', () => {
  test('the rules of the method find their events on it, each with a path', () => {
    assert.deepEqual([...new Set(bare.risks.map(({ rule }) => rule))].sort(), [
      'admin-port',
      'db-public',
      'flood-single',
      'http-plain',
      'inject-db',
      'no-restore',
      'pw-in-template',
      'snapshot-leak',
      'tls-old',
      'unpatched',
      'web-exploit',
    ]);
    const injection = bare.risks.find(({ rule }) => rule === 'inject-db');
    const ways = injection?.scoring.paths.map(({ steps }) => steps.map(({ resource }) => resource));
    assert.ok(ways?.some((way) => way.join(' > ') === 'internet > compose:shop/app > compose:shop/db'));
    for (const step of injection?.path.slice(1) ?? []) assert.ok(step.source, step.resource);
  });

  test('with its safeguards on, no risk is higher and the avoidable ones are gone', () => {
    const before = risksOf(bare);
    for (const [key, risk] of risksOf(hardened)) {
      const known = before.get(key);
      if (known) assert.ok(risk.current.high <= known.current.high, key);
    }
    const gone = ['db-public', 'pw-in-template', 'tls-old', 'http-plain', 'unpatched', 'snapshot-leak'];
    for (const rule of gone) assert.ok(!hardened.risks.some((risk) => risk.rule === rule), rule);
  });

  test('the questions of the safeguards are answered', () => {
    assert.deepEqual(stateOf(hardened, 'waf', 'sqli'), ['on']);
    assert.deepEqual(stateOf(bare, 'waf', 'sqli'), ['off', 'off', 'off']);
    assert.deepEqual(stateOf(bare, 'tls', 'policy').toSorted(), ['not-applicable', 'off', '–']);
    assert.deepEqual(stateOf(bare, 'secrets-manager', 'stored'), ['off', 'off']);
    assert.deepEqual(stateOf(hardened, 'secrets-manager', 'stored'), ['on', 'on']);
    assert.deepEqual(stateOf(bare, 'patch-manager'), ['off']);
    assert.deepEqual(stateOf(bare, 'backup'), ['off']);
    assert.deepEqual(stateOf(hardened, 'backup'), ['partial']);
    assert.deepEqual(stateOf(bare, 'segmentation'), ['off']);
    assert.deepEqual(stateOf(hardened, 'segmentation'), ['on']);
  });

  test('what only an account of AWS has does not apply; processes of people stay unknown', () => {
    assert.deepEqual(stateOf(bare, 'cloudtrail'), []);
    assert.deepEqual(stateOf(bare, 'guardduty'), []);
    assert.ok(stateOf(bare, 'dependabot').includes('unknown'));
    assert.deepEqual(bare.findings, []);
  });

  test('where no host was read, whether the internet reaches it is unknown, never no', async () => {
    const alone = await assessed('examples/compose/docker-compose.yml', 'examples/compose/nginx.conf');
    const open = alone.risks.find(({ rule }) => rule === 'db-public');
    assert.equal(
      open?.scoring.paths.every(({ decided }) => !decided),
      true,
    );
    assert.ok(open?.path.length);
    assert.deepEqual(stateOf(alone, 'backup'), ['unknown']);
  });

  test('beside a template of AWS the account is judged as ever', async () => {
    const both = await assessed('examples/compose', 'examples/webapp');
    assert.ok(both.risks.some(({ rule }) => rule === 'blind'));
    assert.ok(both.findings.length > 0);
  });
});
