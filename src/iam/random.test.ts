import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessOf, requestOf } from '../../conformance/iam/engine-case.ts';
import { drawFilling, filled, open, punch } from '../../conformance/iam/open-cases.ts';
import { CaseSource } from '../../conformance/iam/random-cases.ts';
import { referenceAllows } from '../../conformance/iam/reference.ts';
import { evaluate } from './index.ts';

test('the engine and a plain second evaluator agree on random known cases', () => {
  const source = new CaseSource(20260901);
  for (let index = 0; index < 1_200; index += 1) {
    const { layers, request } = source.next();
    const { verdict } = evaluate(accessOf(layers), requestOf(request));
    assert.equal(
      verdict,
      referenceAllows(layers, request) ? 'ALLOW' : 'DENY',
      JSON.stringify({ layers, request }),
    );
  }
});

test('filling holes never contradicts a decided answer, and leaves nothing open', () => {
  const source = new CaseSource(20260902);
  const seen = { ALLOW: 0, DENY: 0, UNKNOWN: 0 };
  for (let index = 0; index < 500; index += 1) {
    const { layers, request } = source.next();
    const marked = punch(layers, request, source);
    const before = open(marked);
    const { verdict } = evaluate(before.access, before.request);
    seen[verdict] += 1;
    for (let turn = 0; turn < 3; turn += 1) {
      const after = filled(marked, drawFilling(source), source.request().context);
      const decided = evaluate(after.access, after.request).verdict;
      assert.notEqual(decided, 'UNKNOWN');
      if (verdict !== 'UNKNOWN') assert.equal(decided, verdict, JSON.stringify(marked));
    }
  }
  assert.ok(seen.ALLOW > 10 && seen.DENY > 10 && seen.UNKNOWN > 10, JSON.stringify(seen));
});
