import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesWildcard } from './wildcards.ts';

test('names match patterns of stars and question marks', () => {
  for (const [name, pattern, matches] of [
    ['a.json', '*.json', true],
    ['a.json', '?.json', true],
    ['ab.json', '?.json', false],
    ['policy.json.tpl', '*.json', false],
    ['', '*', true],
    ['abcabd', '*ab?', true],
    ['a'.repeat(200), `${'a*'.repeat(30)}b`, false],
  ] as const) {
    assert.equal(matchesWildcard(name, pattern), matches, `${name} ${pattern}`);
  }
});
