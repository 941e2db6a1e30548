import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ACTION_REFERENCE } from '../../../tools/action-reference.ts';
import { checkService } from '../../platform/check-service.ts';
import { rootCaller } from '../../platform/sign-in.ts';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { definition } from './service.ts';
import { withOrganizations } from './testing.ts';

test('every operation is authorised by actions and condition keys that AWS knows', async () => {
  assert.deepEqual(await checkService(definition, ACTION_REFERENCE), []);
});

describe('an organisation', () => {
  test('is made once, described, and deleted when it is empty', () =>
    withOrganizations(async ({ org }) => {
      await assert.rejects(org('DescribeOrganization'), {
        code: 'AWSOrganizationsNotInUseException',
        message: 'Your account is not a member of an organization.',
      });
      const { Organization } = await org('CreateOrganization');
      assert.match(Organization?.Id ?? '', /^o-[a-z0-9]{10}$/);
      assert.equal(Organization?.FeatureSet, 'ALL');
      assert.equal(Organization?.MasterAccountId, TEST_ACCOUNT);
      assert.equal(
        Organization?.Arn,
        `arn:aws:organizations::${TEST_ACCOUNT}:organization/${Organization?.Id}`,
      );
      assert.deepEqual((await org('DescribeOrganization')).Organization, Organization);
      await assert.rejects(org('CreateOrganization'), { code: 'AlreadyInOrganizationException' });
      const { Roots } = await org('ListRoots');
      assert.deepEqual(Roots?.[0]?.PolicyTypes, []);
      assert.match(Roots?.[0]?.Arn ?? '', /:root\/o-[a-z0-9]{10}\/r-[a-z0-9]{4}$/);
      await org('CreateOrganizationalUnit', { ParentId: Roots?.[0]?.Id, Name: 'a' });
      await assert.rejects(org('DeleteOrganization'), { code: 'OrganizationNotEmptyException' });
      const { OrganizationalUnits } = await org('ListOrganizationalUnitsForParent', {
        ParentId: Roots?.[0]?.Id,
      });
      await org('DeleteOrganizationalUnit', { OrganizationalUnitId: OrganizationalUnits?.[0]?.Id });
      await org('DeleteOrganization');
      await assert.rejects(org('ListRoots'), { code: 'AWSOrganizationsNotInUseException' });
      await org('CreateOrganization', { FeatureSet: 'CONSOLIDATED_BILLING' });
    }));

  test('trusts services', () =>
    withOrganizations(async ({ org, begin }) => {
      await begin();
      const ServicePrincipal = 'guardduty.amazonaws.com';
      await org('EnableAWSServiceAccess', { ServicePrincipal });
      await org('EnableAWSServiceAccess', { ServicePrincipal });
      const listed = await org('ListAWSServiceAccessForOrganization');
      assert.deepEqual(
        listed.EnabledServicePrincipals?.map((each) => each.ServicePrincipal),
        [ServicePrincipal],
      );
      await org('DisableAWSServiceAccess', { ServicePrincipal });
      const after = await org('ListAWSServiceAccessForOrganization');
      assert.deepEqual(after.EnabledServicePrincipals, []);
    }));

  test('is changed only by its management account, and described to its members', () =>
    withOrganizations(async ({ org, begin, account, principal }) => {
      await begin();
      const member = rootCaller(await account('member'));
      assert.equal(
        (await org('DescribeOrganization', {}, member)).Organization?.MasterAccountId,
        TEST_ACCOUNT,
      );
      const refused = {
        code: 'AccessDeniedException',
        message: "You don't have permissions to access this resource.",
      };
      await assert.rejects(org('ListAccounts', {}, member), refused);
      await assert.rejects(
        org('CreateAccount', { AccountName: 'x', Email: 'x@example.com' }, member),
        refused,
      );
      const nobody = principal({ name: 'nobody' });
      await assert.rejects(org('ListAccounts', {}, nobody), {
        code: 'AccessDeniedException',
        message: /because no identity-based policy allows the organizations:ListAccounts action$/,
      });
      const stranger = principal({ name: 'stranger', account: '000099999999' });
      await assert.rejects(org('DescribeOrganization', {}, stranger), { code: 'AccessDeniedException' });
    }));
});

