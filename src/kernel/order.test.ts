import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, compareNatural } from './order.ts';

test('names sort by their numbers', () => {
  assert.deepEqual(['S3.10', 'EC2.2', 'S3.8', 'S3', 'EC2.18'].sort(compareNatural), [
    'EC2.2',
    'EC2.18',
    'S3',
    'S3.8',
    'S3.10',
  ]);
});

test('plain comparison goes by code units', () => {
  assert.deepEqual(['b', 'B', 'あ', 'a'].sort(compare), ['B', 'a', 'b', 'あ']);
});
