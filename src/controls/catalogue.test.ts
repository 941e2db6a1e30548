import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTROLS } from './registry.generated.ts';

test('control ids are unique and in the form that AWS uses', () => {
  const ids = CONTROLS.map((control) => control.id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[A-Z][A-Za-z0-9]*\.[0-9]+$/);
});

test('every control has a title in both languages, and types in CloudFormation names', () => {
  for (const control of CONTROLS) {
    assert.ok(control.title.en && control.title.ja && control.title.ja !== control.title.en, control.id);
    assert.match(control.title.ja, /[\u3040-\u30ff\u4e00-\u9fff]/, control.id);
    for (const type of control.resourceTypes)
      assert.match(type, /^(AWS|Account)::[A-Za-z0-9]+(::[A-Za-z0-9]+)?$/);
  }
});

test('names of AWS Config managed rules are in kebab-case', () => {
  for (const { id, configRule } of CONTROLS) {
    if (configRule) assert.match(configRule, /^[a-z0-9]+(-[a-z0-9]+)+$/, id);
  }
});
