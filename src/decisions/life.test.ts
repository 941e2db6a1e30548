import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { verbatim } from '../kernel/texts.ts';
import type { Risk } from '../model/risk.ts';
import { seal } from './entry.ts';
import { classChanged, close, decide, lapsed, propose, reopen, withdraw } from './life.ts';
import { standingOf } from './status.ts';
import { ACCEPT, acceptance, act, MONDAY, RISK, ROOTS, TUESDAY } from './testing.ts';

const MORE_IMPORTANT: Risk = {
  ...RISK,
  assets: [{ resource: 'cfn:test/Database', importance: { low: 3, high: 3 }, assumed: false }],
};
const [path] = RISK.scoring.paths;
const step = path?.steps[0];
const WITH_STATE = (state: 'on' | 'off'): Risk => ({
  ...RISK,
  scoring: {
    ...RISK.scoring,
    paths: [
      {
        decided: true,
        steps: [
          {
            resource: 'cfn:test/LoadBalancer',
            what: verbatim('x'),
            guards: (step?.guards ?? []).map((guard) => ({ ...guard, state })),
          },
        ],
      },
    ],
  },
});
const LONGER: Risk = {
  ...RISK,
  scoring: {
    ...RISK.scoring,
    paths: [
      {
        decided: true,
        steps: [...(path?.steps ?? []), { resource: 'cfn:test/Server', what: verbatim('x'), guards: [] }],
      },
    ],
  },
};

const history = acceptance();

function standing(day: string, risk: Risk | undefined = RISK, entries = history) {
  return standingOf(entries, risk, new Date(day)).status;
}

describe('an acceptance', () => {
  test('holds through its last day and then lapses', () => {
    assert.equal(standing('2026-03-31T23:59:59Z').status, 'accepted');
    const { status, why } = standing('2026-04-01T00:00:00Z');
    assert.deepEqual([status, why?.en], ['lapsed', 'its last day was 2026-03-31']);
  });

  test('lapses with the class, the path and the safeguards, naming which, and not with a text', () => {
    const why = (risk: Risk | undefined) => {
      const { status, why: reason } = standing('2026-02-01T00:00:00Z', risk);
      return `${status}: ${reason?.en}`;
    };
    assert.equal(why(MORE_IMPORTANT), 'lapsed: the class of an asset has changed');
    assert.match(why(LONGER), /^lapsed: the path to the event has changed/);
    assert.equal(why(WITH_STATE('on')), 'lapsed: the state of a safeguard has changed');
    assert.equal(why({ ...RISK, title: verbatim('other') }), 'accepted: undefined');
    const gone = standingOf(history, undefined, TUESDAY).status;
    assert.deepEqual([gone.status, gone.why?.en], ['lapsed', 'the environment has this risk no more']);
  });

  test('holds when a resource has another name and a moved: entry says so', () => {
    const renamed = JSON.parse(JSON.stringify(RISK).replaceAll('LoadBalancer', 'Front')) as Risk;
    assert.equal(standing('2026-02-01T00:00:00Z', renamed).status, 'lapsed');
    const moved = [{ from: 'cfn:test/LoadBalancer', to: 'cfn:test/Front' }];
    assert.equal(standing('2026-02-01T00:00:00Z', { ...renamed, moved }).status, 'accepted');
  });

  test('is not kept by a clock that is behind it', () => {
    assert.match(standing('2026-01-01T00:00:00Z').why?.en ?? '', /clock/);
  });

  test('that was recorded as lapsed stays so when the facts return, until a new decision', () => {
    const over = seal(lapsed(act('Tanaka', history, { now: new Date('2026-02-01T00:00:00Z') }), ['path']));
    assert.equal(standing('2026-02-02T00:00:00Z', RISK, [...history, over]).status, 'lapsed');
    const renewed = seal(
      propose(act('Tanaka', [...history, over], { now: new Date('2026-02-02T00:00:00Z') }), ACCEPT),
    );
    const { status, why } = standing('2026-02-03T00:00:00Z', RISK, [...history, over, renewed]);
    assert.deepEqual([status, why?.en], ['proposed', 'the path to the event has changed']);
  });

  test('is not ended by a new proposal, nor by its rejection', () => {
    const again = seal(propose(act('Tanaka', history), { ...ACCEPT, until: '2026-06-30' }));
    assert.equal(standing('2026-02-01T00:00:00Z', RISK, [...history, again]).status, 'accepted');
    const rejected = seal(decide(act('Sato', [...history, again]), false, ROOTS));
    assert.equal(standing('2026-02-01T00:00:00Z', RISK, [...history, again, rejected]).until, '2026-03-31');
  });
});

