import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { STATEFUL_TYPES } from '../deploy/stateful.ts';
import { changeOf, plannedFor as plan, textOf } from './testing.ts';

const BUCKET = 'Resources:\n  Uploads:\n    Type: AWS::S3::Bucket\n';

describe('a plan', () => {
  test('attaches what is missing and finds nothing to do the second time', async () => {
    const first = await plan({ 'web.yaml': BUCKET }, { only: ['backup', 'tls', 'logging'] });
    const written = textOf(first) ?? '';
    assert.match(written, /VersioningConfiguration:\n {8}Status: Enabled/);
    assert.match(written, /aws:SecureTransport/);
    const second = await plan({ 'web.yaml': written }, { only: ['backup', 'tls', 'logging'] });
    assert.equal(second.edited.size, 0);
  });

  test('gives the agreed bucket for logs another name where the template uses it for something else', async () => {
    const template = [
      'Resources:',
      '  LogBucket:',
      '    Type: AWS::SNS::Topic',
      '  One:',
      '    Type: AWS::S3::Bucket',
      '  Two:',
      '    Type: AWS::S3::Bucket',
      '',
    ].join('\n');
    const after = textOf(await plan({ 'web.yaml': template }, { only: ['logging'] })) ?? '';
    assert.equal(after.match(/DestinationBucketName: !Ref LogBucket2\n/g)?.length, 2);
    assert.deepEqual(after.match(/^ {2}\w+(?=:$)/gm), [
      '  LogBucket',
      '  One',
      '  Two',
      '  LogBucket2',
      '  LogBucketPolicy',
    ]);
  });

  test('changes nothing that a loop makes, and nothing beside it', async () => {
    const template = [
      'Transform: AWS::LanguageExtensions',
      'Resources:',
      "  'Fn::ForEach::Buckets':",
      '    - Name',
      '    - [A, B]',
      '    - Bucket${Name}:',
      '        Type: AWS::S3::Bucket',
      '',
    ].join('\n');
    const made = await plan({ 'web.yaml': template }, { only: ['tls', 'backup'] });
    assert.deepEqual(new Set(made.changes.map(({ outcome }) => outcome)), new Set(['refused']));
    assert.match(made.changes[0]?.reason?.en ?? '', /made by a loop/);
  });

  test('records what is done with objects unless told not to', async () => {
    const options = { only: ['cloudtrail'], scope: 'account' } as const;
    const all = textOf(await plan({ 'web.yaml': BUCKET }, options)) ?? '';
    assert.match(all, /- !Sub "arn:\$\{AWS::Partition\}:s3"/);
    const answers = { values: new Map([['TrailDataEvents', 'none']]) };
    assert.doesNotMatch(
      textOf(await plan({ 'web.yaml': BUCKET }, { ...options, answers })) ?? '',
      /DataResources/,
    );
  });

  test('adds no account service where only a part of the account was seen', async () => {
    const part = await plan({ 'web.yaml': BUCKET }, { only: ['guardduty'] });
    assert.deepEqual(
      part.changes.map(({ outcome }) => outcome),
      ['undecided'],
    );
    assert.equal(part.edited.size, 0);
    const whole = await plan({ 'web.yaml': BUCKET }, { only: ['guardduty'], scope: 'account' });
    assert.match(textOf(whole) ?? '', /AWS::GuardDuty::Detector/);
  });

  test('adds Shield Advanced only when its cost is accepted by name', async () => {
    const template = [
      'Resources:',
      '  Front:',
      '    Type: AWS::ElasticLoadBalancingV2::LoadBalancer',
      '    Properties: { Type: application, Scheme: internet-facing }',
      '',
    ].join('\n');
    const refused = await plan({ 'web.yaml': template }, { only: ['shield'] });
    assert.equal(changeOf(refused, 'shield@')?.outcome, 'needs');
    assert.match(changeOf(refused, 'shield@')?.reason?.en ?? '', /commitment of a whole year/);
    assert.equal(refused.edited.size, 0);
    const accepted = await plan(
      { 'web.yaml': template },
      { only: ['shield'], answers: { acceptedCosts: new Set(['shield']) } },
    );
    assert.deepEqual(changeOf(accepted, 'shield@')?.commands, ['aws shield create-subscription']);
  });

  test('asks for a domain before it adds TLS', async () => {
    const template = [
      'Resources:',
      '  Front:',
      '    Type: AWS::ElasticLoadBalancingV2::LoadBalancer',
      '    Properties: { SecurityGroups: [!GetAtt Group.GroupId] }',
      '  Group:',
      '    Type: AWS::EC2::SecurityGroup',
      '    Properties:',
      '      GroupDescription: web',
      '      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }]',
      '  Plain:',
      '    Type: AWS::ElasticLoadBalancingV2::Listener',
      '    Properties:',
      '      LoadBalancerArn: !Ref Front',
      '      Port: 80',
      '      Protocol: HTTP',
      '      DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets }]',
      '  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup }',
      '',
    ].join('\n');
    const asked = await plan({ 'web.yaml': template }, { only: ['tls'] });
    assert.match(changeOf(asked, 'tls@')?.reason?.en ?? '', /--domain NAME/);
    const said = await plan(
      { 'web.yaml': template },
      { only: ['tls'], answers: { domain: 'shop.example.com' } },
    );
    assert.match(textOf(said) ?? '', /DomainName: shop\.example\.com/);
    assert.match(textOf(said) ?? '', /FromPort": 443/, 'the load balancer lets HTTPS in');
  });

  test('says outright what only a default decides, and leaves what a parameter decides', async () => {
    const server = (inner: string) =>
      `Parameters: { Tokens: { Type: String } }\nResources:\n  Server:\n    Type: AWS::EC2::Instance\n    Properties: { ImageId: ami-1${inner} }\n`;
    const silent = await plan({ 'web.yaml': server('') }, { only: ['imdsv2'] });
    assert.match(textOf(silent) ?? '', /"HttpTokens": "required"/);
    const open = await plan(
      { 'web.yaml': server(', MetadataOptions: { HttpTokens: !Ref Tokens }') },
      { only: ['imdsv2'] },
    );
    assert.equal(open.edited.size, 0);
    assert.equal(changeOf(open, 'imdsv2@')?.outcome, 'undecided');
  });

  test('gives another name where a logical id is taken', async () => {
    const template = `${BUCKET}  UploadsPolicy:\n    Type: AWS::SNS::Topic\n`;
    const { edited } = await plan({ 'web.yaml': template }, { only: ['tls'] });
    assert.match([...edited.values()][0]?.text ?? '', /UploadsPolicy2:\n {4}Type: AWS::S3::BucketPolicy/);
  });

  test('leaves a template alone that a macro rewrites, and says where', async () => {
    const template = `Transform: [AWS::Serverless-2016-10-31, OurMacro]\n${BUCKET}`;
    const made = await plan({ 'web.yaml': template }, { only: ['backup'] });
    assert.equal(made.edited.size, 0);
    const decided = made.changes.filter(({ outcome }) => outcome !== 'undecided');
    for (const change of decided) {
      assert.equal(change.outcome, 'refused');
      assert.match(change.reason?.en ?? '', /a macro rewrites this template/);
      assert.equal(change.where?.line, 1);
    }
  });

  test('leaves a resource alone that another type becomes', async () => {
    const template = [
      'Transform: AWS::Serverless-2016-10-31',
      'Resources:',
      '  Table: { Type: AWS::Serverless::SimpleTable }',
      '',
    ].join('\n');
    const made = await plan({ 'web.yaml': template }, { only: ['backup'] });
    assert.equal(made.edited.size, 0);
    assert.match(changeOf(made, 'backup@')?.reason?.en ?? '', /becomes AWS::DynamoDB::Table only when/);
  });

  test('refuses JSON in which a key is written twice', async () => {
    const json = '{"Resources":{"Uploads":{"Type":"AWS::S3::Bucket","Properties":{},"Properties":{}}}}';
    const made = await plan({ 'web.json': json }, { only: ['backup'] });
    assert.equal(made.edited.size, 0);
    assert.equal(changeOf(made, 'backup@')?.outcome, 'refused');
  });

  test('refuses what an anchor shares with another resource', async () => {
    const template = [
      'Resources:',
      '  A: &bucket',
      '    Type: AWS::S3::Bucket',
      '    Properties: { BucketName: !Ref AWS::StackName }',
      '  B: *bucket',
      '',
    ].join('\n');
    const made = await plan({ 'web.yaml': template }, { only: ['backup'] });
    assert.equal(made.edited.size, 0);
    assert.match(
      changeOf(made, 'backup@')?.reason?.en ?? '',
      /other places use &bucket|\*bucket stands here/,
    );
  });

  test('edits Terraform in place and gathers what it adds in a file of its own', async () => {
    const files = {
      'main.tf': '# uploads\nresource "aws_s3_bucket" "uploads" {\n  bucket = "u" # name\n}\n',
    };
    const made = await plan(files, { only: ['backup'] });
    const [added] = [...made.edited];
    assert.match(added?.[0] ?? '', /honmaru-safeguards\.tf$/);
    assert.match(added?.[1].text ?? '', /resource "aws_s3_bucket_versioning" "uploads" \{/);
    assert.equal(made.edited.size, 1, 'main.tf is left as it is');
  });
});

describe('data', () => {
  const TEMPLATES: Readonly<Record<string, string>> = {
    'AWS::RDS::DBInstance': 'Engine: mysql, StorageEncrypted: false',
    'AWS::RDS::DBCluster': 'Engine: aurora-mysql, StorageEncrypted: false',
    'AWS::Neptune::DBCluster': 'StorageEncrypted: false',
    'AWS::DocDB::DBCluster': 'StorageEncrypted: false',
    'AWS::EFS::FileSystem': 'Encrypted: false',
    'AWS::EC2::Volume': 'Encrypted: false, Size: 8, AvailabilityZone: a',
    'AWS::ElastiCache::ReplicationGroup': 'AtRestEncryptionEnabled: false, ReplicationGroupDescription: c',
    'AWS::Redshift::Cluster': 'Encrypted: false',
    'AWS::EC2::Instance': 'BlockDeviceMappings: [{ DeviceName: a, Ebs: { Encrypted: false } }]',
  };
  const ENCRYPTION = /^\s*(?:StorageEncrypted|Encrypted|AtRestEncryptionEnabled|KmsKeyId):/m;

  for (const [type, properties] of Object.entries(TEMPLATES)) {
    test(`of ${type} is never replaced to be encrypted`, async () => {
      const template = `Resources:\n  Store:\n    Type: ${type}\n    Properties: { ${properties} }\n`;
      const made = await plan({ 'web.yaml': template }, { only: ['encryption-at-rest', 'kms'] });
      const after = textOf(made) ?? template;
      assert.ok(after.includes(properties), `the properties stay: ${after}`);
      assert.doesNotMatch(after, ENCRYPTION);
      const migrations = made.changes.filter(({ outcome }) => outcome === 'migration');
      for (const { runbook, edits } of migrations) {
        assert.equal(runbook?.length, 6, 'snapshot, copy, restore, switch, verify, remove');
        for (const edit of edits) {
          assert.ok(
            edit.kind === 'set-attribute' || (edit.kind === 'set-property' && edit.path[0] !== 'KmsKeyId'),
          );
        }
      }
    });
  }

  test('is protected first where it must be migrated', async () => {
    const template =
      'Resources:\n  Store:\n    Type: AWS::RDS::DBInstance\n    Properties: { Engine: mysql }\n';
    const made = await plan({ 'web.yaml': template }, { only: ['encryption-at-rest'] });
    assert.match(textOf(made) ?? '', /DeletionPolicy: Snapshot\n {4}UpdateReplacePolicy: Snapshot/);
    assert.match(textOf(made) ?? '', /"DeletionProtection": true/);
  });

  test('is protected first in Terraform as well, once', async () => {
    const main = 'resource "aws_efs_file_system" "files" {\n  encrypted = false\n}\n';
    const made = await plan({ 'main.tf': main }, { only: ['encryption-at-rest'] });
    const after = textOf(made) ?? '';
    assert.equal(
      after,
      'resource "aws_efs_file_system" "files" {\n  encrypted = false\n\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
    );
    assert.equal((await plan({ 'main.tf': after }, { only: ['encryption-at-rest'] })).edited.size, 0);
  });

  test('types each say how they are kept', () => {
    for (const { type, keep, runbook } of STATEFUL_TYPES) {
      assert.ok(keep === 'Retain' || keep === 'Snapshot', type);
      assert.ok(runbook.length > 0, type);
    }
  });
});

/** A collection of a whole account in which one service was asked for. */
function snapshotOf(resources: readonly object[]): string {
  const part = {
    collector: 'guardduty',
    region: 'eu-west-1',
    types: ['AWS::GuardDuty::Detector'],
    resources,
    gaps: [],
  };
  return JSON.stringify({
    schema: 'honmaru.snapshot/1',
    collectedAt: '2026-01-01T00:00:00Z',
    account: '111122223333',
    partition: 'aws',
    regions: ['eu-west-1'],
    regionsOff: [],
    complete: true,
    parts: [part],
  });
}

describe('a plan for a template beside a live collection', () => {
  const detector = {
    id: '111122223333:eu-west-1:12abc34d567e8fa901bc2d34e56789f0',
    type: 'AWS::GuardDuty::Detector',
    name: '12abc34d567e8fa901bc2d34e56789f0',
    region: 'eu-west-1',
    names: { Ref: '12abc34d567e8fa901bc2d34e56789f0' },
    properties: { Enable: true },
  };
  const planned = (resources: readonly object[]) =>
    plan(
      { 'web.yaml': BUCKET, 'live.json': snapshotOf(resources) },
      { only: ['guardduty'], paths: ['web.yaml', 'live.json'] },
    );

  test('adds GuardDuty where the collection proved that there is no detector', async () => {
    const absent = await planned([]);
    assert.match(textOf(absent) ?? '', /Type: AWS::GuardDuty::Detector/);
    assert.equal(changeOf(absent, 'guardduty@region')?.outcome, 'edit');
  });

  test('adds none beside a detector that is there, whose second would fail the deployment', async () => {
    const present = await planned([detector]);
    assert.equal(present.edited.size, 0);
    assert.equal(changeOf(present, 'guardduty@region'), undefined, 'it is on');
  });

  test('changes no file for a detector that is there but off: no template declares it', async () => {
    const off = await planned([{ ...detector, properties: { Enable: false } }]);
    assert.equal(off.edited.size, 0);
    assert.equal(changeOf(off, 'guardduty@region')?.outcome, 'refused');
  });
});

describe('what a plan adds', () => {
  test('lets the roles of servers use the new key of a bucket that they work with, and keeps them out of logs', async () => {
    const template = [
      'Resources:',
      '  Uploads:',
      '    Type: AWS::S3::Bucket',
      '  Server:',
      '    Type: AWS::EC2::Instance',
      '    Properties: { ImageId: ami-1, IamInstanceProfile: !Ref Profile }',
      '  Profile:',
      '    Type: AWS::IAM::InstanceProfile',
      '    Properties: { Roles: [!Ref Role] }',
      '  Role:',
      '    Type: AWS::IAM::Role',
      '    Properties:',
      '      AssumeRolePolicyDocument: {}',
      '      Policies:',
      '        - PolicyName: all',
      '          PolicyDocument:',
      "            Statement: [{ Effect: Allow, Action: 's3:*', Resource: '*' }]",
      '',
    ].join('\n');
    const written = textOf(await plan({ 'web.yaml': template }, { only: ['kms', 'logging'] })) ?? '';
    assert.match(written, /RoleUsesUploadsKey:\n {4}Type: AWS::IAM::ManagedPolicy/);
    assert.match(written, /Sid: ServersKeepOut\n.*Effect: Deny\n.*Principal:\n.*AWS:\n.*- !GetAtt Role\.Arn/);
  });

  test('puts no key of your own on a bucket that others read without permissions of yours', async () => {
    const website = `${BUCKET}    Properties: { WebsiteConfiguration: { IndexDocument: index.html } }\n`;
    const served = [
      BUCKET.trimEnd(),
      '  Edge:',
      '    Type: AWS::CloudFront::Distribution',
      '    Properties:',
      '      DistributionConfig:',
      '        Enabled: true',
      '        DefaultCacheBehavior: { TargetOriginId: s3, ViewerProtocolPolicy: https-only }',
      '        Origins: [{ Id: s3, DomainName: !GetAtt Uploads.RegionalDomainName, S3OriginConfig: {} }]',
      '',
    ].join('\n');
    for (const template of [website, served]) {
      const planned = await plan({ 'web.yaml': template }, { only: ['kms'] });
      assert.equal(changeOf(planned, 'kms@')?.outcome, 'refused');
      assert.equal(planned.edited.size, 0);
    }
  });

  test('names log groups with their streams in Terraform, and waits for permissions that AWS tries at once', async () => {
    const main = 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n';
    const { edited } = await plan({ 'main.tf': main }, { only: ['logging'] });
    const added = [...edited].find(([path]) => path.endsWith('honmaru-safeguards.tf'))?.[1].text ?? '';
    assert.match(added, /Resource = "\$\{aws_cloudwatch_log_group\.[a-z_]+\.arn\}:\*"/);
    assert.match(added, /depends_on +=.*aws_iam_role_policy_attachment\./);
    assert.match(added, /log_destination = aws_cloudwatch_log_group\.[a-z_]+\.arn\n/);
  });
});
