import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionsNeeded } from './decisions-needed.ts';
import { sampleAssessment, sampleRisk } from './testing.ts';

test('risks with the same proposal are one decision', () => {
  const [first] = decisionsNeeded([sampleRisk(1), sampleRisk(2), sampleRisk(3)]);
  assert.equal(first?.risks.length, 3);
});

test('the decision about the worst risk comes first; among equals the one that lowers a band', () => {
  const responses = decisionsNeeded(sampleAssessment().risks).map(({ proposal }) => proposal.response);
  assert.deepEqual(responses, ['avoid', 'reduce', 'accept']);
});

test('without risks there is nothing to decide', () => {
  assert.deepEqual(decisionsNeeded([]), []);
});
