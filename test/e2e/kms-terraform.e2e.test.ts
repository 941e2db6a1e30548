import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startHonmaru } from './iam-server.ts';
import { programOnPath, type Ran } from './program.ts';
import { TERRAFORM_MIRROR } from './terraform-mirror.ts';

const terraform = programOnPath('terraform');
const missing =
  terraform === undefined || TERRAFORM_MIRROR === undefined
    ? 'SKIPPED: terraform or a mirror of its AWS provider (HONMARU_TERRAFORM_MIRROR) is not on this machine'
    : false;
const CONFIGURATION = join(import.meta.dirname, 'kms-terraform', 'main.tf');

test('Terraform with the real provider: apply, an empty plan, destroy', { skip: missing }, async () => {
  assert.ok(terraform && TERRAFORM_MIRROR);
  const kinds = new Set(readFileSync(CONFIGURATION, 'utf8').match(/(?<=^resource ")aws_kms_\w+/gm));
  const running = await startHonmaru();
  try {
    const sts = new STSClient({
      endpoint: running.url,
      region: 'us-east-1',
      credentials: { accessKeyId: running.accessKeyId, secretAccessKey: running.secretAccessKey },
    });
    const { Account: account } = await sts.send(new GetCallerIdentityCommand({}));
    sts.destroy();
    const cwd = join(running.folder, 'terraform');
    mkdirSync(cwd);
    cpSync(CONFIGURATION, join(cwd, 'main.tf'));
    writeFileSync(join(cwd, 'terraform.tfvars.json'), JSON.stringify({ endpoint: running.url, account }));
    const env = { ...running.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
    const run = (...words: string[]) => runSlowly(terraform, [...words, '-no-color'], cwd, env);

    const init = await run('init', `-plugin-dir=${TERRAFORM_MIRROR}`);
    assert.equal(init.code, 0, init.err);
    const apply = await run('apply', '-auto-approve');
    assert.equal(apply.code, 0, apply.err);
    assert.match(apply.out, /found = true/);
    const plan = await run('plan', '-detailed-exitcode');
    assert.equal(plan.code, 0, plan.out);
    const destroy = await run('destroy', '-auto-approve');
    assert.equal(destroy.code, 0, destroy.err);
    console.log(`terraform: ${kinds.size} kinds of aws_kms_ resource applied, planned empty and destroyed`);
  } finally {
    await running.stop();
  }
});

/** The provider asks up to 15 times, two seconds apart, whether a change is in force everywhere. */
function runSlowly(
  program: string,
  words: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Ran> {
  return new Promise((done, failed) => {
    const child = spawn(program, words, {
      cwd,
      env: { ...process.env, LANG: 'C', ...env },
      timeout: 400_000,
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('error', failed);
    child.once('close', (code) => done({ code, out, err }));
  });
}
