import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { graphOfAll } from '../environment/testing.ts';
import type { Moved } from '../model/moved.ts';
import { assess } from './assess.ts';
import { compareAssessments } from './compare.ts';
import { renames, stackCounterparts } from './renames.ts';

const BUCKET = '{ Type: AWS::S3::Bucket }';
const QUEUE = '{ Type: AWS::SQS::Queue }';

async function assessed(stack: string, resources: readonly string[], moved: readonly Moved[] = []) {
  const graph = graphOfAll({ [stack]: `Resources:\n${resources.map((line) => `  ${line}\n`).join('')}` });
  const declaration = { ...graph.facts.declaration, moved };
  return assess({ graph, declaration, unknowns: [], notAnalysed: [] });
}

describe('what seems renamed', () => {
  test('is a resource of one type of which every control says the same, where it is clear which', async () => {
    const before = await assessed('app', [`Old: ${BUCKET}`, `Jobs: ${QUEUE}`]);
    const after = await assessed('app', [`New: ${BUCKET}`, `Jobs: ${QUEUE}`]);
    assert.deepEqual(renames(before, after), [{ from: 'cfn:app/Old', to: 'cfn:app/New' }]);
    const unclear = await assessed('app', [`New: ${BUCKET}`, `Newer: ${BUCKET}`]);
    assert.deepEqual(renames(before, unclear), []);
  });

  test('is not what is declared as moved already', async () => {
    const before = await assessed('app', [`Old: ${BUCKET}`]);
    const moved = [{ from: 'cfn:app/Old', to: 'cfn:app/New' }];
    assert.deepEqual(renames(before, await assessed('app', [`New: ${BUCKET}`], moved)), []);
  });

  test('is a whole stack where its resources are found again in another one', async () => {
    const before = await assessed('old', [`Old: ${BUCKET}`, `Jobs: ${QUEUE}`, `Mail: ${QUEUE}`]);
    const after = await assessed('new', [`New: ${BUCKET}`, `Jobs: ${QUEUE}`, `Mail: ${QUEUE}`]);
    assert.deepEqual(renames(before, after), [
      { from: 'cfn:old', to: 'cfn:new' },
      { from: 'cfn:old/Old', to: 'cfn:new/New' },
    ]);
    assert.deepEqual(renames(before, await assessed('new', [`A: ${BUCKET}`, `B: ${QUEUE}`])).length, 1);
  });
});

describe('the stack that another version is', () => {
  test('is the only one of each side, whatever became of it', async () => {
    const before = await assessed('old', [`A: ${BUCKET}`]);
    const after = await assessed('new', [`B: ${QUEUE}`, `C: ${QUEUE}`]);
    assert.deepEqual(stackCounterparts(before, after), [{ from: 'cfn:old', to: 'cfn:new' }]);
    assert.deepEqual(stackCounterparts(before, await assessed('old', [`B: ${QUEUE}`])), []);
  });

  test('makes the two comparable: nothing appears or goes by the name of a file', async () => {
    const before = await assessed('old', [`A: ${BUCKET}`]);
    const plain = await assessed('new', [`A: ${BUCKET}`]);
    assert.ok(compareAssessments(before, plain).findings.failing.length > 0);
    const after = await assessed('new', [`A: ${BUCKET}`], stackCounterparts(before, plain));
    const { findings, safeguards, risks } = compareAssessments(before, after);
    assert.deepEqual([findings.failing, findings.mended, safeguards, risks.appeared], [[], [], [], []]);
  });
});
