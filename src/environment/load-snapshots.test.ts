import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readEnvironment } from './read.ts';

const SNAPSHOT = JSON.stringify({
  schema: 'honmaru.snapshot/1',
  collectedAt: '2026-01-31T09:00:00Z',
  account: '111122223333',
  partition: 'aws',
  regions: ['eu-west-1'],
  complete: true,
  parts: [],
});

async function read(files: Readonly<Record<string, string>>, paths: readonly string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'honmaru-snapshot-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
    return await readEnvironment({ paths, cwd, parameters: new Map(), asOf: '2026-02-01T00:00:00Z' });
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

describe('the snapshot of an account as an input', () => {
  test('is the whole account, and the account names the environment', async () => {
    const { graph, notAnalysed } = await read({ 'snapshot.json': SNAPSHOT }, ['snapshot.json']);
    assert.equal(graph.facts.declaration.scope, 'account');
    assert.equal(graph.facts.name, '111122223333');
    assert.ok(notAnalysed.every(({ kind }) => kind !== 'input'));
  });

  test('leaves undecided what was not collected, although the account is the scope', async () => {
    const { graph } = await read({ 'snapshot.json': SNAPSHOT }, ['snapshot.json']);
    assert.equal(graph.ofType('AWS::CloudTrail::Trail')[0]?.exists.is, 'unknown');
  });

  test('takes its scope from what is declared beside it', async () => {
    const declaration = 'schema: honmaru.declaration/1\nscope: application\n';
    const files = { 'snapshot.json': SNAPSHOT, 'honmaru.yaml': declaration };
    const { graph } = await read(files, ['snapshot.json']);
    assert.equal(graph.facts.declaration.scope, 'application');
  });

  test('is left alone when a walk finds it', async () => {
    const { notAnalysed } = await read({ 'snapshot.json': SNAPSHOT }, ['.']);
    assert.ok(notAnalysed.some(({ kind }) => kind === 'input'));
  });

  test('that was cut off says so and guesses nothing', async () => {
    const { notAnalysed } = await read({ 'snapshot.json': SNAPSHOT.slice(0, -20) }, ['snapshot.json']);
    const note = notAnalysed.find(({ kind }) => kind === 'input');
    assert.match(note?.reason.en ?? '', /ends in the middle/);
  });

  test('of a newer version is refused with what to do', async () => {
    const newer = SNAPSHOT.replace('snapshot/1', 'snapshot/2');
    const { notAnalysed } = await read({ 'snapshot.json': newer }, ['snapshot.json']);
    const note = notAnalysed.find(({ kind }) => kind === 'input');
    assert.match(note?.remedy?.en ?? '', /update Honmaru/);
  });

  test('of a second account is an environment of its own', async () => {
    const other = SNAPSHOT.replace('111122223333', '444455556666');
    const files = { 'a.json': SNAPSHOT, 'b.json': other };
    const { graph, notAnalysed } = await read(files, ['a.json', 'b.json']);
    assert.equal(graph.facts.name, '111122223333');
    assert.ok(notAnalysed.some(({ kind, what }) => kind === 'input' && what === 'b.json'));
  });

  test('is joined with a Terraform state by the ids that the state recorded', async () => {
    const id = 'vpc-0a1b2c3d4e5f60718';
    const vpc = {
      id: `111122223333:eu-west-1:${id}`,
      type: 'AWS::EC2::VPC',
      name: id,
      region: 'eu-west-1',
      names: { Ref: id },
      properties: { CidrBlock: '10.1.0.0/16' },
    };
    const part = {
      collector: 'ec2',
      region: 'eu-west-1',
      types: ['AWS::EC2::VPC'],
      resources: [vpc, { ...vpc, id: `${vpc.id}1`, name: `${id}1`, names: { Ref: `${id}1` } }],
      gaps: [],
    };
    const state = {
      version: 4,
      terraform_version: '1.11.4',
      serial: 1,
      lineage: 'x',
      resources: [
        {
          mode: 'managed',
          type: 'aws_vpc',
          name: 'main',
          instances: [{ attributes: { id, cidr_block: '10.0.0.0/16' } }],
        },
      ],
    };
    const files = {
      'terraform.tfstate': JSON.stringify(state),
      'live.json': SNAPSHOT.replace('"parts":[]', `"parts":${JSON.stringify([part])}`),
    };
    const { drift } = await read(files, ['terraform.tfstate', 'live.json']);
    assert.equal(drift?.joined, 1);
    assert.deepEqual(
      drift.drifts.map(({ resource, property }) => [resource, property]),
      [['tf:aws_vpc.main', 'CidrBlock']],
    );
  });
});
