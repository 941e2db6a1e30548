import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluate } from '../../iam/index.ts';
import { statementOf, trustOf, withIam } from './testing.ts';

const ACCOUNT = '000012345678';
const EC2 = trustOf({ Service: 'ec2.amazonaws.com' });

describe('roles', () => {
  test('are made, read, listed, changed and deleted', () =>
    withIam(async ({ iam, now }) => {
      const { Role } = await iam('CreateRole', {
        RoleName: 'App',
        Path: '/web/',
        Description: 'the web servers',
        MaxSessionDuration: 7200,
        AssumeRolePolicyDocument: EC2,
        Tags: [{ Key: 'a', Value: 'b' }],
      });
      assert.match(Role?.RoleId ?? '', /^AROA/);
      const read = await iam('GetRole', { RoleName: 'app' });
      assert.deepEqual(read.Role, { ...Role, CreateDate: now(), RoleLastUsed: {} });
      assert.equal(decodeURIComponent(read.Role?.AssumeRolePolicyDocument ?? ''), EC2);
      await iam('UpdateRole', { RoleName: 'App', MaxSessionDuration: 3600 });
      const { Role: renamed } = await iam('UpdateRoleDescription', { RoleName: 'App', Description: 'x' });
      assert.deepEqual([renamed?.Description, renamed?.MaxSessionDuration], ['x', 3600]);
      const { Roles } = await iam('ListRoles', { PathPrefix: '/web/' });
      assert.equal(Roles?.length, 1);
      assert.equal(Roles?.[0]?.Tags, undefined);
      await iam('TagRole', { RoleName: 'App', Tags: [{ Key: 'c', Value: 'd' }] });
      await iam('UntagRole', { RoleName: 'App', TagKeys: ['a'] });
      assert.deepEqual((await iam('ListRoleTags', { RoleName: 'App' })).Tags, [{ Key: 'c', Value: 'd' }]);
      await iam('DeleteRole', { RoleName: 'App' });
      await assert.rejects(iam('GetRole', { RoleName: 'App' }), {
        message: 'The role with name App cannot be found.',
      });
    }));

  test('trust only who exists', () =>
    withIam(async ({ iam }) => {
      const make = (Principal: object) =>
        iam('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trustOf(Principal) });
      const nobody = `arn:aws:iam::${ACCOUNT}:user/nobody`;
      await assert.rejects(make({ AWS: nobody }), {
        code: 'MalformedPolicyDocument',
        message: `Invalid principal in policy: "AWS":"${nobody}"`,
      });
      await assert.rejects(make({ Service: 'nothing' }), {
        message: 'Invalid principal in policy: "SERVICE":"nothing"',
      });
      await make({ AWS: [`arn:aws:iam::${ACCOUNT}:root`, '111122223333'] });
      const { Role } = await iam('GetRole', { RoleName: 'r' });
      const accounts = { AWS: [`arn:aws:iam::${ACCOUNT}:root`, 'arn:aws:iam::111122223333:root'] };
      assert.equal(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''), trustOf(accounts));
    }));

  test('do not trust whoever gets the name of a user that they trusted', () =>
    withIam(async ({ iam, ports }) => {
      const alice = await iam('CreateUser', { UserName: 'alice' });
      const arn = alice.User?.Arn ?? '';
      const id = alice.User?.UserId ?? '';
      const AssumeRolePolicyDocument = trustOf({ AWS: arn });
      const { Role } = await iam('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument });
      const trusts = async (userId: string) => {
        const role = await (await ports()).identity.principalByArn(Role?.Arn ?? '');
        const decision = evaluate(role?.role ? { resource: role.role.trust } : {}, {
          principal: { type: 'user', arn, id: userId },
          action: 'sts:AssumeRole',
          resource: Role?.Arn ?? '',
        });
        return decision.verdict;
      };
      assert.equal(await trusts(id), 'ALLOW');
      await iam('UpdateUser', { UserName: 'alice', NewUserName: 'alicia' });
      const renamed = await iam('GetRole', { RoleName: 'r' });
      assert.match(decodeURIComponent(renamed.Role?.AssumeRolePolicyDocument ?? ''), /user\/alicia/);
      await iam('DeleteUser', { UserName: 'alicia' });
      const again = await iam('CreateUser', { UserName: 'alice' });
      assert.equal(await trusts(again.User?.UserId ?? ''), 'DENY');
      const shown = await iam('GetRole', { RoleName: 'r' });
      assert.equal(
        decodeURIComponent(shown.Role?.AssumeRolePolicyDocument ?? ''),
        JSON.stringify(JSON.parse(trustOf({ AWS: id }))),
      );
      await iam('UpdateAssumeRolePolicy', { RoleName: 'r', PolicyDocument: AssumeRolePolicyDocument });
      assert.equal(await trusts(again.User?.UserId ?? ''), 'ALLOW');
    }));
});

test('a new account gets a role through which another one administers it', () =>
  withIam(async ({ ports, store }) => {
    const { identity } = await ports();
    const role = { account: '000011112222', name: 'OrganizationAccountAccessRole', trusts: ACCOUNT };
    const operations = await identity.administratorRole?.(role, new Date('2026-01-31T09:00:00Z'));
    await store.transact({ operations: operations ?? [] });
    const made = await identity.principalByArn(
      'arn:aws:iam::000011112222:role/OrganizationAccountAccessRole',
    );
    assert.ok(made?.role);
    const decision = evaluate(
      { resource: made.role.trust, identity: made.identity },
      {
        principal: { type: 'account-root', account: ACCOUNT },
        action: 'sts:AssumeRole',
        resource: made.arn,
      },
    );
    assert.equal(decision.layer, undefined);
    assert.equal(made.identity.policies[0]?.name, 'arn:aws:iam::aws:policy/AdministratorAccess');
  }));

describe('instance profiles', () => {
  test('carry one role to a server', () =>
    withIam(async ({ iam }) => {
      await iam('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: EC2 });
      const InstanceProfileName = 'p';
      const made = await iam('CreateInstanceProfile', {
        InstanceProfileName,
        Tags: [{ Key: 'a', Value: 'b' }],
      });
      assert.match(made.InstanceProfile?.InstanceProfileId ?? '', /^AIPA/);
      await iam('AddRoleToInstanceProfile', { InstanceProfileName, RoleName: 'r' });
      await assert.rejects(iam('AddRoleToInstanceProfile', { InstanceProfileName, RoleName: 'r' }), {
        message: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
      });
      const read = await iam('GetInstanceProfile', { InstanceProfileName });
      assert.equal(read.InstanceProfile?.Roles?.[0]?.RoleName, 'r');
      const ofRole = await iam('ListInstanceProfilesForRole', { RoleName: 'r' });
      assert.equal(ofRole.InstanceProfiles?.[0]?.InstanceProfileName, 'p');
      for (const refused of [
        iam('DeleteRole', { RoleName: 'r' }),
        iam('DeleteInstanceProfile', { InstanceProfileName }),
      ]) {
        await assert.rejects(refused, {
          message: 'Cannot delete entity, must remove roles from instance profile first.',
        });
      }
      await iam('RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName: 'r' });
      await iam('TagInstanceProfile', { InstanceProfileName, Tags: [{ Key: 'c', Value: 'd' }] });
      await iam('UntagInstanceProfile', { InstanceProfileName, TagKeys: ['a'] });
      const tags = await iam('ListInstanceProfileTags', { InstanceProfileName });
      assert.deepEqual(tags.Tags, [{ Key: 'c', Value: 'd' }]);
      await iam('DeleteInstanceProfile', { InstanceProfileName });
      assert.deepEqual((await iam('ListInstanceProfiles')).InstanceProfiles, []);
    }));

  test('take a role only from somebody who may pass it on', () =>
    withIam(async ({ iam, userWith }) => {
      await iam('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: EC2 });
      await iam('CreateInstanceProfile', { InstanceProfileName: 'p' });
      const input = { InstanceProfileName: 'p', RoleName: 'r' };
      const bob = await userWith('bob', statementOf('Allow', 'iam:AddRoleToInstanceProfile'));
      await assert.rejects(iam('AddRoleToInstanceProfile', input, bob), {
        code: 'AccessDenied',
        message: /is not authorized to perform: iam:PassRole on resource: arn:aws:iam::000012345678:role\/r /,
      });
      const passing = {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: '*',
            Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
          },
        ],
      };
      await iam('PutUserPolicy', {
        UserName: 'bob',
        PolicyName: 'pass',
        PolicyDocument: JSON.stringify(passing),
      });
      const { AccessKey } = await iam('CreateAccessKey', { UserName: 'bob' });
      assert.ok(AccessKey);
    }));
});

describe('service-linked roles', () => {
  test('are made for known services, and only those change them', () =>
    withIam(async ({ iam }) => {
      const AWSServiceName = 'ecs.amazonaws.com';
      const { Role } = await iam('CreateServiceLinkedRole', { AWSServiceName });
      assert.equal(
        Role?.Arn,
        `arn:aws:iam::${ACCOUNT}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
      );
      await assert.rejects(iam('CreateServiceLinkedRole', { AWSServiceName }), {
        code: 'InvalidInput',
        message:
          'Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix.',
      });
      await assert.rejects(iam('CreateServiceLinkedRole', { AWSServiceName, CustomSuffix: 'x' }), {
        message: 'Custom suffix is not allowed for ecs.amazonaws.com',
      });
      await iam('CreateServiceLinkedRole', {
        AWSServiceName: 'autoscaling.amazonaws.com',
        CustomSuffix: 'x',
      });
      const RoleName = 'AWSServiceRoleForECS';
      await assert.rejects(iam('DeleteRole', { RoleName }), { code: 'UnmodifiableEntity' });
      const { DeletionTaskId } = await iam('DeleteServiceLinkedRole', { RoleName });
      const { Status } = await iam('GetServiceLinkedRoleDeletionStatus', { DeletionTaskId });
      assert.equal(Status, 'SUCCEEDED');
      await assert.rejects(iam('GetRole', { RoleName }), { code: 'NoSuchEntity' });
    }));
});
