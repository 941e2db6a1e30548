import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { readEnvironment } from './read.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'honmaru-terraform-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(texts: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

async function read(...paths: string[]) {
  const parameters = new Map<string, string>();
  const reading = await readEnvironment({ paths, parameters, asOf: '2026-01-01T00:00:00Z', cwd: folder });
  const ids = reading.graph.resources.map(({ id }) => id).filter((id) => /^(?:tf|cfn):/.test(id));
  return { ...reading, ids };
}

const BUCKET = 'resource "aws_s3_bucket" "b" {\n  bucket = "written"\n}\n';
const PLAN = JSON.stringify({
  format_version: '1.2',
  planned_values: {
    root_module: {
      resources: [
        { address: 'aws_s3_bucket.b', mode: 'managed', type: 'aws_s3_bucket', values: { bucket: 'planned' } },
      ],
    },
  },
});

describe('loading Terraform', () => {
  test('a folder with .tf files is read, with the modules that it calls', async () => {
    write({ 'main.tf': `${BUCKET}module "m" {\n  source = "./m"\n}\n`, 'm/main.tf': BUCKET });
    assert.deepEqual((await read('.')).ids.sort(), ['tf:aws_s3_bucket.b', 'tf:module.m.aws_s3_bucket.b']);
  });

  test('a .tf file stands for its folder', async () => {
    write({ 'infra/main.tf': BUCKET });
    const { ids, notAnalysed } = await read('infra/main.tf');
    assert.deepEqual([ids, notAnalysed], [['tf:aws_s3_bucket.b'], []]);
  });

  test('a plan that is given goes before the files; one that lies beside them is left alone', async () => {
    write({ 'main.tf': BUCKET, 'plan.json': PLAN });
    const bases = async (...paths: string[]) =>
      (await read(...paths)).graph.ofType('AWS::S3::Bucket').map(({ basis }) => basis);
    assert.deepEqual(await bases('.', 'plan.json'), ['plan']);
    assert.deepEqual(await bases('.'), ['template']);
    assert.deepEqual(await bases('plan.json'), ['plan']);
  });

  test('several roots with the same addresses are told apart by their folders', async () => {
    write({ 'prod/main.tf': BUCKET, 'dev/main.tf': BUCKET });
    assert.deepEqual((await read('.')).ids, ['tf:dev/aws_s3_bucket.b', 'tf:prod/aws_s3_bucket.b']);
  });

  test('a folder with a declaration of its own is another environment', async () => {
    write({
      'main.tf': BUCKET,
      'other/main.tf': BUCKET,
      'other/honmaru.yaml': 'schema: honmaru.declaration/1\n',
    });
    const { ids, notAnalysed } = await read('.');
    assert.deepEqual(ids, ['tf:aws_s3_bucket.b']);
    assert.deepEqual(
      notAnalysed.map(({ kind, what }) => [kind, what]),
      [['outside', 'other']],
    );
  });

  test('CloudFormation beside it is read too', async () => {
    write({
      'tf/main.tf': BUCKET,
      'cfn/app.yaml': 'Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n',
    });
    assert.deepEqual((await read('.')).ids, ['cfn:app/Bucket', 'tf:aws_s3_bucket.b']);
  });

  test('a newer plan is refused with its place, and the program ends with 2', async () => {
    write({ 'plan.json': '{"format_version": "2.0", "planned_values": {}}' });
    const { notAnalysed } = await read('plan.json');
    assert.equal(notAnalysed[0]?.kind, 'input');
    assert.equal(notAnalysed[0]?.source?.file, 'plan.json');
  });
});

describe('the name of a Terraform environment without a declaration', () => {
  const MAIN = { 'infra/main.tf': 'resource "aws_s3_bucket" "files" {}\n' };

  test('is that of its folder, wherever one stands, and never a whole path', async () => {
    write(MAIN);
    const named = async (cwd: string, path: string) => {
      const options = { paths: [path], parameters: new Map(), asOf: '2026-01-01T00:00:00.000Z', cwd };
      return (await readEnvironment(options)).graph.facts.name;
    };
    for (const [cwd, path] of [
      [folder, 'infra'],
      [folder, 'infra/main.tf'],
      [join(folder, 'infra'), '.'],
      ['/', join(folder, 'infra')],
    ] as const)
      assert.equal(await named(cwd, path), 'infra');
  });
});
