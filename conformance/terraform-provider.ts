/** Runs the real Terraform with its AWS provider from a local mirror, where the machine has both. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that Terraform takes providers from ("filesystem_mirror"); nothing is downloaded. */
const MIRROR = process.env.HONMARU_TERRAFORM_MIRROR ?? '';

/** What the provider's schema says about a nested block or a whole resource type. */
export interface SchemaBlock {
  readonly attributes?: Readonly<Record<string, { readonly type?: unknown }>>;
  readonly block_types?: Readonly<
    Record<string, { readonly nesting_mode: string; readonly block: SchemaBlock }>
  >;
}

/** Whether Terraform and a mirror of its AWS provider are here. */
export function terraformIsHere(): boolean {
  return (
    MIRROR !== '' &&
    existsSync(MIRROR) &&
    spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0
  );
}

/** Calls back with a folder in which Terraform finds the provider offline; the folder is removed afterwards. */
export function inTerraformFolder<T>(use: (folder: string, run: (...args: string[]) => string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-terraform-'));
  try {
    const settings = join(folder, 'terraform.rc');
    writeFileSync(
      settings,
      `provider_installation {\n  filesystem_mirror {\n    path = "${MIRROR}"\n  }\n}\n`,
    );
    const run = (...args: string[]) => {
      const done = spawnSync('terraform', args, {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        env: { ...process.env, TF_CLI_CONFIG_FILE: settings, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
      });
      if (done.status !== 0) throw new Error(`terraform ${args[0]} failed: ${done.stderr || done.stdout}`);
      return done.stdout;
    };
    return use(folder, run);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The schemas of all resource types of the AWS provider. */
export function providerSchemas(): Readonly<Record<string, { readonly block: SchemaBlock }>> {
  return inTerraformFolder((folder, run) => {
    writeFileSync(
      join(folder, 'main.tf'),
      'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n',
    );
    run('init', '-no-color');
    const schema = JSON.parse(run('providers', 'schema', '-json'));
    const [provider] = Object.keys(schema.provider_schemas).filter((name) => name.endsWith('/hashicorp/aws'));
    return schema.provider_schemas[provider ?? ''].resource_schemas;
  });
}
