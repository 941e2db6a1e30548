import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { decodeSource } from '../documents/decode.ts';
import type { AwsCall, Output, SendCall } from './api.ts';
import { collectAccount } from './collect.ts';
import { COLLECTORS, collectPolicy } from './collectors.ts';
import { readSnapshot } from './read-snapshot.ts';
import type { Snapshot } from './snapshot.ts';
import { THROTTLE, throttled } from './throttle.ts';

const ACCOUNT = '111122223333';
const NOW = new Date('2026-01-31T09:00:00Z');

class ServiceError extends Error {
  constructor(name: string) {
    super('the text of the service');
    this.name = name;
  }
}

/** An account that answers nothing but what is given, and who one is. */
function account(answers: Readonly<Record<string, (call: AwsCall) => Output>> = {}) {
  const calls: AwsCall[] = [];
  const send: SendCall = async (call) => {
    calls.push(call);
    const answer = answers[`${call.service}:${call.operation}`];
    if (answer) return answer(call);
    if (call.operation === 'GetCallerIdentity')
      return { Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/reader` };
    return {};
  };
  return { calls, send };
}

function collect(send: SendCall, more: Partial<Parameters<typeof collectAccount>[0]> = {}) {
  return collectAccount({ send, regions: ['eu-west-1'], region: 'eu-west-1', now: () => NOW, ...more });
}

function found(snapshot: Snapshot, type: string) {
  return snapshot.parts.flatMap((part) => part.resources).filter((each) => each.type === type);
}

function read(snapshot: Snapshot) {
  return readSnapshot(
    decodeSource('snapshot.json', Buffer.from(JSON.stringify(snapshot))),
    NOW.toISOString(),
  );
}

const denied = () => {
  throw new ServiceError('AccessDeniedException');
};

describe('collecting an account', () => {
  test('an empty account gives an answer for every part and no gap', async () => {
    const { send } = account();
    const snapshot = await collect(send);
    assert.equal(snapshot.complete, true);
    assert.equal(snapshot.parts.length, COLLECTORS.length);
    assert.deepEqual(
      snapshot.parts.flatMap((part) => part.gaps),
      [],
    );
  });

  test('calls nothing that the printed policy does not allow', async () => {
    const { send, calls } = account(FULL);
    await collect(send, { regions: ['all'] });
    const actions = new Map(
      COLLECTORS.flatMap((each) =>
        Object.entries(each.actions).map(([name, action]) => [`${each.service}:${name}`, action]),
      ),
    );
    actions
      .set('sts:GetCallerIdentity', 'sts:GetCallerIdentity')
      .set('ec2:DescribeRegions', 'ec2:DescribeRegions');
    const made = new Set(calls.map(({ service, operation }) => actions.get(`${service}:${operation}`)));
    const [statement] = collectPolicy().Statement;
    assert.ok(!made.has(undefined));
    for (const action of made) assert.ok(statement?.Action.includes(action ?? ''), action);
    for (const action of statement?.Action ?? [])
      assert.ok(!/:(?:Put|Create|Delete|Update|Modify|Start|Set)/.test(action), action);
  });

  test('a refused call is a gap that names its types, and the other parts go on', async () => {
    const { send } = account({ 'guardduty:ListDetectors': denied });
    const snapshot = await collect(send);
    const gaps = snapshot.parts.flatMap((part) => part.gaps);
    assert.equal(gaps.length, 1);
    assert.equal(gaps[0]?.reason, 'access-denied');
    assert.deepEqual(gaps[0]?.types, ['AWS::GuardDuty::Detector']);
    assert.doesNotMatch(JSON.stringify(snapshot), /the text of the service/);
    const { resources, notes } = read(snapshot);
    const detector = resources.find(({ type }) => type === 'AWS::GuardDuty::Detector');
    assert.equal(detector?.exists.is, 'unknown');
    assert.ok(notes.some(({ what }) => what.includes('ListDetectors')));
  });

  test('a refused detail leaves that property unknown and the resource there', async () => {
    const { send } = account({
      's3:ListBuckets': () => ({ Buckets: [{ Name: 'uploads' }] }),
      's3:GetBucketEncryption': denied,
    });
    const [bucket] = found(await collect(send), 'AWS::S3::Bucket');
    assert.deepEqual(bucket?.unread, ['BucketEncryption']);
  });

  test('a service that is switched off is known to be off', async () => {
    const { send } = account({
      'macie2:GetMacieSession': () => {
        throw new ServiceError('ResourceNotFoundException');
      },
    });
    const snapshot = await collect(send);
    const part = snapshot.parts.find(({ collector }) => collector === 'macie');
    assert.deepEqual(part?.gaps, []);
    assert.ok(!read(snapshot).resources.some(({ type }) => type === 'AWS::Macie::Session'));
  });

  test('reads ten thousand resources over pages, each once', async () => {
    const { send } = account({ 'ec2:DescribeVolumes': volumePages(10_000, 500) });
    const volumes = found(await collect(send), 'AWS::EC2::Volume');
    assert.equal(volumes.length, 10_000);
    assert.equal(new Set(volumes.map(({ id }) => id)).size, 10_000);
  });

  test('goes on where it was interrupted: only parts with gaps are read again', async () => {
    const first = account({ 'guardduty:ListDetectors': denied });
    const partial = await collect(first.send);
    const second = account();
    const whole = await collect(second.send, { resume: partial });
    assert.deepEqual(
      second.calls.map(({ operation }) => operation),
      ['GetCallerIdentity', 'DescribeRegions', 'ListDetectors'],
    );
    assert.equal(whole.parts.flatMap((part) => part.gaps).length, 0);
  });

  test('refuses to go on with the file of another account', async () => {
    const { send } = account();
    const other = { ...(await collect(send)), account: '999988887777' };
    await assert.rejects(collect(send, { resume: other }), { code: 'resume-account' });
  });

  test('expired credentials are said as such', async () => {
    const { send } = account({
      'sts:GetCallerIdentity': () => {
        throw new ServiceError('ExpiredTokenException');
      },
    });
    await assert.rejects(collect(send), (error: Error & { remedy?: { en: string } }) =>
      /sign in again/.test(error.remedy?.en ?? ''),
    );
  });

  test('no secret of a start script or a variable is kept', async () => {
    const script =
      '#!/bin/bash\nexport DB_PASSWORD="hunter2 hunter2"\nAWS=AKIAIOSFODNN7EXAMPLE\ncurl https://a:s3cr3t@example.com/\n';
    const { send } = account({
      'ec2:DescribeInstances': () => ({
        Reservations: [{ Instances: [{ InstanceId: 'i-0123456789abcdef0' }] }],
      }),
      'ec2:DescribeInstanceAttribute': () => ({
        UserData: { Value: Buffer.from(script).toString('base64') },
      }),
      'lambda:ListFunctions': () => ({
        Functions: [
          {
            FunctionName: 'f',
            FunctionArn: 'arn:f',
            Environment: { Variables: { API_KEY: 'k3y', MODE: 'fast' } },
          },
        ],
      }),
    });
    const written = JSON.stringify(await collect(send));
    for (const secret of ['hunter2', 's3cr3t', 'IOSFODNN7EXAMPLE', 'k3y'])
      assert.ok(!written.includes(secret), secret);
    assert.match(written, /DB_PASSWORD=SECRET_REMOVED/);
    assert.match(written, /"MODE":"fast"/);
  });
});

describe('a bounded sender', () => {
  const patient = { ...THROTTLE, wait: async () => undefined, random: () => 0.5 };

  test('has at most as many calls on their way as it may', async () => {
    let inFlight = 0;
    let most = 0;
    const send = throttled(
      async () => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await new Promise((done) => setImmediate(done));
        inFlight -= 1;
        return {};
      },
      { ...patient, mostInFlight: 3 },
    );
    await Promise.all(Array.from({ length: 30 }, () => send(CALL)));
    assert.equal(most, 3);
  });

  test('repeats a throttled call and gives up in the end', async () => {
    let calls = 0;
    const twice = throttled(async () => {
      calls += 1;
      if (calls < 3) throw new ServiceError('ThrottlingException');
      return { ok: true };
    }, patient);
    assert.deepEqual(await twice(CALL), { ok: true });
    const never = throttled(async () => {
      throw new ServiceError('Throttling');
    }, patient);
    await assert.rejects(never(CALL), { name: 'Throttling' });
  });

  test('does not repeat what was refused', async () => {
    let calls = 0;
    const send = throttled(async () => {
      calls += 1;
      throw new ServiceError('AccessDenied');
    }, patient);
    await assert.rejects(send(CALL));
    assert.equal(calls, 1);
  });
});

describe('a snapshot', () => {
  test('agrees with its JSON Schema', async () => {
    const url = new URL('../../../docs/schemas/snapshot.schema.json', import.meta.url);
    const schema = JSON.parse(readFileSync(url, 'utf8'));
    const validate = new Ajv2020({ strict: true, allErrors: true, formats: { 'date-time': true } }).compile(
      schema,
    );
    const { send } = account({ ...FULL, 'guardduty:ListDetectors': denied });
    validate(JSON.parse(JSON.stringify(await collect(send))));
    assert.deepEqual(validate.errors, null);
  });

  test('a web ACL keeps its byte patterns as text', async () => {
    const rule = { Statement: { ByteMatchStatement: { SearchString: Buffer.from('../') } } };
    const { send } = account({
      ...FULL,
      'wafv2:GetWebACL': () => ({ WebACL: { Name: 'w', Rules: [rule] } }),
    });
    const [acl] = found(await collect(send), 'AWS::WAFv2::WebACL');
    assert.match(JSON.stringify(acl), /"SearchString":"..\/"/);
  });

  test('joins resources by their ids', async () => {
    const { send } = account({
      'ec2:DescribeSubnets': () => ({
        Subnets: [{ SubnetId: 'subnet-0123456789abcdef0', VpcId: 'vpc-0123456789abcdef0' }],
      }),
      'ec2:DescribeVpcs': () => ({ Vpcs: [{ VpcId: 'vpc-0123456789abcdef0' }] }),
    });
    const subnet = read(await collect(send)).resources.find(({ type }) => type === 'AWS::EC2::Subnet');
    const vpc = subnet?.properties.kind === 'map' ? subnet.properties.entries.get('VpcId') : undefined;
    assert.equal(
      vpc?.kind === 'unknown' && vpc.parts?.[0] && typeof vpc.parts[0] !== 'string' && vpc.parts[0].resource,
      `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc/vpc-0123456789abcdef0`,
    );
  });

  test('of a newer version is refused', () => {
    const file = decodeSource('s.json', Buffer.from('{"schema": "honmaru.snapshot/2", "parts": []}'));
    assert.throws(() => readSnapshot(file, NOW.toISOString()), { code: 'snapshot-version' });
  });

  test('with hostile text keeps it as text', async () => {
    const { send } = account({
      'ec2:DescribeVpcs': () => ({
        Vpcs: [
          JSON.parse('{"VpcId":"vpc-1","__proto__":{"x":1},"Tags":[{"Key":"Name","Value":"<script>"}]}'),
        ],
      }),
    });
    const vpc = read(await collect(send)).resources.find(({ type }) => type === 'AWS::EC2::VPC');
    assert.equal(vpc?.name, '<script>');
  });
});

const CALL: AwsCall = { service: 'ec2', operation: 'DescribeVpcs', region: 'eu-west-1', input: {} };

/** Pages of volumes, as `DescribeVolumes` gives them. */
function volumePages(count: number, size: number) {
  return ({ input }: AwsCall): Output => {
    const from = Number(input.NextToken ?? 0);
    const to = Math.min(count, from + size);
    const Volumes = Array.from({ length: to - from }, (_, index) => ({ VolumeId: `vol-${from + index}` }));
    return to < count ? { Volumes, NextToken: String(to) } : { Volumes };
  };
}

/** One of everything that has calls of its own. */
const FULL: Readonly<Record<string, (call: AwsCall) => Output>> = {
  'ec2:DescribeRegions': () => ({ Regions: [{ RegionName: 'eu-west-1' }, { RegionName: 'us-east-1' }] }),
  'ec2:DescribeInstances': () => ({ Reservations: [{ Instances: [{ InstanceId: 'i-1' }] }] }),
  'elastic-load-balancing-v2:DescribeLoadBalancers': () => ({
    LoadBalancers: [{ LoadBalancerArn: 'arn:l' }],
  }),
  'elastic-load-balancing-v2:DescribeListeners': () => ({ Listeners: [{ ListenerArn: 'arn:x' }] }),
  'elastic-load-balancing-v2:DescribeTargetGroups': () => ({ TargetGroups: [{ TargetGroupArn: 'arn:t' }] }),
  's3:ListBuckets': () => ({ Buckets: [{ Name: 'b' }] }),
  'kms:ListKeys': () => ({ Keys: [{ KeyId: 'k' }] }),
  'kms:DescribeKey': () => ({ KeyMetadata: { Arn: 'arn:k', KeySpec: 'SYMMETRIC_DEFAULT' } }),
  'iam:GetAccountAuthorizationDetails': ({ input }) =>
    JSON.stringify(input).includes('User') ? { UserDetailList: [{ UserName: 'u', Arn: 'arn:u' }] } : {},
  'lambda:ListFunctions': () => ({ Functions: [{ FunctionName: 'f', FunctionArn: 'arn:f' }] }),
  'cloudtrail:DescribeTrails': () => ({ trailList: [{ Name: 't', TrailARN: 'arn:trail' }] }),
  'ssm:ListAssociations': () => ({ Associations: [{ AssociationId: 'a', Name: 'AWS-RunPatchBaseline' }] }),
  'guardduty:ListDetectors': () => ({ DetectorIds: ['d'] }),
  'shield:GetSubscriptionState': () => ({ SubscriptionState: 'ACTIVE' }),
  'wafv2:ListWebACLs': () => ({ WebACLs: [{ Name: 'w', Id: '1', ARN: 'arn:w' }] }),
  'acm:ListCertificates': () => ({ CertificateSummaryList: [{ CertificateArn: 'arn:c' }] }),
  'eventbridge:ListRules': () => ({ Rules: [{ Name: 'r', Arn: 'arn:r' }] }),
};
