import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ALLOW_ALL, statementOf, withIam } from './testing.ts';

const ACCOUNT = '000012345678';
const REFUSED = { code: 'AccessDenied', status: 403 };

function onlyIf(Action: string, Condition: object) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*', Condition }] };
}

describe('a change of permissions', () => {
  test('is in force for the next request, through groups, versions and boundaries', () =>
    withIam(async ({ iam, signIn }) => {
      await iam('CreateUser', { UserName: 'alice' });
      const { AccessKey } = await iam('CreateAccessKey', { UserName: 'alice' });
      const list = async () => iam('ListUsers', {}, await signIn({ accessKeyId: AccessKey?.AccessKeyId }));
      await assert.rejects(list(), REFUSED);

      const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/listing`;
      await iam('CreatePolicy', {
        PolicyName: 'listing',
        PolicyDocument: JSON.stringify(statementOf('Allow', 'iam:ListUsers')),
      });
      await iam('CreateGroup', { GroupName: 'staff' });
      await iam('AttachGroupPolicy', { GroupName: 'staff', PolicyArn });
      await assert.rejects(list(), REFUSED);
      await iam('AddUserToGroup', { GroupName: 'staff', UserName: 'alice' });
      await list();

      const nothing = JSON.stringify(statementOf('Allow', 'iam:ListRoles'));
      await iam('CreatePolicyVersion', { PolicyArn, PolicyDocument: nothing, SetAsDefault: true });
      await assert.rejects(list(), REFUSED);
      await iam('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v1' });
      await list();

      await iam('PutUserPermissionsBoundary', {
        UserName: 'alice',
        PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess',
      });
      await assert.rejects(list(), { ...REFUSED, message: /because no permissions boundary allows/ });
      await iam('DeleteUserPermissionsBoundary', { UserName: 'alice' });
      await list();
      await iam('RemoveUserFromGroup', { GroupName: 'staff', UserName: 'alice' });
      await assert.rejects(list(), { ...REFUSED, message: /because no identity-based policy allows/ });
    }));

  test('a user of the same name does not get the sessions of the one before', () =>
    withIam(async ({ iam, userWith, ports, signIn, now }) => {
      const alice = await userWith('alice', ALLOW_ALL);
      const { credentials, identity } = await ports();
      const session = {
        kind: 'session' as const,
        account: ACCOUNT,
        principalId: alice.userId,
        name: '',
        issuedAt: now().getTime(),
        expiresAt: now().getTime() + 3_600_000,
      };
      const weak = await credentials.mintSession(session);
      await assert.rejects(iam('ListUsers', {}, await signIn({ sessionToken: weak.sessionToken })), {
        code: 'InvalidClientTokenId',
        status: 403,
      });
      const { sessionToken } = await credentials.mintSession({ ...session, mfaAt: session.issuedAt });
      await iam('ListUsers', {}, await signIn({ sessionToken }));
      assert.ok(await identity.principal(ACCOUNT, alice.userId));
      const keys = await iam('ListAccessKeys', { UserName: 'alice' });
      const AccessKeyId = keys.AccessKeyMetadata?.[0]?.AccessKeyId;
      await iam('DeleteAccessKey', { UserName: 'alice', AccessKeyId });
      await iam('DeleteUserPolicy', { UserName: 'alice', PolicyName: 'p0' });
      await iam('DeleteUser', { UserName: 'alice' });
      await userWith('alice', ALLOW_ALL);
      await assert.rejects(signIn({ sessionToken }));
    }));
});

describe('conditions', () => {
  test('see the tags of the resource', () =>
    withIam(async ({ iam, userWith }) => {
      const admin = await userWith(
        'admin',
        onlyIf('iam:GetUser', { StringEquals: { 'aws:ResourceTag/team': 'a' } }),
      );
      await iam('CreateUser', { UserName: 'one', Tags: [{ Key: 'team', Value: 'a' }] });
      await iam('CreateUser', { UserName: 'two', Tags: [{ Key: 'team', Value: 'b' }] });
      await iam('GetUser', { UserName: 'one' }, admin);
      await assert.rejects(iam('GetUser', { UserName: 'two' }, admin), {
        ...REFUSED,
        message: `User: arn:aws:iam::${ACCOUNT}:user/admin is not authorized to perform: iam:GetUser on resource: user two because no identity-based policy allows the iam:GetUser action`,
      });
    }));

  test('see the tags, the boundary and the policy that a request asks for', () =>
    withIam(async ({ iam, userWith }) => {
      const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
      const admin = await userWith(
        'admin',
        onlyIf('iam:CreateUser', {
          StringEquals: { 'iam:PermissionsBoundary': boundary, 'aws:RequestTag/team': 'a' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
        }),
        statementOf('Allow', 'iam:TagUser'),
        onlyIf('iam:AttachUserPolicy', { ArnEquals: { 'iam:PolicyARN': boundary } }),
      );
      const Tags = [{ Key: 'team', Value: 'a' }];
      const good = { UserName: 'one', PermissionsBoundary: boundary, Tags };
      await assert.rejects(iam('CreateUser', { ...good, PermissionsBoundary: undefined }, admin), REFUSED);
      const more = [...Tags, { Key: 'cost', Value: '1' }];
      await assert.rejects(iam('CreateUser', { ...good, Tags: more }, admin), REFUSED);
      await iam('CreateUser', good, admin);
      await iam('AttachUserPolicy', { UserName: 'one', PolicyArn: boundary }, admin);
      const other = { UserName: 'one', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
      await assert.rejects(iam('AttachUserPolicy', other, admin), REFUSED);
    }));

  test('resources are meant with their paths', () =>
    withIam(async ({ iam, userWith }) => {
      const admin = await userWith(
        'admin',
        statementOf('Allow', 'iam:GetUser', `arn:aws:iam::${ACCOUNT}:user/app/*`),
      );
      await iam('CreateUser', { UserName: 'one', Path: '/app/' });
      await iam('CreateUser', { UserName: 'two' });
      await iam('GetUser', { UserName: 'one' }, admin);
      await assert.rejects(iam('GetUser', { UserName: 'two' }, admin), REFUSED);
      await assert.rejects(iam('GetUser', {}, admin), REFUSED);
    }));
});

describe('more than one permission', () => {
  test('is needed to tag what one makes', () =>
    withIam(async ({ iam, userWith }) => {
      const admin = await userWith(
        'admin',
        statementOf('Allow', 'iam:CreateGroup'),
        statementOf('Allow', 'iam:CreateUser'),
      );
      await iam('CreateUser', { UserName: 'plain' }, admin);
      await assert.rejects(
        iam('CreateUser', { UserName: 'tagged', Tags: [{ Key: 'a', Value: '' }] }, admin),
        {
          ...REFUSED,
          message: /perform: iam:TagUser on resource: arn:aws:iam::000012345678:user\/tagged /,
        },
      );
    }));

  test('is needed to move a user: for where it is and for where it goes', () =>
    withIam(async ({ iam, userWith }) => {
      const admin = await userWith(
        'admin',
        statementOf('Allow', 'iam:UpdateUser', `arn:aws:iam::${ACCOUNT}:user/app/*`),
      );
      await iam('CreateUser', { UserName: 'one', Path: '/app/' });
      await iam('UpdateUser', { UserName: 'one', NewUserName: 'uno' }, admin);
      await assert.rejects(iam('UpdateUser', { UserName: 'uno', NewPath: '/admin/' }, admin), REFUSED);
      await iam('UpdateUser', { UserName: 'uno', NewPath: '/app/two/' }, admin);
    }));
});

test('every call leaves its record, and secrets leave none', () =>
  withIam(async ({ iam, audit }) => {
    await iam('CreateUser', { UserName: 'alice' });
    await iam('CreateLoginProfile', { UserName: 'alice', Password: 'Correct-horse-1' });
    const device = await iam('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' });
    const seed = Buffer.from(device.VirtualMFADevice?.Base32StringSeed ?? '').toString();
    const records = await audit();
    assert.deepEqual(
      records.map(({ eventName }) => eventName),
      ['CreateUser', 'CreateLoginProfile', 'CreateVirtualMFADevice'],
    );
    const text = JSON.stringify(records);
    assert.ok(seed.length === 64 && !text.includes(seed) && !text.includes('Correct-horse-1'));
  }));
