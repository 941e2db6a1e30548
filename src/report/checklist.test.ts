import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checklistOf, checklistScore } from './checklist.ts';
import { sampleAssessment } from './testing.ts';

test('the checklist has the lecture’s ten, the trail and the alarms', () => {
  assert.equal(checklistOf([]).length, 12);
});

test('only what is on at every place counts; what is not judged is not off', () => {
  const items = checklistOf(sampleAssessment().safeguards);
  const state = (id: string) => items.find((item) => item.id === id)?.state;
  assert.equal(state('kms'), 'on');
  assert.equal(state('waf'), 'off');
  assert.equal(state('guardduty'), 'unknown');
  assert.equal(state('macie'), 'not-judged');
  assert.equal(checklistScore(items), 1);
});
