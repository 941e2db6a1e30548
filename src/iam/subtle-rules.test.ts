import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Access, AccessRequest, Caller } from './index.ts';
import { ALL, allow, ask, deny, NOTHING, OTHER, OWN, policy, SESSION } from './testing.ts';

/** Rows of a truth table: what is asked, the layers, the request, the decision. */
type Row = readonly [string, Access, Partial<AccessRequest>, string];

function check(rows: readonly Row[]): void {
  for (const [name, access, request, expected] of rows) {
    test(name, () => assert.equal(ask(access, request), expected));
  }
}

const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});
const identity = (more: Parameters<typeof allow>[0]): Access => ({ identity: policy(allow(more)) });
const given = (context: AccessRequest['context']): Partial<AccessRequest> => (context ? { context } : {});

describe('multi-factor authentication: "false" is not "absent"', () => {
  const plain = { identity: policy(allow(), deny(when('Bool', 'aws:MultiFactorAuthPresent', 'false'))) };
  const ifExists = {
    identity: policy(allow(), deny(when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'))),
  };
  check([
    ['a Deny with Bool misses long-term keys, which carry no such key', plain, {}, 'allowed'],
    [
      '… and holds for a session without a second factor',
      plain,
      given({ 'aws:MultiFactorAuthPresent': 'false' }),
      'explicit:identity',
    ],
    ['BoolIfExists catches long-term keys too', ifExists, {}, 'explicit:identity'],
    [
      '… and lets the second factor pass',
      ifExists,
      given({ 'aws:MultiFactorAuthPresent': 'true' }),
      'allowed',
    ],
  ]);
});

describe('missing keys', () => {
  check([
    [
      'a positive operator fails',
      identity(when('StringEquals', 'aws:PrincipalTag/team', 'a')),
      {},
      'implicit:identity',
    ],
    [
      'a negated operator holds',
      identity(when('StringNotEquals', 'aws:PrincipalTag/team', 'a')),
      {},
      'allowed',
    ],
    ['a negated address holds', identity(when('NotIpAddress', 'aws:SourceIp', '10.0.0.0/8')), {}, 'allowed'],
    ['IfExists holds', identity(when('StringEqualsIfExists', 'aws:PrincipalTag/team', 'a')), {}, 'allowed'],
    [
      'ForAllValues holds on nothing',
      identity(when('ForAllValues:StringEquals', 'aws:TagKeys', 'a')),
      {},
      'allowed',
    ],
    [
      'ForAnyValue fails on nothing',
      identity(when('ForAnyValue:StringEquals', 'aws:TagKeys', 'a')),
      {},
      'implicit:identity',
    ],
    ['Null true holds', identity(when('Null', 'aws:TagKeys', 'true')), {}, 'allowed'],
    ['Null false fails', identity(when('Null', 'aws:TagKeys', 'false')), {}, 'implicit:identity'],
  ]);
});

describe('values', () => {
  const tag = (operator: string, values: unknown) =>
    identity(when(operator, 'aws:PrincipalTag/team', values));
  const team = (value: string) => given({ 'aws:PrincipalTag/team': value });
  check([
    ['several values are alternatives', tag('StringEquals', ['a', 'b']), team('b'), 'allowed'],
    [
      'several values of a negated operator must all differ',
      tag('StringNotEquals', ['a', 'b']),
      team('b'),
      'implicit:identity',
    ],
    ['… and do for a third', tag('StringNotEquals', ['a', 'b']), team('c'), 'allowed'],
    [
      'several keys must all hold',
      identity({
        Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a', 'aws:PrincipalTag/role': 'x' } },
      }),
      team('a'),
      'implicit:identity',
    ],
    [
      'two operators must both hold',
      identity({
        Condition: {
          StringLike: { 'aws:PrincipalTag/team': 'a*' },
          StringNotEquals: { 'aws:PrincipalTag/team': 'ab' },
        },
      }),
      team('ab'),
      'implicit:identity',
    ],
    [
      'the name of a key has no case',
      tag('StringEquals', 'a'),
      given({ 'AWS:principaltag/TEAM': 'a' }),
      'allowed',
    ],
    ['a value has', tag('StringEquals', 'a'), team('A'), 'implicit:identity'],
    ['… unless it is ignored', tag('StringEqualsIgnoreCase', 'a'), team('A'), 'allowed'],
    [
      'numbers compare as numbers',
      identity(when('NumericEquals', 's3:max-keys', '10')),
      given({ 's3:max-keys': '10.0' }),
      'allowed',
    ],
    [
      'large integers are not rounded',
      identity(when('NumericLessThan', 's3:max-keys', '9007199254740993')),
      given({ 's3:max-keys': '9007199254740992' }),
      'allowed',
    ],
    [
      'a date is text or seconds',
      identity(when('DateLessThan', 'aws:CurrentTime', '2030-01-01T00:00:00Z')),
      given({ 'aws:CurrentTime': '1700000000' }),
      'allowed',
    ],
    [
      '… and a later one is later',
      identity(when('DateLessThan', 'aws:CurrentTime', '2030-01-01T00:00:00Z')),
      given({ 'aws:CurrentTime': '2030-01-01T00:00:01Z' }),
      'implicit:identity',
    ],
    [
      'host bits of a range are ignored',
      identity(when('IpAddress', 'aws:SourceIp', '10.1.2.3/8')),
      given({ 'aws:SourceIp': '10.9.9.9' }),
      'allowed',
    ],
    [
      'an IPv4 address in IPv6 notation is the IPv4 address',
      identity(when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')),
      given({ 'aws:SourceIp': '::ffff:10.1.1.1' }),
      'allowed',
    ],
    [
      'IPv6 ranges',
      identity(when('IpAddress', 'aws:SourceIp', '2001:db8::/32')),
      given({ 'aws:SourceIp': '2001:db8:1::1' }),
      'allowed',
    ],
    [
      'a text that is no address is in no range',
      identity(when('IpAddress', 'aws:SourceIp', '0.0.0.0/0')),
      given({ 'aws:SourceIp': 'nowhere' }),
      'implicit:identity',
    ],
  ]);
});

describe('sets of values', () => {
  const keys = (operator: string) => identity(when(operator, 'aws:TagKeys', ['a', 'b']));
  const tags = (...values: string[]) => given({ 'aws:TagKeys': values });
  check([
    [
      'ForAllValues: each one must be listed',
      keys('ForAllValues:StringEquals'),
      tags('a', 'c'),
      'implicit:identity',
    ],
    ['… and is', keys('ForAllValues:StringEquals'), tags('a', 'b'), 'allowed'],
    ['ForAnyValue: one suffices', keys('ForAnyValue:StringEquals'), tags('c', 'b'), 'allowed'],
    [
      'ForAnyValue with a negated operator: one that differs suffices',
      keys('ForAnyValue:StringNotEquals'),
      tags('a', 'c'),
      'allowed',
    ],
    [
      'ForAllValues with a negated operator: none may be listed',
      keys('ForAllValues:StringNotEquals'),
      tags('a', 'c'),
      'implicit:identity',
    ],
  ]);
});

describe('passing roles', () => {
  const role = `arn:aws:iam::${OWN}:role/web`;
  const pass: Partial<AccessRequest> = { action: 'iam:PassRole', resource: role };
  const toEc2 = identity({
    Action: 'iam:PassRole',
    Resource: role,
    ...when('StringEquals', 'iam:PassedToService', 'ec2.amazonaws.com'),
  });
  check([
    [
      'to the service that is named',
      toEc2,
      { ...pass, ...given({ 'iam:PassedToService': 'ec2.amazonaws.com' }) },
      'allowed',
    ],
    [
      'to another one',
      toEc2,
      { ...pass, ...given({ 'iam:PassedToService': 'lambda.amazonaws.com' }) },
      'implicit:identity',
    ],
    [
      'another role',
      toEc2,
      { ...pass, resource: `${role}-2`, ...given({ 'iam:PassedToService': 'ec2.amazonaws.com' }) },
      'implicit:identity',
    ],
  ]);
});

describe('the confused deputy', () => {
  const topic = 'arn:aws:sns:eu-west-1:111122223333:alerts';
  const deputy: Access = {
    resource: policy(
      allow({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'sns.amazonaws.com' },
        ...when('ArnLike', 'aws:SourceArn', topic),
      }),
    ),
  };
  const send: Partial<AccessRequest> = {
    principal: { type: 'service', name: 'sns.amazonaws.com' },
    action: 'sqs:SendMessage',
    resource: `arn:aws:sqs:eu-west-1:${OWN}:jobs`,
  };
  check([
    [
      'a service on behalf of the own topic',
      deputy,
      { ...send, ...given({ 'aws:SourceArn': topic }) },
      'allowed',
    ],
    [
      'a service on behalf of a stranger',
      deputy,
      { ...send, ...given({ 'aws:SourceArn': topic.replace(OWN, OTHER) }) },
      'implicit:resource',
    ],
    ['a service that does not say on whose behalf', deputy, send, 'implicit:resource'],
  ]);
});

describe('federated users', () => {
  const federated: Caller = {
    type: 'federated-user',
    arn: `arn:aws:sts::${OWN}:federated-user/bob`,
    user: `arn:aws:iam::${OWN}:user/broker`,
  };
  check([
    [
      'the session policy limits what the broker may',
      { identity: ALL, session: NOTHING },
      { principal: federated },
      'implicit:session',
    ],
    ['what both allow is allowed', { identity: ALL, session: ALL }, { principal: federated }, 'allowed'],
    [
      'a resource policy that names the session grants past the session policy',
      {
        session: NOTHING,
        resource: policy(allow({ Principal: { AWS: `arn:aws:sts::${OWN}:federated-user/bob` } })),
      },
      { principal: federated },
      'allowed',
    ],
  ]);
});

describe('trust policies', () => {
  const assume: Partial<AccessRequest> = {
    action: 'sts:AssumeRole',
    resource: `arn:aws:iam::${OWN}:role/app`,
  };
  const trust = (more: Parameters<typeof allow>[0]): Access => ({
    identity: policy(allow({ Action: 'sts:*' })),
    resource: policy({ Effect: 'Allow', Action: 'sts:AssumeRole', ...more }),
  });
  const partner: Caller = { type: 'user', arn: `arn:aws:iam::${OTHER}:user/partner` };
  check([
    [
      'a partner without the external id',
      trust({ Principal: { AWS: OTHER }, ...when('StringEquals', 'sts:ExternalId', 'secret') }),
      { ...assume, principal: partner },
      'implicit:resource',
    ],
    [
      'a partner with it',
      trust({ Principal: { AWS: OTHER }, ...when('StringEquals', 'sts:ExternalId', 'secret') }),
      { ...assume, principal: partner, ...given({ 'sts:ExternalId': 'secret' }) },
      'allowed',
    ],
    [
      'chaining: a session may be trusted by its role',
      trust({ Principal: { AWS: `arn:aws:iam::${OWN}:role/app` } }),
      { ...assume, principal: SESSION },
      'allowed',
    ],
    [
      'an identity provider is trusted by its ARN and its subject',
      {
        resource: policy({
          Effect: 'Allow',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Principal: { Federated: `arn:aws:iam::${OWN}:oidc-provider/token.example.com` },
          ...when('StringLike', 'token.example.com:sub', 'repo:ours/*'),
        }),
      },
      {
        ...assume,
        action: 'sts:AssumeRoleWithWebIdentity',
        principal: { type: 'web-identity', name: `arn:aws:iam::${OWN}:oidc-provider/token.example.com` },
        ...given({ 'token.example.com:sub': 'repo:theirs/app' }),
      },
      'implicit:resource',
    ],
  ]);
});

describe('names of things', () => {
  const on = (Resource: string) => identity({ Resource });
  check([
    [
      'another partition is another resource',
      on('arn:aws:s3:::bucket/*'),
      { resource: 'arn:aws-cn:s3:::bucket/key' },
      'implicit:identity',
    ],
    [
      'a wildcard for the partition',
      on('arn:aws*:s3:::bucket/*'),
      { resource: 'arn:aws-cn:s3:::bucket/key' },
      'allowed',
    ],
    [
      'a short ARN is completed with a wildcard',
      identity({ Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*' }),
      { action: 'sqs:SendMessage', resource: `arn:aws:sqs:eu-west-1:${OWN}:jobs` },
      'allowed',
    ],
    ['names are compared with case', on('arn:aws:s3:::Bucket/*'), {}, 'implicit:identity'],
    ['the service is compared without', on('arn:aws:S3:::bucket/*'), {}, 'allowed'],
    ['an action has no case', identity({ Action: 'S3:getobject' }), {}, 'allowed'],
    ['? is exactly one character', identity({ Action: 's3:GetObjec?' }), {}, 'allowed'],
    [
      'NotAction allows what it does not name',
      { identity: policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }) },
      {},
      'allowed',
    ],
    [
      'NotResource allows elsewhere only',
      { identity: policy({ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::bucket/*' }) },
      {},
      'implicit:identity',
    ],
    ['a bucket is not its objects', on('arn:aws:s3:::bucket'), {}, 'implicit:identity'],
  ]);
});

describe('organisations', () => {
  check([
    [
      'RCPs hold for callers of other accounts',
      {
        identity: ALL,
        resource: policy(allow({ Principal: '*' })),
        resourceControl: [
          policy(deny({ Principal: '*', ...when('StringNotEquals', 'aws:PrincipalAccount', OWN) })),
        ],
      },
      { principal: { type: 'user', arn: `arn:aws:iam::${OTHER}:user/x` } },
      'explicit:resource-control',
    ],
    [
      '… and spare the own account',
      {
        identity: ALL,
        resourceControl: [
          policy(deny({ Principal: '*', ...when('StringNotEquals', 'aws:PrincipalAccount', OWN) })),
        ],
      },
      {},
      'allowed',
    ],
    ['an SCP alone grants nothing', { serviceControl: [ALL] }, {}, 'implicit:identity'],
    ['three levels that allow', { identity: ALL, serviceControl: [ALL, ALL, ALL] }, {}, 'allowed'],
  ]);
});
