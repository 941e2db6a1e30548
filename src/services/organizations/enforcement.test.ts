import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type * as Sts from '@aws-sdk/client-sts';
import { compilePolicies, parsePolicyText } from '../../iam/engine.ts';
import type { Caller } from '../../platform/caller.ts';
import { service } from '../../platform/service.ts';
import { rootCaller } from '../../platform/sign-in.ts';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { type OrganizationsBed, withOrganizations } from './testing.ts';

const ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const EVERYBODY = compilePolicies([
  parsePolicyText(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }],
    }),
  ),
]);

/** A service with one operation, about a role of the account that the request names. */
const doors = service<typeof Sts>({
  id: 'sts',
  load: () => import('@aws-sdk/client-sts'),
  operations: {
    AssumeRole: {
      actions: ['sts:AssumeRole'],
      authorise: ({ RoleArn }) => [
        { action: 'sts:AssumeRole', resource: RoleArn, resourcePolicy: EVERYBODY },
      ],
      handle: async () => ({}),
    },
    GetAccessKeyInfo: {
      authorise: () => [{ action: 'sts:GetAccessKeyInfo', resource: '*' }],
      handle: async () => ({}),
    },
  },
});

const withDoors = (work: (bed: OrganizationsBed) => Promise<void>) => withOrganizations(work, [doors]);

function look({ call }: OrganizationsBed, caller: Caller) {
  return call(doors, 'GetAccessKeyInfo', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }, caller);
}

function enter({ call }: OrganizationsBed, account: string, caller: Caller) {
  const input = { RoleArn: `arn:aws:iam::${account}:role/app`, RoleSessionName: 'work' };
  return call(doors, 'AssumeRole', input, caller);
}

const DENY = { Effect: 'Deny', Action: 'sts:GetAccessKeyInfo', Resource: '*' };
const DENIED = {
  code: 'AccessDenied',
  message:
    /with an explicit deny in a service control policy: arn:aws:organizations::\d{12}:policy\/o-\w+\/service_control_policy\/p-\w+$/,
};

describe('service control policies', () => {
  test('bind the users and the root user of members from the next request, not the management account', () =>
    withDoors(async (bed) => {
      const { org, begin, account, policy, principal } = bed;
      const RootId = await begin();
      const member = await account('member');
      const user = principal({ name: 'alice', account: member, policies: [ALL] });
      await org('EnablePolicyType', { RootId, PolicyType: 'SERVICE_CONTROL_POLICY' });
      await look(bed, user);
      const attachment = { PolicyId: await policy('deny', DENY), TargetId: RootId };
      await org('AttachPolicy', attachment);
      await assert.rejects(look(bed, user), DENIED);
      await assert.rejects(look(bed, rootCaller(member)), DENIED);
      await look(bed, principal({ name: 'boss', policies: [ALL] }));
      await look(bed, rootCaller(TEST_ACCOUNT));
      await org('DetachPolicy', attachment);
      await look(bed, user);
    }));

  test('must allow on every level, and move with the account', () =>
    withDoors(async (bed) => {
      const { org, begin, account, unit, policy } = bed;
      const root = await begin();
      const [outer, member] = [await unit('outer', root), await account('member')];
      const inner = await unit('inner', outer);
      await org('EnablePolicyType', { RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' });
      const only = await policy('only', { Effect: 'Allow', Action: 'organizations:*', Resource: '*' });
      await org('AttachPolicy', { PolicyId: only, TargetId: outer });
      await org('DetachPolicy', { PolicyId: 'p-FullAWSAccess', TargetId: outer });
      const caller = rootCaller(member);
      await look(bed, caller);
      const move = { AccountId: member, SourceParentId: root, DestinationParentId: inner };
      await org('MoveAccount', move);
      await assert.rejects(look(bed, caller), {
        message: /because no service control policy allows the sts:GetAccessKeyInfo action$/,
      });
      await org('DescribeOrganization', {}, caller);
      await org('UpdatePolicy', { PolicyId: only, Content: JSON.stringify(ALL) });
      await look(bed, caller);
      await org('DisablePolicyType', { RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' });
      await look(bed, caller);
    }));

  test('no longer bind an account that left', () =>
    withDoors(async (bed) => {
      const { org, begin, account, policy } = bed;
      const RootId = await begin();
      const member = await account('member');
      await org('EnablePolicyType', { RootId, PolicyType: 'SERVICE_CONTROL_POLICY' });
      await org('AttachPolicy', { PolicyId: await policy('deny', DENY), TargetId: member });
      await assert.rejects(look(bed, rootCaller(member)), DENIED);
      await org('RemoveAccountFromOrganization', { AccountId: member });
      await look(bed, rootCaller(member));
    }));
});

describe('resource control policies', () => {
  test('bind resources of members, whoever comes, but not those of the management account', () =>
    withDoors(async (bed) => {
      const { org, begin, account, policy, principal } = bed;
      const RootId = await begin();
      const member = await account('member');
      const stranger = principal({ name: 'stranger', account: '000099999999', policies: [ALL] });
      const insider = principal({ name: 'insider', account: member, policies: [ALL] });
      await org('EnablePolicyType', { RootId, PolicyType: 'RESOURCE_CONTROL_POLICY' });
      await enter(bed, member, stranger);
      const { Organization } = await org('DescribeOrganization');
      const outsiders = {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sts:AssumeRole',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': Organization?.Id } },
      };
      const PolicyId = await policy('outsiders', outsiders, 'RESOURCE_CONTROL_POLICY');
      await org('AttachPolicy', { PolicyId, TargetId: RootId });
      await assert.rejects(enter(bed, member, stranger), {
        message: /with an explicit deny in a resource control policy$/,
      });
      await enter(bed, member, insider);
      await enter(bed, TEST_ACCOUNT, stranger);
    }));
});

describe('closed accounts', () => {
  test('can do nothing, and nobody can do anything to them', () =>
    withDoors(async (bed) => {
      const { org, begin, account, principal } = bed;
      await begin();
      const AccountId = await account('member');
      const outsider = principal({ name: 'outsider', policies: [ALL] });
      await enter(bed, AccountId, outsider);
      await org('CloseAccount', { AccountId });
      assert.equal((await org('DescribeAccount', { AccountId })).Account?.Status, 'SUSPENDED');
      await assert.rejects(look(bed, rootCaller(AccountId)), { code: 'AccessDenied' });
      await assert.rejects(enter(bed, AccountId, outsider), { code: 'AccessDenied' });
      await assert.rejects(org('CloseAccount', { AccountId }), { code: 'AccountAlreadyClosedException' });
      await assert.rejects(org('CloseAccount', { AccountId: TEST_ACCOUNT }), {
        fields: { Reason: 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT' },
      });
    }));
});