describe('who may do what', () => {
  const proposed = history.slice(0, 1);

  test('only the owner decides, and not about an own proposal unless alone', () => {
    assert.throws(() => decide(act('Tanaka', proposed), true, ROOTS), { code: 'decision-not-owner' });
    assert.throws(() => decide(act('Sato', proposed), true, { alone: false }), { code: 'decision-no-owner' });
    const own = { ...ROOTS, owner: 'Tanaka' };
    assert.throws(() => decide(act('Tanaka', proposed), true, own), { code: 'decision-own-proposal' });
    assert.equal(decide(act('Tanaka', proposed), true, { ...own, alone: true }).selfApproved, true);
  });

  test('a mail address tells people of one name apart', () => {
    const roots = { owner: 'Sato <a@example.com>', alone: false };
    assert.throws(() => decide(act('Sato <b@example.com>', proposed), true, roots), {
      code: 'decision-not-owner',
    });
    assert.equal(decide(act('S. Sato <A@example.com>', proposed), true, roots).approved, true);
  });

  test('what changed after the proposal is not approved', () => {
    const changed = act('Sato', proposed, { risk: MORE_IMPORTANT });
    assert.throws(() => decide(changed, true, ROOTS), { code: 'decision-facts-changed' });
  });

  test('an acceptance needs a real last day ahead, a transfer its counterparty, all a reason', () => {
    const tried = (treatment: Parameters<typeof propose>[1]) => () => propose(act('Tanaka'), treatment);
    for (const until of ['2026-02-30', '2025-12-31', 'soon', ''])
      assert.throws(tried({ ...ACCEPT, until }), { code: 'decision-until' });
    assert.throws(tried({ response: 'accept', reason: 'x' }), { code: 'decision-until' });
    assert.throws(tried({ response: 'transfer', reason: 'x' }), { code: 'decision-transfer' });
    assert.throws(tried({ response: 'reduce', reason: ' ' }), { code: 'decision-reason' });
    assert.throws(tried({ response: 'reduce', reason: 'x'.repeat(5000) }), { code: 'decision-reason' });
  });

  test('nothing is recorded before the last entry', () => {
    const early = act('Tanaka', history, { now: MONDAY });
    assert.throws(() => propose(early, ACCEPT), { code: 'decision-clock' });
  });

  test('lowering a class is for the owner, raising it is not', () => {
    const change = {
      resource: 'x',
      before: { low: 1, high: 3 },
      after: { low: 1, high: 1 },
      reason: 'empty',
    };
    assert.throws(() => classChanged(act('Tanaka'), change, ROOTS), { code: 'decision-not-owner' });
    assert.equal(classChanged(act('Sato'), change, ROOTS).kind, 'class-changed');
    const raise = { ...change, before: change.after, after: change.before };
    assert.equal(classChanged(act('Tanaka'), raise, ROOTS).kind, 'class-changed');
  });
});

describe('a closed risk', () => {
  const evidence = [{ kind: 'safeguard', what: 'tls@cfn:test/LoadBalancer', state: 'on' }] as const;
  const closing = { reason: 'TLS everywhere', evidence, value: 1 };
  const closed = seal(close(act('Sato', history), closing, ROOTS));

  test('is closed by the owner, with evidence, and stays so while the value does', () => {
    assert.throws(() => close(act('Tanaka', history), closing, ROOTS), { code: 'decision-not-owner' });
    const { status, evidence: kept } = standing('2026-02-01T00:00:00Z', RISK, [...history, closed]);
    assert.deepEqual([status, kept], ['closed', evidence]);
  });

  test('that rises again is no longer closed, and can be reopened', () => {
    const risen = { ...RISK, current: { low: 6, high: 6 } };
    const { status, why } = standing('2026-02-01T00:00:00Z', risen, [...history, closed]);
    assert.deepEqual([status, why?.en], ['lapsed', 'it was closed at 1 and stands at 6 again']);
    const again = seal(reopen(act('Tanaka', [...history, closed]), 'back'));
    assert.equal(standing('2026-02-01T00:00:00Z', risen, [...history, closed, again]).status, 'undecided');
    assert.throws(() => reopen(act('Tanaka', history), 'back'), { code: 'decision-not-closed' });
  });
});

describe('a proposal that is taken back', () => {
  test('is so by whoever made it, and leaves what was before', () => {
    const proposed = seal(propose(act('Tanaka'), ACCEPT));
    assert.throws(() => withdraw(act('Sato', [proposed]), 'x'), { code: 'decision-not-proposer' });
    assert.throws(() => withdraw(act('Tanaka'), 'x'), { code: 'decision-nothing-proposed' });
    const taken = seal(withdraw(act('Tanaka', [proposed]), 'the wrong risk'));
    assert.equal(standingOf([proposed, taken], RISK, TUESDAY).status.status, 'undecided');
    assert.throws(() => decide(act('Sato', [proposed, taken]), true, ROOTS), {
      code: 'decision-nothing-proposed',
    });
    const accepted = acceptance();
    const other = seal(propose(act('Tanaka', accepted), { response: 'reduce', reason: 'later' }));
    const back = seal(withdraw(act('Tanaka', [...accepted, other]), 'no'));
    assert.equal(standingOf([...accepted, other, back], RISK, TUESDAY).status.status, 'accepted');
  });
});
