import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { controlsFor } from '../controls/load.ts';
import { runControls } from '../controls/run.ts';
import { readEnvironment } from '../environment/read.ts';
import type { FoundResource } from '../sources/aws/api.ts';
import { COLLECTORS } from '../sources/aws/collectors.ts';

const ALL_TYPES = COLLECTORS.flatMap(({ types }) => types);

interface Live extends Omit<FoundResource, 'region'> {
  readonly region?: string;
}

/** A snapshot in which everything was asked and answered. */
function snapshot(resources: readonly Live[]) {
  const found = resources.map((each) => ({ region: 'eu-west-1', ...each }));
  const part = { collector: 'all', region: 'eu-west-1', types: ALL_TYPES, resources: found, gaps: [] };
  return JSON.stringify({
    schema: 'honmaru.snapshot/1',
    collectedAt: '2026-01-31T09:00:00Z',
    account: '111122223333',
    partition: 'aws',
    regions: ['eu-west-1'],
    regionsOff: [],
    complete: true,
    parts: [part],
  });
}

async function joined(template: object, live: readonly Live[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'honmaru-drift-'));
  try {
    writeFileSync(join(cwd, 'app.json'), JSON.stringify({ Resources: template }));
    writeFileSync(join(cwd, 'live.json'), snapshot(live));
    const paths = ['app.json', 'live.json'];
    return await readEnvironment({ paths, cwd, parameters: new Map(), asOf: '2026-02-01T00:00:00Z' });
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

const DATABASE = {
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { DBInstanceIdentifier: 'Orders', StorageEncrypted: true, BackupRetentionPeriod: 7 },
  },
};

function liveDatabase(properties: object): Live {
  return {
    id: 'arn:aws:rds:eu-west-1:111122223333:db:orders',
    type: 'AWS::RDS::DBInstance',
    name: 'orders',
    names: { Ref: 'orders' },
    properties: { DBInstanceIdentifier: 'orders', ...properties },
  };
}

describe('a template and the account together', () => {
  test('say what is declared encrypted and is not', async () => {
    const { drift, graph } = await joined(DATABASE, [
      liveDatabase({ StorageEncrypted: false, BackupRetentionPeriod: 7 }),
    ]);
    assert.deepEqual(
      drift?.drifts.map(({ kind, property, declared, found }) => ({ kind, property, declared, found })),
      [{ kind: 'differs', property: 'StorageEncrypted', declared: 'true', found: 'false' }],
    );
    const findings = runControls(graph, await controlsFor(graph));
    const encrypted = findings.find(({ control }) => control === 'RDS.3');
    assert.equal(encrypted?.status, 'FAIL');
    assert.equal(encrypted?.source?.file, 'app.json');
  });

  test('are one resource, judged by what the template leaves open and the account knows', async () => {
    const { drift, graph } = await joined(DATABASE, [
      liveDatabase({ StorageEncrypted: true, BackupRetentionPeriod: 7, PubliclyAccessible: true }),
    ]);
    assert.deepEqual(drift?.drifts, []);
    assert.equal(graph.ofType('AWS::RDS::DBInstance').length, 1);
    const findings = runControls(graph, await controlsFor(graph));
    assert.equal(findings.find(({ control }) => control === 'RDS.2')?.status, 'FAIL');
  });

  test('say what the account does not have', async () => {
    const { drift } = await joined(DATABASE, []);
    assert.deepEqual(
      drift?.drifts.map(({ kind, resource }) => [kind, resource]),
      [['not-there', 'cfn:app/Database']],
    );
  });

  test('know by tags of CloudFormation what has no name of its own, and by its parent what has no tag', async () => {
    const tag = (name: string) => [
      { Key: 'aws:cloudformation:stack-name', Value: 'app' },
      { Key: 'aws:cloudformation:logical-id', Value: name },
    ];
    const vpc = 'vpc-0123456789abcdef0';
    const { drift, graph } = await joined(
      {
        Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
        Gateway: { Type: 'AWS::EC2::InternetGateway' },
        Attachment: {
          Type: 'AWS::EC2::VPCGatewayAttachment',
          Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Gateway' } },
        },
      },
      [
        {
          id: `arn:${vpc}`,
          type: 'AWS::EC2::VPC',
          name: 'x',
          names: { Ref: vpc },
          properties: { CidrBlock: '10.0.0.0/16', Tags: tag('Vpc') },
        },
        {
          id: 'arn:igw',
          type: 'AWS::EC2::InternetGateway',
          name: 'y',
          names: { Ref: 'igw-0123456789abcdef0' },
          properties: { Tags: tag('Gateway') },
        },
        {
          id: '1:attachment',
          type: 'AWS::EC2::VPCGatewayAttachment',
          name: 'z',
          properties: { VpcId: vpc, InternetGatewayId: 'igw-0123456789abcdef0' },
        },
      ],
    );
    assert.equal(drift?.joined, 3);
    assert.equal(graph.ofType('AWS::EC2::VPCGatewayAttachment').length, 1);
  });

  test('guess nothing where two resources could be meant', async () => {
    const bucket = (name: string): Live => ({
      id: `arn:aws:s3:::${name}`,
      type: 'AWS::S3::Bucket',
      name,
      properties: { BucketName: name },
    });
    const { drift } = await joined({ Uploads: { Type: 'AWS::S3::Bucket' } }, [bucket('a'), bucket('b')]);
    assert.equal(drift?.joined, 0);
    assert.equal(drift?.unrecognised, 1);
    assert.deepEqual(drift?.drifts, []);
  });

  test('never show a secret of a template that the account contradicts', async () => {
    const user = {
      Type: 'AWS::IAM::User',
      Properties: { UserName: 'ann', LoginProfile: { Password: 'hunter2' } },
    };
    const live: Live = {
      id: 'arn:aws:iam::111122223333:user/ann',
      type: 'AWS::IAM::User',
      name: 'ann',
      properties: { UserName: 'ann' },
    };
    const { drift } = await joined({ Ann: user }, [live]);
    assert.equal(drift?.drifts.length, 1);
    assert.doesNotMatch(JSON.stringify(drift), /hunter2/);
  });

  test('compare lists whatever their order, and policies whether one thing is a text or a list', async () => {
    const policy = (Action: unknown) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
    const role = {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'web',
        AssumeRolePolicyDocument: policy(['a:B', 'c:D']),
        Policies: [{ PolicyName: 'p', PolicyDocument: policy('s3:GetObject') }],
      },
    };
    const live: Live = {
      id: 'arn:aws:iam::111122223333:role/web',
      type: 'AWS::IAM::Role',
      name: 'web',
      properties: {
        RoleName: 'web',
        AssumeRolePolicyDocument: policy(['c:D', 'a:B']),
        Policies: [{ PolicyName: 'p', PolicyDocument: policy(['s3:GetObject']) }],
      },
    };
    assert.deepEqual((await joined({ Web: role }, [live])).drift?.drifts, []);
  });
});
