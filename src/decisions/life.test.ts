import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { verbatim } from '../kernel/texts.ts';
import type { Risk } from '../model/risk.ts';
import { fingerprintOf } from '../risk/fingerprint.ts';
import { decide, propose } from './life.ts';
import { formatLog, readLog } from './log.ts';
import { statusOf } from './status.ts';

const ONE = { low: 1, high: 1 };
const RISK: Risk = {
  id: 'r1',
  rule: 'http-plain',
  number: 1,
  title: verbatim('plain HTTP'),
  statement: { cause: verbatim('a'), event: verbatim('b'), effect: verbatim('c') },
  factor: 'vulnerability',
  assets: [{ resource: 'cfn:test/Database', importance: ONE, assumed: false }],
  path: [],
  scoring: { importance: ONE, threat: ONE, threatReason: verbatim('t'), limits: [], paths: [] },
  inherent: ONE,
  current: ONE,
  target: ONE,
  band: { inherent: 'low', current: 'low', target: 'low' },
  seenBy: [],
  proposal: { response: 'accept', safeguards: [], reason: verbatim('small') },
  evidence: [],
};
const MORE_IMPORTANT: Risk = {
  ...RISK,
  assets: [{ resource: 'cfn:test/Database', importance: { low: 3, high: 3 }, assumed: false }],
};
const ACCEPT = { response: 'accept', reason: 'internal only', until: '2026-03-31' } as const;
const MONDAY = new Date('2026-01-05T09:00:00Z');
const TUESDAY = new Date('2026-01-06T09:00:00Z');
const OWNER = { approved: true, owner: 'Sato', alone: false };

const proposed = propose({ risk: RISK, history: [], by: 'Tanaka', now: MONDAY }, ACCEPT);
const accepted = decide({ risk: RISK, history: [proposed], by: 'Sato', now: TUESDAY }, OWNER);
const history = [proposed, accepted];

function stateAt(day: string, risk = RISK): string {
  return statusOf(history, fingerprintOf(risk), new Date(day)).state;
}

describe('the life of a risk', () => {
  test('an acceptance by the owner holds through its last day and then lapses', () => {
    assert.equal(stateAt('2026-03-31T23:59:59Z'), 'accepted');
    assert.equal(stateAt('2026-04-01T00:00:00Z'), 'lapsed');
  });

  test('an acceptance lapses when the class of an asset changes, not when a text does', () => {
    assert.equal(stateAt('2026-02-01T00:00:00Z', MORE_IMPORTANT), 'lapsed');
    assert.equal(stateAt('2026-02-01T00:00:00Z', { ...RISK, title: verbatim('other') }), 'accepted');
  });

  test('a clock that is behind the decision keeps nothing accepted', () => {
    assert.equal(stateAt('2026-01-01T00:00:00Z'), 'lapsed');
  });

  test('only the owner decides, and not about their own proposal unless alone', () => {
    const act = { risk: RISK, history: [proposed], by: 'Tanaka', now: TUESDAY };
    assert.throws(() => decide(act, OWNER), { code: 'decision-not-owner' });
    const own = { ...OWNER, owner: 'Tanaka' };
    assert.throws(() => decide(act, own), { code: 'decision-own-proposal' });
    const alone = decide(act, { ...own, alone: true });
    assert.equal(alone.kind === 'decided' && alone.selfApproved, true);
  });

  test('what changed after the proposal is not approved', () => {
    const act = { risk: MORE_IMPORTANT, history: [proposed], by: 'Sato', now: TUESDAY };
    assert.throws(() => decide(act, OWNER), { code: 'decision-facts-changed' });
  });

  test('an acceptance needs a real last day ahead, a transfer its counterparty', () => {
    const act = { risk: RISK, history: [], by: 'Tanaka', now: MONDAY };
    for (const until of ['2026-02-30', '2025-12-31', 'soon'])
      assert.throws(() => propose(act, { ...ACCEPT, until }), { code: 'decision-until' });
    assert.throws(() => propose(act, { response: 'accept', reason: 'x' }), { code: 'decision-until' });
    assert.throws(() => propose(act, { response: 'transfer', reason: 'x' }), { code: 'decision-transfer' });
  });
});

describe('the log of decisions', () => {
  const lines = formatLog(new Map([['r1', history]]))
    .trimEnd()
    .split('\n');
  const faults = (changed: readonly string[]) =>
    readLog(changed.join('\n')).problems.map(({ line, what }) => `${line}: ${what.en}`);

  test('is read in any order, with repeated lines, as a union merge leaves it', () => {
    const read = readLog([...lines.toReversed(), ...lines].join('\n'));
    assert.deepEqual(read.problems, []);
    assert.deepEqual(read.histories.get('r1'), history);
  });

  test('names the entry that was altered and trusts nothing of its history', () => {
    const altered = lines.map((line) => line.replace('internal only', 'no reason'));
    assert.match(faults(altered).join('\n'), /1: r1 #0 was altered/);
    assert.equal(readLog(altered.join('\n')).histories.size, 0);
  });

  test('names a cut, a missing entry and a fork', () => {
    assert.match(faults([lines[0] ?? '', lines[2] ?? '']).join('\n'), /2: the history was cut/);
    assert.match(faults(lines.slice(1)).join('\n'), /before r1 #1 is missing/);
    const rejected = decide(
      { risk: RISK, history: [proposed], by: 'Sato', now: TUESDAY },
      { ...OWNER, approved: false },
    );
    const fork = formatLog(new Map([['r1', [rejected]]])).split('\n')[0] ?? '';
    assert.match(faults([...lines, fork]).join('\n'), /r1 #1 stands twice/);
  });

  test('a line that is no entry is told', () => {
    assert.match(faults(['{"__proto__":1}', 'x']).join('\n'), /1: no entry.*\n2: no entry/);
  });
});
