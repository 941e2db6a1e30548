import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  CERTIFICATE,
  CERTIFICATE_KEY,
  SAML_METADATA,
  SSH_KEY,
} from '../../src/services/iam/testing-material.ts';
import { startHonmaru } from './iam-server.ts';
import { programOnPath } from './program.ts';
import { runAsync } from './run-async.ts';
import { TERRAFORM_MIRROR } from './terraform-mirror.ts';

const terraform = programOnPath('terraform');
const missing =
  terraform === undefined || TERRAFORM_MIRROR === undefined
    ? 'SKIPPED: terraform or a mirror of its AWS provider (HONMARU_TERRAFORM_MIRROR) is not on this machine'
    : false;
const CONFIGURATION = join(import.meta.dirname, 'iam-terraform', 'main.tf');

test('Terraform with the real provider: apply, an empty plan, destroy', { skip: missing }, async () => {
  assert.ok(terraform && TERRAFORM_MIRROR);
  const kinds = new Set(readFileSync(CONFIGURATION, 'utf8').match(/(?<=^resource ")aws_iam_\w+/gm));
  assert.ok(kinds.size >= 20, `${kinds.size} kinds of resource`);
  const running = await startHonmaru();
  try {
    const cwd = join(running.folder, 'terraform');
    mkdirSync(cwd);
    cpSync(CONFIGURATION, join(cwd, 'main.tf'));
    const variables = {
      endpoint: running.url,
      certificate: `${CERTIFICATE}\n`,
      certificate_key: CERTIFICATE_KEY,
      ssh_key: SSH_KEY,
      saml_metadata: SAML_METADATA,
    };
    writeFileSync(join(cwd, 'terraform.tfvars.json'), JSON.stringify(variables));
    const env = { ...running.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
    const run = (...words: string[]) => runAsync(terraform, [...words, '-no-color'], { cwd, env });

    const init = await run('init', `-plugin-dir=${TERRAFORM_MIRROR}`);
    assert.equal(init.code, 0, init.err);
    const apply = await run('apply', '-auto-approve');
    assert.equal(apply.code, 0, apply.err);
    const plan = await run('plan', '-detailed-exitcode');
    assert.equal(plan.code, 0, plan.out);
    const destroy = await run('destroy', '-auto-approve');
    assert.equal(destroy.code, 0, destroy.err);
    console.log(`terraform: ${kinds.size} kinds of aws_iam_ resource applied, planned empty and destroyed`);
    assert.ok(readdirSync(cwd).includes('terraform.tfstate'));
  } finally {
    await running.stop();
  }
});
