import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ResourceGraph } from '../../environment/graph.ts';
import { TEST_TIME } from '../../environment/testing.ts';
import type { Edit, EditValue } from '../../model/remedy.ts';
import { filesInMemory } from '../../sources/terraform/files.ts';
import { readTerraformDirectory } from '../../sources/terraform/read-directory.ts';
import { Refusal } from '../document/refusal.ts';
import { TerraformFiles } from './terraform-files.ts';

type Asked = readonly [change: string, resource: string, property: string, value: EditValue];

/** Grants each change and gives the changed files by name, and why changes were taken back. */
async function edited(texts: Readonly<Record<string, string>>, ...asked: readonly Asked[]) {
  const { resources } = await readTerraformDirectory({ folder: '.', files: filesInMemory(texts) });
  const declaration = { scope: 'application' as const, parameters: new Map(), assets: [] };
  const graph = new ResourceGraph({ name: 'test', declaration, asOf: TEST_TIME }, resources, []);
  const files = await TerraformFiles.of(graph, (path) => texts[path]);
  const home = { path: 'main.tf', text: texts['main.tf'] ?? '' };
  for (const [change, resource, property, value] of asked) {
    const edit: Edit = { kind: 'set-property', resource: `tf:${resource}`, path: [property], value };
    files.grant([edit], home, change);
  }
  const made = files.finish();
  return {
    texts: Object.fromEntries(made.files.map(({ file, after }) => [file.path, after])),
    failures: Object.fromEntries([...made.failures].map(([id, { reason }]) => [id, reason.en])),
  };
}

const refused = (reason: RegExp) => (error: unknown) =>
  error instanceof Refusal && reason.test(error.reason.en);

const TWO = 'resource "aws_db_instance" "main" {\n  count  = 2\n  engine = "mysql"\n}\n';
const MODULE = {
  'main.tf': 'module "a" {\n  source = "./store"\n}\n\nmodule "b" {\n  source = "./store"\n}\n',
  'store/main.tf': 'resource "aws_db_instance" "main" {\n  engine = "mysql"\n}\n',
};

describe('edits of blocks that make several resources', () => {
  test('are made once where all of them ask for the same', async () => {
    const { texts, failures } = await edited(
      { 'main.tf': TWO },
      ['first', 'aws_db_instance.main[0]', 'DeletionProtection', true],
      ['second', 'aws_db_instance.main[1]', 'DeletionProtection', true],
    );
    assert.equal(texts['main.tf'], TWO.replace('}', '\n  deletion_protection = true\n}'));
    assert.deepEqual(failures, {});
  });

  test('are left out where only some ask', async () => {
    const { texts, failures } = await edited({ 'main.tf': TWO }, [
      'first',
      'aws_db_instance.main[0]',
      'DeletionProtection',
      true,
    ]);
    assert.deepEqual(texts, {});
    assert.match(failures.first ?? '', /not the same for all of them/);
  });

  test('are left out where they ask for different things', () =>
    assert.rejects(
      edited(
        { 'main.tf': TWO },
        ['first', 'aws_db_instance.main[0]', 'BackupRetentionPeriod', 7],
        ['second', 'aws_db_instance.main[1]', 'BackupRetentionPeriod', 14],
      ),
      refused(/not the same for all of them/),
    ));

  test('never touch an argument that is said of each', () =>
    assert.rejects(
      edited({ 'main.tf': TWO.replace('}', '  deletion_protection = count.index == 0\n}') }, [
        'first',
        'aws_db_instance.main[1]',
        'DeletionProtection',
        true,
      ]),
      refused(/decided by an expression/),
    ));

  test('need a resource beside each of them where Terraform has it apart', () =>
    assert.rejects(
      edited({ 'main.tf': 'resource "aws_s3_bucket" "each" {\n  for_each = toset(["a"])\n}\n' }, [
        'first',
        'aws_s3_bucket.each["a"]',
        'VersioningConfiguration',
        { Status: 'Enabled' },
      ]),
      refused(/its own aws_s3_bucket_versioning/),
    ));

  test('go into the file of a module for all of its calls', async () => {
    const both: readonly Asked[] = [
      ['first', 'module.a.aws_db_instance.main', 'DeletionProtection', true],
      ['second', 'module.b.aws_db_instance.main', 'DeletionProtection', true],
    ];
    const { texts } = await edited(MODULE, ...both);
    assert.deepEqual(Object.keys(texts), ['store/main.tf']);
    const { failures } = await edited(MODULE, ...both.slice(0, 1));
    assert.match(failures.first ?? '', /module\.a\.aws_db_instance\.main, module\.b\.aws_db_instance\.main/);
  });

  test('are refused in a module where they name something outside of it', () =>
    assert.rejects(
      edited(MODULE, ['first', 'module.a.aws_db_instance.main', 'KmsKeyId', { Ref: 'SafeguardsKey' }]),
      refused(/hand it what it needs as a variable/),
    ));
});
