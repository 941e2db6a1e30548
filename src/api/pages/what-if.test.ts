import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { text } from '../../kernel/texts.ts';
import type { Guard, Risk } from '../../model/risk.ts';
import { scoresOf } from '../../risk/score.ts';
import { switched } from './what-if.ts';

const WAF: Guard = {
  safeguard: 'waf',
  facet: 'sqli',
  place: 'cfn:a/Alb',
  effect: 'block',
  state: 'off',
  proposed: false,
};

function riskWith(guard: Guard): Risk {
  const scoring = {
    importance: { low: 3, high: 3 },
    threat: { low: 3, high: 3 },
    threatReason: text('open', '公開'),
    limits: [],
    paths: [{ decided: true, steps: [{ resource: 'cfn:a/Alb', what: text('in', '入口'), guards: [guard] }] }],
  };
  return { id: 'r', scoring, ...scoresOf(scoring) } as unknown as Risk;
}

describe('what if a safeguard were on, or off', () => {
  const risk = riskWith(WAF);

  test('the same scorer tells the level after the switch', () => {
    assert.equal(risk.current.high, 9);
    const after = switched(risk, [{ safeguard: 'waf', place: 'cfn:a/Alb', state: 'on' }]);
    assert.equal(after.current.high, 3);
    assert.equal(
      switched(riskWith({ ...WAF, state: 'on' }), [{ safeguard: 'waf', place: 'cfn:a/Alb', state: 'off' }])
        .current.high,
      9,
    );
  });

  test('only the facet and the place that are named are switched', () => {
    for (const other of [
      { safeguard: 'waf', place: 'cfn:a/Other', state: 'on' },
      { safeguard: 'waf', place: 'cfn:a/Alb', facet: 'rate', state: 'on' },
      { safeguard: 'tls', place: 'cfn:a/Alb', state: 'on' },
    ] as const) {
      assert.equal(switched(risk, [other]).current.high, 9);
    }
  });
});
