import assert from 'node:assert/strict';
import { test } from 'node:test';
import { text } from '../kernel/texts.ts';
import type { RiskEvidence } from '../model/risk.ts';
import { evidenceBesidePath, evidenceOrigin } from './evidence.ts';
import { sampleAssessment } from './testing.ts';

const sample = sampleAssessment();
const [risk] = sample.risks;
assert.ok(risk);
const hop = risk.path[1];
assert.ok(hop?.source);

test('what the path tells already is not told again, and nothing twice', () => {
  const told: RiskEvidence = {
    kind: 'fact',
    id: 'x',
    because: hop.what,
    ...(hop.source ? { source: hop.source } : {}),
  };
  const evidence = [told, ...risk.evidence, ...risk.evidence];
  assert.deepEqual(evidenceBesidePath({ ...risk, evidence }), risk.evidence);
});

test('evidence names the control or the safeguard that says so', () => {
  const because = text('x', 'x');
  const finding = sample.findings[0];
  assert.ok(finding);
  assert.equal(evidenceOrigin({ kind: 'finding', id: finding.id, because }, sample)?.en, finding.control);
  assert.equal(evidenceOrigin({ kind: 'safeguard', id: 'waf', because }, sample)?.en, 'AWS WAF');
  assert.equal(evidenceOrigin({ kind: 'fact', id: 'x', because }, sample), undefined);
});
