import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphOf } from '../environment/testing.ts';
import { text } from '../kernel/texts.ts';
import { type Control, control, fail, notApplicable, pass } from './control.ts';
import { CONTROLS } from './registry.generated.ts';
import { runControls } from './run.ts';

const bucket = (attributes: object = {}) => ({
  Parameters: { Choice: { Type: 'String' } },
  Conditions: { Undecided: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } },
  Resources: { Files: { Type: 'AWS::S3::Bucket', ...attributes }, Topic: { Type: 'AWS::SNS::Topic' } },
});

function checking(evaluate: Control['evaluate'], more: Partial<Control> = {}): Control {
  return control({
    id: 'Test.1',
    title: text('a check', '検査'),
    severity: 'low',
    resourceTypes: ['AWS::S3::Bucket'],
    mappings: {},
    basis: 'effective',
    evaluate,
    remedy: () => ({ summary: text('mend it', '直す'), edits: [] }),
    ...more,
  });
}

const GOOD = text('it is good', '良い状態です');

describe('running controls', () => {
  test('gives one finding for each resource of the types of a control', () => {
    const findings = runControls(graphOf(bucket()), [checking(() => pass(GOOD))]);
    assert.equal(findings.length, 1);
    assert.equal(findings[0]?.resource, 'cfn:test/Files');
    assert.equal(findings[0]?.status, 'PASS');
    assert.deepEqual(findings[0]?.because, GOOD);
  });

  test('points at the value that decides, else at the resource', () => {
    const graph = graphOf(
      'Resources:\n  Files:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: a\n',
    );
    const [whole] = runControls(graph, [checking(() => pass(GOOD))]);
    const [value] = runControls(graph, [checking((resource) => fail(GOOD, resource.properties))]);
    assert.equal(whole?.source?.line, 2);
    assert.equal(value?.source?.line, 5);
  });

  test('a fact of the account is written nowhere, and no place is made up for it', () => {
    const graph = graphOf('Resources:\n  Files:\n    Type: AWS::S3::Bucket\n');
    const account = { ...checking(() => pass(GOOD)), resourceTypes: ['Account::Account'] };
    const [finding] = runControls(graph, [account]);
    assert.equal(finding?.resource, 'account:this');
    assert.ok(finding && !('source' in finding));
  });

  test('never passes or fails a resource that may not exist', () => {
    const graph = graphOf(bucket({ Condition: 'Undecided' }));
    for (const verdict of [pass(GOOD), fail(GOOD)]) {
      const [finding] = runControls(graph, [checking(() => verdict)]);
      assert.equal(finding?.status, 'UNKNOWN');
      assert.match(finding?.because.en ?? '', /whether Files exists depends on .*Undecided.*it is good/);
      assert.ok(finding?.undecided?.length);
    }
    const [other] = runControls(graph, [checking(() => notApplicable(GOOD))]);
    assert.equal(other?.status, 'NOT_APPLICABLE');
  });

  test('shows a control that throws as unknown, with its name', () => {
    const broken = checking(() => {
      throw new Error('no such thing');
    });
    const [finding] = runControls(graphOf(bucket()), [broken]);
    assert.equal(finding?.status, 'UNKNOWN');
    assert.match(finding?.because.en ?? '', /Test\.1.*defect.*no such thing/);
  });

  test('says nothing of resources that do not concern a control', () => {
    const findings = runControls(graphOf(bucket()), [checking(() => pass(GOOD), { concerns: () => false })]);
    assert.deepEqual(findings, []);
  });

  test('names a finding by environment, control and resource only', () => {
    const before = runControls(graphOf(bucket()), CONTROLS);
    const after = runControls(graphOf(bucket({ Properties: { BucketName: 'renamed' } })), CONTROLS);
    assert.deepEqual(
      before.map((finding) => finding.id),
      after.map((finding) => finding.id),
    );
    assert.equal(new Set(before.map((finding) => finding.id)).size, before.length);
  });

  test('judges no type for certain where the resource may not exist', () => {
    const types = [...new Set(CONTROLS.flatMap((each) => each.resourceTypes))].filter((type) =>
      type.startsWith('AWS::'),
    );
    const resources = types.map((Type, index) => [`R${index}`, { Type, Condition: 'Undecided' }]);
    const graph = graphOf({ ...bucket(), Resources: Object.fromEntries(resources) });
    const certain = runControls(graph, CONTROLS).filter(
      ({ status, resource }) => resource.startsWith('cfn:') && (status === 'PASS' || status === 'FAIL'),
    );
    assert.deepEqual(certain, []);
  });
});
