import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Risk } from '../model/risk.ts';
import { closingFacts, closingOf } from './closing.ts';
import { closingReasonText } from './closing-reason.ts';
import { seal } from './entry.ts';
import { decide, propose } from './life.ts';
import { standingOf } from './status.ts';
import { act, RISK, ROOTS, TUESDAY } from './testing.ts';

const THREE = { low: 3, high: 3 };
const ONE = { low: 1, high: 1 };
const HIGH: Risk = { ...RISK, current: THREE, target: ONE };
const [path] = HIGH.scoring.paths;
const LOWERED: Risk = {
  ...HIGH,
  current: ONE,
  scoring: {
    ...HIGH.scoring,
    paths: (path ? [path] : []).map((each) => ({
      ...each,
      steps: each.steps.map((step) => ({
        ...step,
        guards: step.guards.map((guard) => ({ ...guard, state: 'on' as const })),
      })),
    })),
  },
};

/** As far as the closing reads an assessment. */
const ASSESSMENT = {
  assessedAt: '2026-01-06T09:00:00.000Z',
  environment: { name: 'test', scope: 'application', resources: [], unknowns: [] },
  coverage: { analysed: [], notAnalysed: [] },
} as const;

const proposed = seal(propose(act('Tanaka', [], { risk: HIGH }), { response: 'reduce', reason: 'TLS' }));
const history = [proposed, seal(decide(act('Sato', [proposed], { risk: HIGH }), true, ROOTS))];
const matter = (risk: Risk, gone = false, entries = history) => ({
  act: act('Sato', entries, { risk }),
  gone,
  assessment: ASSESSMENT,
});

describe('closing a risk', () => {
  test('waits until the value is down, and names the safeguards that are on since', () => {
    assert.throws(() => closingFacts(matter(HIGH)), { code: 'closing-not-reduced' });
    assert.throws(() => closingFacts(matter(LOWERED, false, [proposed])), { code: 'closing-not-approved' });
    assert.deepEqual(closingFacts(matter(LOWERED)).evidence, [
      { kind: 'value', what: 'value 1-1 at 2026-01-06T09:00:00.000Z' },
      { kind: 'safeguard', what: 'tls@cfn:test/LoadBalancer', state: 'on' },
    ]);
  });

  test('of one that is gone needs a word where its resources are gone too, and a whole reading', () => {
    const gone = matter(HIGH, true);
    assert.deepEqual(closingFacts(gone).missing, ['cfn:test/Database']);
    assert.throws(() => closingOf(gone, { said: [] }, ROOTS), { code: 'closing-evidence' });
    const entry = closingOf(gone, { said: ['torn down'] }, ROOTS);
    assert.equal(entry.kind === 'closed' && entry.value, 0);
    const unread = { kind: 'input', what: 'x.yaml', reason: { en: 'x', ja: 'x' } } as const;
    const coverage = { analysed: [], notAnalysed: [unread] };
    assert.throws(() => closingFacts({ ...gone, assessment: { ...ASSESSMENT, coverage } }), {
      code: 'closing-not-read',
    });
  });

  test('happens once, and says why in both languages', () => {
    const closed = seal(closingOf(matter(LOWERED), { said: [] }, ROOTS));
    const entries = [...history, closed];
    assert.throws(() => closingFacts(matter(LOWERED, false, entries)), { code: 'closing-done' });
    const { status } = standingOf(entries, LOWERED, TUESDAY);
    assert.deepEqual([status.status, status.why?.ja], ['closed', '値が1まで下がりました']);
    assert.equal(closingReasonText('as we agreed').ja, 'as we agreed');
  });
});
