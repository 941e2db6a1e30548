import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { statementOf, withIam } from './testing.ts';

const ACCOUNT = '000012345678';

describe('users', () => {
  test('are made with a unique id, path, tags and boundary', () =>
    withIam(async ({ iam, now }) => {
      const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
      const Tags = [{ Key: 'team', Value: 'a' }];
      const { User } = await iam('CreateUser', {
        UserName: 'Alice',
        Path: '/eu/',
        Tags,
        PermissionsBoundary: boundary,
      });
      assert.match(User?.UserId ?? '', /^AIDA[A-Z0-9]{16,}$/);
      assert.equal(User?.Arn, `arn:aws:iam::${ACCOUNT}:user/eu/Alice`);
      const read = await iam('GetUser', { UserName: 'alice' });
      assert.deepEqual(read.User, {
        ...User,
        CreateDate: now(),
        PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary },
        Tags,
      });
      const { Policy } = await iam('GetPolicy', { PolicyArn: boundary });
      assert.equal(Policy?.PermissionsBoundaryUsageCount, 1);
    }));

  test('names are taken without regard to case', () =>
    withIam(async ({ iam }) => {
      await iam('CreateUser', { UserName: 'alice' });
      await assert.rejects(iam('CreateUser', { UserName: 'ALICE' }), {
        code: 'EntityAlreadyExists',
        message: 'User with name ALICE already exists.',
      });
    }));

  test('are listed by path, page by page, in the order of their names', () =>
    withIam(async ({ iam }) => {
      for (const UserName of ['c', 'A', 'b', 'd']) await iam('CreateUser', { UserName, Path: '/x/' });
      await iam('CreateUser', { UserName: 'bb', Path: '/y/' });
      const first = await iam('ListUsers', { PathPrefix: '/x/', MaxItems: 3 });
      assert.deepEqual(
        first.Users?.map(({ UserName }) => UserName),
        ['A', 'b', 'c'],
      );
      assert.equal(first.IsTruncated, true);
      const second = await iam('ListUsers', { PathPrefix: '/x/', MaxItems: 3, Marker: first.Marker });
      assert.deepEqual(
        second.Users?.map(({ UserName }) => UserName),
        ['d'],
      );
      assert.equal(second.IsTruncated, false);
    }));

  test('are not listed after a marker that is none', () =>
    withIam(async ({ iam }) => {
      const forged = ['', '\0', 'a\u0001b', 'ü', 'x'.repeat(1_500)].map((name) =>
        Buffer.from(name).toString('base64url'),
      );
      for (const Marker of ['!!', ...forged.slice(1)]) {
        await assert.rejects(iam('ListUsers', { Marker }), { code: 'ValidationError' });
      }
    }));

  test('that nobody could have are told to be missing, however they are asked for', () =>
    withIam(async ({ iam }) => {
      const arns = ['x'.repeat(1_900), `${'x/'.repeat(900)}y`, 'a\0b'].map(
        (name) => `arn:aws:iam::${ACCOUNT}:user/${name}`,
      );
      for (const arn of arns) {
        const PolicyArn = arn.replace(':user/', ':policy/');
        await assert.rejects(iam('GetPolicy', { PolicyArn }), { code: 'NoSuchEntity' });
        const OpenIDConnectProviderArn = arn.replace(':user/', ':oidc-provider/');
        const provider = { OpenIDConnectProviderArn };
        await assert.rejects(iam('GetOpenIDConnectProvider', provider), { code: 'NoSuchEntity' });
        const trust = JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arn } }],
        });
        const role = { RoleName: 'r', AssumeRolePolicyDocument: trust };
        await assert.rejects(
          iam('CreateRole', role),
          /MalformedPolicyDocument|LimitExceeded|Invalid principal/,
        );
      }
    }));

  test('keep their id and their groups under a new name', () =>
    withIam(async ({ iam }) => {
      const made = await iam('CreateUser', { UserName: 'alice' });
      await iam('CreateGroup', { GroupName: 'staff' });
      await iam('AddUserToGroup', { GroupName: 'staff', UserName: 'alice' });
      await iam('UpdateUser', { UserName: 'alice', NewUserName: 'alicia', NewPath: '/hr/' });
      const { Users } = await iam('GetGroup', { GroupName: 'staff' });
      assert.equal(Users?.[0]?.UserId, made.User?.UserId);
      assert.equal(Users?.[0]?.Arn, `arn:aws:iam::${ACCOUNT}:user/hr/alicia`);
      await assert.rejects(iam('GetUser', { UserName: 'alice' }), {
        code: 'NoSuchEntity',
        message: 'The user with name alice cannot be found.',
      });
      const { Groups } = await iam('ListGroupsForUser', { UserName: 'alicia' });
      assert.deepEqual(
        Groups?.map(({ GroupName }) => GroupName),
        ['staff'],
      );
    }));

  test('are deleted only when nothing hangs on them any more', () =>
    withIam(async ({ iam }) => {
      const UserName = 'alice';
      await iam('CreateUser', { UserName });
      const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
      const refused = (message: string) =>
        assert.rejects(iam('DeleteUser', { UserName }), { code: 'DeleteConflict', message });

      await iam('AttachUserPolicy', { UserName, PolicyArn });
      await refused('Cannot delete entity, must detach all policies first.');
      await iam('DetachUserPolicy', { UserName, PolicyArn });

      await iam('PutUserPolicy', {
        UserName,
        PolicyName: 'p',
        PolicyDocument: JSON.stringify(statementOf('Allow', 's3:*')),
      });
      await refused('Cannot delete entity, must delete policies first.');
      await iam('DeleteUserPolicy', { UserName, PolicyName: 'p' });

      await iam('CreateGroup', { GroupName: 'staff' });
      await iam('AddUserToGroup', { GroupName: 'staff', UserName });
      await refused('Cannot delete entity, must remove users from group first.');
      await iam('RemoveUserFromGroup', { GroupName: 'staff', UserName });

      const { AccessKey } = await iam('CreateAccessKey', { UserName });
      await refused('Cannot delete entity, must delete access keys first.');
      await iam('DeleteAccessKey', { UserName, AccessKeyId: AccessKey?.AccessKeyId });

      await iam('DeleteUser', { UserName });
      await assert.rejects(iam('GetUser', { UserName }), { code: 'NoSuchEntity' });
    }));

  test('carry tags; keys differ not only in case', () =>
    withIam(async ({ iam }) => {
      const UserName = 'alice';
      await iam('CreateUser', { UserName, Tags: [{ Key: 'Team', Value: 'a' }] });
      await iam('TagUser', {
        UserName,
        Tags: [
          { Key: 'team', Value: 'b' },
          { Key: 'cost', Value: '' },
        ],
      });
      const { Tags } = await iam('ListUserTags', { UserName });
      assert.deepEqual(Tags, [
        { Key: 'cost', Value: '' },
        { Key: 'team', Value: 'b' },
      ]);
      await iam('UntagUser', { UserName, TagKeys: ['TEAM'] });
      assert.deepEqual((await iam('ListUserTags', { UserName })).Tags, [{ Key: 'cost', Value: '' }]);
      const twice = [
        { Key: 'x', Value: '' },
        { Key: 'X', Value: '' },
      ];
      await assert.rejects(iam('TagUser', { UserName, Tags: twice }), { code: 'InvalidInput' });
    }));
});
