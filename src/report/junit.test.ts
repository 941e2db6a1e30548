import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderJunit } from './junit.ts';
import { sampleAssessment } from './testing.ts';

/** Names of the elements, in order; throws where a tag is not closed or a character is not XML's. */
function elementsOf(xml: string): readonly string[] {
  const open: string[] = [];
  const seen: string[] = [];
  for (const [, closing, name = '', empty] of xml.matchAll(/<(\/?)([a-z]+)(?:\s+[a-z]+="[^"<]*")*(\/?)>/g)) {
    if (closing) assert.equal(open.pop(), name);
    else {
      seen.push(name);
      if (!empty) open.push(name);
    }
  }
  assert.deepEqual(open, []);
  assert.equal(xml.replace(/<[^<>]*>/g, '').includes('<'), false);
  return seen;
}

describe('JUnit', () => {
  test('a suite each for risks, controls and input, with counts that agree', () => {
    const xml = renderJunit(sampleAssessment(), 'en');
    const elements = elementsOf(xml);
    assert.equal(elements.filter((name) => name === 'testsuite').length, 3);
    const counted = [...xml.matchAll(/ tests="(\d+)" failures="(\d+)" errors="0" skipped="(\d+)"/g)];
    const sum = (column: number) => counted.reduce((total, match) => total + Number(match[column]), 0);
    assert.equal(sum(1), elements.filter((name) => name === 'testcase').length);
    assert.equal(sum(2), elements.filter((name) => name === 'failure').length);
    assert.equal(sum(3), elements.filter((name) => name === 'skipped').length);
  });

  test('names of strangers stay text', () => {
    const base = sampleAssessment();
    const hostile = '"/><failure>]]>\u0000\u001b[31m\ud800&';
    const xml = renderJunit({ ...base, environment: { ...base.environment, name: hostile } }, 'ja');
    elementsOf(xml);
    assert.ok(!/[\u0000-\u0008\u001b\ud800]/.test(xml));
  });
});
