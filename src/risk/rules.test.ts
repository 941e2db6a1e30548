import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Interval } from '../model/risk.ts';
import { RISK_RULES } from './registry.generated.ts';
import { casesOf, RULES_FOLDER, type RuleCase, risksOfCase } from './testing-rule-cases.ts';
import { verifyScores } from './verify.ts';

describe('risk rules', () => {
  test('each has its number once, and cases of its own where it is found and where it is not', () => {
    const numbers = RISK_RULES.map((rule) => rule.number);
    assert.equal(new Set(numbers).size, numbers.length);
    for (let number = 1; number <= 41; number += 1) assert.ok(numbers.includes(number), `number ${number}`);
    for (const rule of RISK_RULES) {
      const cases = casesOf(rule.id);
      assert.ok(
        cases.some((each) => each.expect.found) && cases.some((each) => !each.expect.found),
        `${rule.id} needs a case of each kind`,
      );
    }
    const files = readdirSync(RULES_FOLDER).filter((file) => file.endsWith('.cases.yaml'));
    assert.equal(files.length, RISK_RULES.length);
  });

  for (const rule of RISK_RULES) {
    describe(rule.id, () => {
      for (const each of casesOf(rule.id)) test(each.name, () => check(rule.id, each));
    });
  }
});

function check(rule: string, each: RuleCase): void {
  const risks = risksOfCase(each);
  const [risk] = risks.filter((candidate) => candidate.rule === rule);
  assert.equal(risk !== undefined, each.expect.found, risk ? risk.statement.cause.en : 'not found');
  assert.deepEqual(verifyScores(JSON.parse(JSON.stringify({ risks }))), []);
  if (!risk) return;
  const { reaches, current, target, response, decided } = each.expect;
  const names = risk.assets.map((asset) => asset.resource.replace(/^.*[/:]/, '')).sort();
  if (reaches) assert.deepEqual(names, [...reaches].sort());
  if (current !== undefined) assert.deepEqual(risk.current, interval(current));
  if (target !== undefined) assert.deepEqual(risk.target, interval(target));
  if (response) assert.equal(risk.proposal.response, response);
  if (decided !== undefined)
    assert.equal(
      risk.scoring.paths.some((path) => path.decided),
      decided,
    );
  for (const text of [
    risk.title,
    ...Object.values(risk.statement),
    risk.proposal.reason,
    risk.scoring.threatReason,
  ]) {
    assert.ok(text.en.length > 5 && /[぀-ヿ一-鿿]/.test(text.ja), `${rule} speaks both languages`);
  }
}

function interval(value: number | readonly [number, number]): Interval {
  return typeof value === 'number' ? { low: value, high: value } : { low: value[0], high: value[1] };
}
