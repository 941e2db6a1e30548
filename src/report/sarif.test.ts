import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderSarif } from './sarif.ts';
import { sampleAssessment } from './testing.ts';

const log = JSON.parse(renderSarif(sampleAssessment(), 'en'));
const [run] = log.runs;

test('is one run of SARIF 2.1.0 whose results name declared rules', () => {
  assert.equal(log.version, '2.1.0');
  const rules = new Set(run.tool.driver.rules.map(({ id }: { id: string }) => id));
  for (const { ruleId } of run.results) assert.ok(rules.has(ruleId), ruleId);
});

test('what fails has a level by severity; what is undecided is open, without a level', () => {
  const of = (rule: string) => run.results.find(({ ruleId }: { ruleId: string }) => ruleId === rule);
  assert.equal(of('EC2.8').level, 'error');
  assert.equal(of('RDS.3').level, 'warning');
  assert.deepEqual([of('S3.10').kind, of('S3.10').level], ['open', 'none']);
  assert.equal(of('S3.8'), undefined);
});

test('a risk carries its path as a code flow with file, line and column', () => {
  const risk = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === 'risk/inject-db');
  const places = risk.codeFlows[0].threadFlows[0].locations.map(
    ({ location }: { location: { physicalLocation: { region: { startLine: number } } } }) =>
      location.physicalLocation.region.startLine,
  );
  assert.deepEqual(places, [60, 90, 130]);
});

test('file names become URIs', () => {
  const sample = sampleAssessment();
  const [finding] = sample.findings;
  assert.ok(finding);
  const odd = { ...finding, source: { ...finding.source, file: 'my stack/テンプレート #1.yaml' } };
  const [result] = JSON.parse(renderSarif({ ...sample, findings: [odd], risks: [] }, 'en')).runs[0].results;
  assert.match(result.locations[0].physicalLocation.artifactLocation.uri, /^my%20stack\/%E3.*%20%231\.yaml$/);
});

test('what could not be read is a notification, and the run did not succeed', () => {
  const sample = sampleAssessment();
  const broken = {
    ...sample,
    coverage: {
      ...sample.coverage,
      notAnalysed: [
        { kind: 'input' as const, what: 'x.yaml', reason: { en: 'not YAML', ja: 'YAMLではない' } },
      ],
    },
  };
  const [invocation] = JSON.parse(renderSarif(broken, 'en')).runs[0].invocations;
  assert.equal(invocation.executionSuccessful, false);
  assert.equal(invocation.toolExecutionNotifications[0].message.text, 'x.yaml: not YAML');
});
