import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadActionTable } from './action-table.ts';

test('patterns expand without regard to case, over services too', async () => {
  const table = await loadActionTable();
  assert.deepEqual(table.expand('S3:getobjectt*'), ['s3:GetObjectTagging', 's3:GetObjectTorrent']);
  assert.ok(table.expand('*:PassRole').includes('iam:PassRole'));
  assert.equal(table.action('S3:GETOBJECT')?.name, 's3:GetObject');
});
