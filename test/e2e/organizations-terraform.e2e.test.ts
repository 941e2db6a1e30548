import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startHonmaru } from './iam-server.ts';
import { programOnPath } from './program.ts';
import { runAsync } from './run-async.ts';
import { TERRAFORM_MIRROR } from './terraform-mirror.ts';

const terraform = programOnPath('terraform');
const missing =
  terraform === undefined || TERRAFORM_MIRROR === undefined
    ? 'SKIPPED: terraform or a mirror of its AWS provider (HONMARU_TERRAFORM_MIRROR) is not on this machine'
    : false;
const CONFIGURATION = join(import.meta.dirname, 'organizations-terraform', 'main.tf');

test('an organisation by Terraform: apply, an empty plan, destroy', { skip: missing }, async () => {
  assert.ok(terraform && TERRAFORM_MIRROR);
  const kinds = new Set(readFileSync(CONFIGURATION, 'utf8').match(/(?<=^resource ")aws_organizations_\w+/gm));
  const running = await startHonmaru();
  try {
    const cwd = join(running.folder, 'terraform');
    mkdirSync(cwd);
    cpSync(CONFIGURATION, join(cwd, 'main.tf'));
    writeFileSync(join(cwd, 'terraform.tfvars.json'), JSON.stringify({ endpoint: running.url }));
    const env = { ...running.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
    const run = (...words: string[]) => runAsync(terraform, [...words, '-no-color'], { cwd, env });

    const init = await run('init', `-plugin-dir=${TERRAFORM_MIRROR}`);
    assert.equal(init.code, 0, init.err);
    const apply = await run('apply', '-auto-approve');
    assert.equal(apply.code, 0, apply.err);
    const shown = await runAsync(terraform, ['output', '-json', 'accounts'], { cwd, env });
    assert.deepEqual(JSON.parse(shown.out), ['Honmaru', 'shop']);
    const plan = await run('plan', '-detailed-exitcode');
    assert.equal(plan.code, 0, plan.out);
    const destroy = await run('destroy', '-auto-approve');
    assert.equal(destroy.code, 0, destroy.err);
    console.log(
      `terraform: ${kinds.size} kinds of aws_organizations_ resource applied, planned empty, destroyed`,
    );
  } finally {
    await running.stop();
  }
});
