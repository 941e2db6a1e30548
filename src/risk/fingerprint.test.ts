import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphOf } from '../environment/testing.ts';
import type { Risk } from '../model/risk.ts';
import { findRisks } from './find.ts';
import { fingerprintOf } from './fingerprint.ts';
import { reportsFor, type States } from './testing.ts';

const TEMPLATE = `
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      MasterUserPassword: hunter2hunter2
`;

function risk(template: string, states: States = {}, confidentiality?: number): Risk {
  const assets = confidentiality ? [{ resource: 'Database', confidentiality }] : [];
  const graph = graphOf(template, { scope: 'account', assets });
  const found = findRisks(graph, [], reportsFor(graph, states)).risks.find(
    (each) => each.rule === 'snapshot-leak',
  );
  assert.ok(found);
  return found;
}

describe('a fingerprint', () => {
  const before = fingerprintOf(risk(TEMPLATE));

  test('ignores lines, comments and texts', () => {
    const moved = `# a comment\n\nDescription: another\n${TEMPLATE}`;
    assert.equal(fingerprintOf(risk(moved)), before);
    const renamed = { ...risk(TEMPLATE), title: { en: 'other', ja: '別' } };
    assert.equal(fingerprintOf(renamed), before);
  });

  test('changes with the state of a safeguard on the path', () => {
    assert.notEqual(fingerprintOf(risk(TEMPLATE, { 'encryption-at-rest@Database': 'on' })), before);
  });

  test('changes with the class of the asset', () => {
    assert.notEqual(fingerprintOf(risk(TEMPLATE, {}, 3)), before);
  });

  test('the id does not change with either', () => {
    const ids = [
      risk(TEMPLATE),
      risk(TEMPLATE, { 'encryption-at-rest@Database': 'on' }),
      risk(TEMPLATE, {}, 3),
    ];
    assert.equal(new Set(ids.map((each) => each.id)).size, 1);
  });
});