describe('accounts', () => {
  test('are made at once, listed, described and moved', () =>
    withOrganizations(async ({ org, begin, unit }) => {
      const root = await begin();
      const { CreateAccountStatus } = await org('CreateAccount', {
        AccountName: 'shop',
        Email: 'shop@example.com',
        Tags: [{ Key: 'team', Value: 'a' }],
      });
      assert.equal(CreateAccountStatus?.State, 'SUCCEEDED');
      const id = CreateAccountStatus?.AccountId ?? '';
      assert.match(id, /^0000\d{8}$/);
      const asked = { CreateAccountRequestId: CreateAccountStatus?.Id };
      assert.deepEqual(
        (await org('DescribeCreateAccountStatus', asked)).CreateAccountStatus,
        CreateAccountStatus,
      );
      await assert.rejects(org('DescribeCreateAccountStatus', { CreateAccountRequestId: 'car-12345678' }), {
        code: 'CreateAccountStatusNotFoundException',
      });
      const again = await org('CreateAccount', { AccountName: 'other', Email: 'SHOP@example.com' });
      assert.equal(again.CreateAccountStatus?.FailureReason, 'EMAIL_ALREADY_EXISTS');
      const failed = await org('ListCreateAccountStatus', { States: ['FAILED'] });
      assert.equal(failed.CreateAccountStatuses?.length, 1);

      const { Account } = await org('DescribeAccount', { AccountId: id });
      assert.deepEqual(
        [Account?.Name, Account?.Email, Account?.Status, Account?.JoinedMethod],
        ['shop', 'shop@example.com', 'ACTIVE', 'CREATED'],
      );
      const listed = await org('ListAccounts', { MaxResults: 1 });
      const rest = await org('ListAccounts', { MaxResults: 1, NextToken: listed.NextToken });
      const ids = [...(listed.Accounts ?? []), ...(rest.Accounts ?? [])].map(({ Id }) => Id);
      assert.deepEqual(ids.toSorted(), [TEST_ACCOUNT, id].toSorted());
      await assert.rejects(org('ListAccounts', { NextToken: '!' }), { code: 'InvalidInputException' });

      const ou = await unit('web', root);
      const move = { AccountId: id, SourceParentId: root, DestinationParentId: ou };
      await org('MoveAccount', move);
      assert.deepEqual((await org('ListParents', { ChildId: id })).Parents, [
        { Id: ou, Type: 'ORGANIZATIONAL_UNIT' },
      ]);
      assert.equal((await org('ListAccountsForParent', { ParentId: ou })).Accounts?.[0]?.Id, id);
      const children = await org('ListChildren', { ParentId: ou, ChildType: 'ACCOUNT' });
      assert.deepEqual(children.Children, [{ Id: id, Type: 'ACCOUNT' }]);
      await assert.rejects(org('MoveAccount', move), { code: 'DuplicateAccountException' });
      await assert.rejects(org('MoveAccount', { ...move, DestinationParentId: 'ou-abcd-12345678' }), {
        code: 'DestinationParentNotFoundException',
      });
      await assert.rejects(org('DeleteOrganizationalUnit', { OrganizationalUnitId: ou }), {
        code: 'OrganizationalUnitNotEmptyException',
      });
      await assert.rejects(org('DescribeAccount', { AccountId: '000011111111' }), {
        code: 'AccountNotFoundException',
      });
    }));

  test('that ask for one address at the same moment do not both get it', () =>
    withOrganizations(async ({ org, begin }) => {
      await begin();
      const create = (AccountName: string) =>
        org('CreateAccount', { AccountName, Email: 'same@example.com' });
      const made = await Promise.all(['a', 'b', 'c'].map(create));
      const states = made.map(({ CreateAccountStatus }) => CreateAccountStatus?.State);
      assert.deepEqual(states.toSorted(), ['FAILED', 'FAILED', 'SUCCEEDED']);
    }));

  test('leave, are removed, and come back by invitation', () =>
    withOrganizations(async ({ org, begin, account, advance }) => {
      const root = await begin();
      const [one, two] = [await account('one'), await account('two')];
      await org('RemoveAccountFromOrganization', { AccountId: one });
      await org('LeaveOrganization', {}, rootCaller(two));
      await assert.rejects(org('LeaveOrganization'), { code: 'MasterCannotLeaveOrganizationException' });
      await assert.rejects(org('RemoveAccountFromOrganization', { AccountId: one }), {
        code: 'AccountNotFoundException',
      });
      const invite = (Id: string, Type = 'ACCOUNT') =>
        org('InviteAccountToOrganization', { Target: { Id, Type }, Notes: 'welcome' });
      const { Handshake } = await invite(one);
      assert.equal(Handshake?.State, 'OPEN');
      await assert.rejects(invite(one), { code: 'DuplicateHandshakeException' });
      await assert.rejects(invite('000011111111'), { code: 'AccountNotFoundException' });
      const HandshakeId = Handshake?.Id;
      await assert.rejects(org('AcceptHandshake', { HandshakeId }, rootCaller(two)), {
        code: 'HandshakeNotFoundException',
      });
      // Whose handshake it is, is told to neither side's strangers.
      const arn = `arn:aws:iam::${two}:user/nobody`;
      const policyCaller = { type: 'user', arn, id: 'AIDANOBODY' } as const;
      const nobody = { ...rootCaller(two), kind: 'user', arn, policyCaller } as const;
      await assert.rejects(org('DescribeHandshake', { HandshakeId }, nobody), {
        message:
          /^User: \S+ is not authorized to perform: organizations:DescribeHandshake on resource: \* because/,
      });
      const seen = await org('ListHandshakesForAccount', {}, rootCaller(one));
      assert.equal(seen.Handshakes?.[0]?.Id, HandshakeId);
      const accepted = await org('AcceptHandshake', { HandshakeId }, rootCaller(one));
      assert.equal(accepted.Handshake?.State, 'ACCEPTED');
      const { Account } = await org('DescribeAccount', { AccountId: one });
      assert.equal(Account?.JoinedMethod, 'INVITED');
      assert.deepEqual((await org('ListParents', { ChildId: one })).Parents, [{ Id: root, Type: 'ROOT' }]);
      await assert.rejects(invite(one), { code: 'HandshakeConstraintViolationException' });
      await assert.rejects(org('AcceptHandshake', { HandshakeId }, rootCaller(one)), {
        code: 'HandshakeAlreadyInStateException',
      });

      const second = { HandshakeId: (await invite('two@example.com', 'EMAIL')).Handshake?.Id };
      assert.equal((await org('DeclineHandshake', second, rootCaller(two))).Handshake?.State, 'DECLINED');
      const third = { HandshakeId: (await invite(two)).Handshake?.Id };
      assert.equal((await org('CancelHandshake', third)).Handshake?.State, 'CANCELED');
      const fourth = { HandshakeId: (await invite(two)).Handshake?.Id };
      advance(16 * 24 * 3_600_000);
      assert.equal((await org('DescribeHandshake', fourth)).Handshake?.State, 'EXPIRED');
      await assert.rejects(org('AcceptHandshake', fourth, rootCaller(two)), {
        code: 'InvalidHandshakeTransitionException',
      });
      assert.equal((await org('ListHandshakesForOrganization')).Handshakes?.length, 4);
    }));
});

