import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from './nearest.ts';

test('a misspelt word finds the one that was meant', () => {
  assert.equal(
    nearest('confidentialty', ['confidentiality', 'integrity', 'availability']),
    'confidentiality',
  );
  assert.equal(nearest('--formt', ['--format', '--out']), '--format');
  assert.equal(nearest('Scope', ['scope', 'owner']), 'scope');
});

test('a word that resembles nothing finds nothing', () => {
  assert.equal(nearest('banana', ['scope', 'owner', 'assets']), undefined);
  assert.equal(nearest('x'.repeat(65), ['x'.repeat(64)]), undefined);
  assert.equal(nearest('anything', []), undefined);
});
