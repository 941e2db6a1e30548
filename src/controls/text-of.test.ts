import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceFile, Span } from '../kernel/source-file.ts';
import { known, type Part, unknown } from '../model/value.ts';
import { askText } from './text-of.ts';

const file: SourceFile = { path: 'a.yaml', text: '' };
const span: Span = { file, start: 0, end: 0 };
const text = (...parts: Part[]) => unknown('expression', 'parameter', span, parts);
const isStar = (value: string) => value === '*';

test('a known text is asked as it is', () => {
  assert.equal(askText(known('*', span), isStar).is, 'yes');
  assert.equal(askText(known('a', span), isStar).is, 'no');
});

test('the account, the region and a resource are never a wildcard', () => {
  for (const type of ['account', 'region', 'partition', 'reference'] as const) {
    assert.equal(askText(text({ type, expression: 'x' }), isStar).is, 'no');
  }
  const root = text('arn:aws:iam::', { type: 'account', expression: 'AWS::AccountId' }, ':root');
  assert.equal(askText(root, (value) => /^arn:aws:iam::\d{12}:root$/.test(value)).is, 'yes');
});

test('a parameter alone may be anything', () => {
  assert.equal(askText(text({ type: 'parameter', expression: 'Choice' }), isStar).is, 'unknown');
});

test('a parameter inside a text leaves open only what it can change', () => {
  const action = text('s3:', { type: 'parameter', expression: 'Choice' });
  assert.equal(askText(action, (value) => value.endsWith(':*')).is, 'unknown');
  assert.equal(askText(action, (value) => value.startsWith('s3:')).is, 'yes');
  assert.equal(askText(action, isStar).is, 'no');
});