describe('organisational units', () => {
  test('nest five levels deep, with names that are unique in their parent', () =>
    withOrganizations(async ({ org, begin, unit }) => {
      const root = await begin();
      const path = [root];
      for (const name of ['1', '2', '3', '4', '5']) path.push(await unit(name, path.at(-1) ?? ''));
      await assert.rejects(unit('6', path.at(-1) ?? ''), {
        code: 'ConstraintViolationException',
        fields: { Reason: 'OU_DEPTH_LIMIT_EXCEEDED' },
      });
      await assert.rejects(unit('1', root), { code: 'DuplicateOrganizationalUnitException' });
      await assert.rejects(unit('x', 'r-none'), { code: 'ParentNotFoundException' });
      const OrganizationalUnitId = path[1];
      const renamed = await org('UpdateOrganizationalUnit', { OrganizationalUnitId, Name: 'one' });
      assert.equal(renamed.OrganizationalUnit?.Name, 'one');
      assert.deepEqual(
        (await org('DescribeOrganizationalUnit', { OrganizationalUnitId })).OrganizationalUnit,
        renamed.OrganizationalUnit,
      );
      await unit('1', root);
      assert.deepEqual((await org('ListParents', { ChildId: path[2] })).Parents?.[0]?.Id, path[1]);
      const children = await org('ListChildren', { ParentId: root, ChildType: 'ORGANIZATIONAL_UNIT' });
      assert.equal(children.Children?.length, 2);
      await assert.rejects(org('ListParents', { ChildId: 'ou-abcd-12345678' }), {
        code: 'ChildNotFoundException',
      });
    }));
});

describe('tags', () => {
  test('hang on roots, units, accounts and policies', () =>
    withOrganizations(async ({ org, begin, account, unit, policy }) => {
      const root = await begin();
      const deny = { Effect: 'Deny', Action: 's3:*', Resource: '*' };
      const all = [root, await unit('a', root), await account('a'), await policy('a', deny)];
      for (const ResourceId of all) {
        const Tags = [
          { Key: 'team', Value: 'a' },
          { Key: 'cost', Value: '1' },
        ];
        await org('TagResource', { ResourceId, Tags });
        await org('TagResource', { ResourceId, Tags: [{ Key: 'team', Value: 'b' }] });
        await org('UntagResource', { ResourceId, TagKeys: ['cost'] });
        assert.deepEqual((await org('ListTagsForResource', { ResourceId })).Tags, [
          { Key: 'team', Value: 'b' },
        ]);
      }
      const twice = [
        { Key: 'a', Value: '' },
        { Key: 'a', Value: '' },
      ];
      await assert.rejects(org('TagResource', { ResourceId: root, Tags: twice }), {
        fields: { Reason: 'DUPLICATE_TAG_KEY' },
      });
      await assert.rejects(org('ListTagsForResource', { ResourceId: '000011111111' }), {
        code: 'TargetNotFoundException',
      });
    }));
});
