import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Assessment } from '../model/assessment.ts';
import type { RiskDecision } from '../model/decision.ts';
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
  const odd = {
    ...finding,
    source: { line: 1, column: 1, ...finding.source, file: 'my stack/テンプレート #1.yaml' },
  };
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

test('an acceptance that counts suppresses its risk; one that lapsed or does not count is told as rejected', () => {
  const sample = sampleAssessment();
  const [risk] = sample.risks;
  assert.ok(risk);
  const of = (decision: Partial<RiskDecision>) => {
    const decisions = [
      { risk: risk.id, response: 'accept', reason: 'borne', counts: false, ...decision } as RiskDecision,
    ];
    const { results } = JSON.parse(renderSarif({ ...sample, decisions }, 'en')).runs[0];
    return results[0].suppressions?.[0];
  };
  const accepted = of({ status: 'accepted', counts: true, until: '2027-03-31', decidedBy: 'Sato' });
  assert.deepEqual([accepted.kind, accepted.status], ['external', 'accepted']);
  assert.equal(accepted.justification, 'accepted until 2027-03-31 by Sato (unsigned) — borne');
  assert.equal(of({ status: 'accepted', counts: false }).status, 'rejected');
  assert.equal(of({ status: 'lapsed' }).status, 'rejected');
  assert.equal(of({ status: 'proposed' }).status, 'underReview');
  assert.equal(of({ status: 'reducing', response: 'reduce', counts: true }), undefined);
});

test('what belongs to the account as a whole lies at the head of the first file, so that an upload is not refused', () => {
  const sample = sampleAssessment();
  const { results } = JSON.parse(renderSarif(withoutPlaces(sample), 'en')).runs[0];
  const reported = sample.findings.filter(({ status }) => status === 'FAIL' || status === 'UNKNOWN');
  assert.equal(results.length, sample.risks.length + reported.length);
  for (const { locations, codeFlows } of results) {
    const { artifactLocation, region } = locations[0].physicalLocation;
    assert.deepEqual([artifactLocation.uri, region.startLine], ['examples/webapp/template.yaml', 1]);
    assert.equal(codeFlows, undefined);
  }
});

test('where no file was read, what is written nowhere is a notification, not a result without a place', () => {
  const sample = withoutPlaces(sampleAssessment());
  const environment = { ...sample.environment, resources: [] };
  const [only] = JSON.parse(renderSarif({ ...sample, environment }, 'en')).runs;
  assert.equal(only.results.length, 0);
  const told = only.invocations[0].toolExecutionNotifications.map(
    ({ message }: { message: { text: string } }) => message.text,
  );
  for (const { id } of [...sample.risks, ...sample.findings.filter(({ status }) => status === 'FAIL')])
    assert.ok(
      told.some((each: string) => each.includes(id)),
      id,
    );
});

function withoutPlaces(assessment: Assessment): Assessment {
  const findings = assessment.findings.map(({ source: _, ...finding }) => finding);
  const risks = assessment.risks.map((risk) => ({
    ...risk,
    path: risk.path.map(({ source: _, ...step }) => step),
  }));
  return { ...assessment, findings, risks };
}
