import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConnectCustomKeyStoreCommand, CreateCustomKeyStoreCommand, KMSClient } from '@aws-sdk/client-kms';
import { programOnPath } from './program.ts';
import { runAsync } from './run-async.ts';
import { CLUSTER, NO_TOKEN, PIN, softHsm } from './soft-hsm.ts';
import { TERRAFORM_MIRROR } from './terraform-mirror.ts';
import { environmentOf, setUp, startNode } from './up-node.ts';

const terraform = programOnPath('terraform');
const skip =
  NO_TOKEN ||
  (terraform && TERRAFORM_MIRROR
    ? false
    : 'SKIPPED: terraform or a mirror of its AWS provider (HONMARU_TERRAFORM_MIRROR) is not on this machine');

/** Terraform has no resource that connects a key store: people do, as here. */
async function connectedStore(folder: string, endpoint: string, certificate: string): Promise<string> {
  const file = readFileSync(join(folder, 'aws-credentials'), 'utf8');
  const setting = (name: string) => new RegExp(`${name} = (.*)`).exec(file)?.[1] ?? '';
  const credentials = {
    accessKeyId: setting('aws_access_key_id'),
    secretAccessKey: setting('aws_secret_access_key'),
  };
  const kms = new KMSClient({ endpoint, region: 'us-east-1', credentials });
  const { CustomKeyStoreId } = await kms.send(
    new CreateCustomKeyStoreCommand({
      CustomKeyStoreName: 'by-hand',
      CloudHsmClusterId: CLUSTER,
      TrustAnchorCertificate: readFileSync(certificate, 'utf8'),
      KeyStorePassword: PIN,
    }),
  );
  await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId }));
  kms.destroy();
  return CustomKeyStoreId ?? '';
}

test('Terraform makes, plans empty and destroys a custom key store, and makes a key in one', {
  skip,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-store-tf-'));
  const hsm = await softHsm(folder);
  hsm.describeIn(join(folder, 'config', 'honmaru'));
  const node = await startNode(folder);
  try {
    setUp(folder, ['--endpoint', node.endpoint, '--profile', 'tf']);
    const cwd = join(folder, 'terraform');
    mkdirSync(cwd);
    cpSync(join(import.meta.dirname, 'kms-store-terraform', 'main.tf'), join(cwd, 'main.tf'));
    const variables = {
      endpoint: node.endpoint,
      cluster: CLUSTER,
      certificate: hsm.certificate,
      password: PIN,
    };
    writeFileSync(join(cwd, 'terraform.tfvars.json'), JSON.stringify(variables));
    const env = { ...environmentOf(folder), AWS_PROFILE: 'tf', CHECKPOINT_DISABLE: '1' };
    const run = (...words: string[]) => runAsync(terraform ?? '', [...words, '-no-color'], { cwd, env });
    const init = await run('init', `-plugin-dir=${TERRAFORM_MIRROR}`);
    assert.equal(init.code, 0, init.err);
    const apply = await run('apply', '-auto-approve');
    assert.equal(apply.code, 0, apply.err);
    assert.match(apply.out, /state = "DISCONNECTED"/);
    const plan = await run('plan', '-detailed-exitcode');
    assert.equal(plan.code, 0, plan.out);
    const destroy = await run('destroy', '-auto-approve');
    assert.equal(destroy.code, 0, destroy.err);

    const store = `-var=store=${await connectedStore(folder, node.endpoint, hsm.certificate)}`;
    const inside = await run('apply', '-auto-approve', store);
    assert.equal(inside.code, 0, inside.err);
    assert.match(inside.out, /state = "CONNECTED"/);
    const again = await run('plan', '-detailed-exitcode', store);
    assert.equal(again.code, 0, again.out);
  } finally {
    await node.stop();
    await hsm.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
