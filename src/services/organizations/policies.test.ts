import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rootCaller } from '../../platform/sign-in.ts';
import { type OrganizationsBed, withOrganizations } from './testing.ts';

const SCP = 'SERVICE_CONTROL_POLICY';
const RCP = 'RESOURCE_CONTROL_POLICY';
const DENY = { Effect: 'Deny', Action: 's3:*', Resource: '*' };

function documentOf(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

async function attachedTo({ org }: OrganizationsBed, TargetId: string, Filter = SCP) {
  const { Policies } = await org('ListPoliciesForTarget', { TargetId, Filter });
  return Policies?.map(({ Name }) => Name).toSorted();
}

describe('policies', () => {
  test('are created, described, changed, listed and deleted', () =>
    withOrganizations(async ({ org, begin }) => {
      await begin();
      const create = (more: object = {}) =>
        org('CreatePolicy', {
          Name: 'no-s3',
          Description: 'x',
          Type: SCP,
          Content: documentOf(DENY),
          ...more,
        });
      const { Policy } = await create();
      const PolicyId = Policy?.PolicySummary?.Id;
      assert.match(
        Policy?.PolicySummary?.Arn ?? '',
        /^arn:aws:organizations::\d{12}:policy\/o-[a-z0-9]{10}\/service_control_policy\/p-[a-z0-9]{10}$/,
      );
      assert.deepEqual((await org('DescribePolicy', { PolicyId })).Policy, Policy);
      await assert.rejects(create(), { code: 'DuplicatePolicyException' });
      await assert.rejects(create({ Name: 'FullAWSAccess' }), { code: 'DuplicatePolicyException' });
      const updated = await org('UpdatePolicy', { PolicyId, Name: 'no-s3-at-all' });
      assert.equal(updated.Policy?.PolicySummary?.Name, 'no-s3-at-all');
      assert.equal(updated.Policy?.Content, documentOf(DENY));
      const { Policies } = await org('ListPolicies', { Filter: SCP });
      assert.deepEqual(Policies?.map(({ Name, AwsManaged }) => [Name, AwsManaged]).toSorted(), [
        ['FullAWSAccess', true],
        ['no-s3-at-all', false],
      ]);
      await org('DeletePolicy', { PolicyId });
      await assert.rejects(org('DescribePolicy', { PolicyId }), { code: 'PolicyNotFoundException' });
      await assert.rejects(org('DeletePolicy', { PolicyId: 'p-FullAWSAccess' }), {
        code: 'InvalidInputException',
      });
      await assert.rejects(create({ Type: 'BACKUP_POLICY' }), {
        code: 'PolicyTypeNotAvailableForOrganizationException',
      });
    }));

  test('are read before they are taken', () =>
    withOrganizations(async ({ org, begin }) => {
      await begin();
      const create = (Type: string, Content: string) =>
        org('CreatePolicy', { Name: 'p', Description: '', Type, Content });
      const everybody = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };
      const malformed: readonly (readonly [string, string])[] = [
        [SCP, '{'],
        [SCP, documentOf({ ...DENY, Principal: '*' })],
        [SCP, documentOf({ Effect: 'Deny', Resource: '*' })],
        [RCP, '{'],
        [RCP, documentOf({ ...everybody, Effect: 'Allow' })],
        [RCP, documentOf(DENY)],
        [RCP, documentOf({ ...everybody, Principal: { AWS: '000012345678' } })],
        [RCP, documentOf({ ...everybody, Action: '*' })],
        [RCP, documentOf({ Effect: 'Deny', Principal: '*', NotAction: 's3:*', Resource: '*' })],
      ];
      for (const [type, content] of malformed) {
        await assert.rejects(create(type, content), { code: 'MalformedPolicyDocumentException' }, content);
      }
      const large = documentOf({ ...DENY, Action: `s3:${'x'.repeat(11_000)}` });
      await assert.rejects(create(SCP, large), { fields: { Reason: 'POLICY_CONTENT_LIMIT_EXCEEDED' } });
      await create(RCP, documentOf(everybody));
    }));

  test('attach to every place of a type that is enabled, and begin with full access', () =>
    withOrganizations(async (bed) => {
      const { org, begin, account, unit, policy } = bed;
      const root = await begin();
      const ou = await unit('web', root);
      const member = await account('member');
      const PolicyId = await policy('no-s3', DENY);
      const attach = { PolicyId, TargetId: ou };
      await assert.rejects(org('AttachPolicy', attach), { code: 'PolicyTypeNotEnabledException' });
      const enable = { RootId: root, PolicyType: SCP };
      assert.deepEqual((await org('EnablePolicyType', enable)).Root?.PolicyTypes, [
        { Type: SCP, Status: 'ENABLED' },
      ]);
      await assert.rejects(org('EnablePolicyType', enable), { code: 'PolicyTypeAlreadyEnabledException' });
      for (const target of [root, ou, member])
        assert.deepEqual(await attachedTo(bed, target), ['FullAWSAccess']);
      assert.deepEqual(await attachedTo(bed, ou, RCP), []);

      for (const TargetId of [root, ou, member]) await org('AttachPolicy', { PolicyId, TargetId });
      await assert.rejects(org('AttachPolicy', attach), { code: 'DuplicatePolicyAttachmentException' });
      assert.deepEqual(await attachedTo(bed, ou), ['FullAWSAccess', 'no-s3']);
      const { Targets } = await org('ListTargetsForPolicy', { PolicyId });
      assert.deepEqual(
        Targets?.map(({ TargetId, Type, Name }) => [TargetId, Type, Name]).toSorted(),
        [
          [root, 'ROOT', 'Root'],
          [ou, 'ORGANIZATIONAL_UNIT', 'web'],
          [member, 'ACCOUNT', 'member'],
        ].toSorted(),
      );
      await assert.rejects(org('DeletePolicy', { PolicyId }), { code: 'PolicyInUseException' });

      const full = { PolicyId: 'p-FullAWSAccess', TargetId: ou };
      await org('DetachPolicy', full);
      await assert.rejects(org('DetachPolicy', full), { code: 'PolicyNotAttachedException' });
      await assert.rejects(org('DetachPolicy', attach), {
        fields: { Reason: 'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED' },
      });
      for (const name of ['a', 'b', 'c', 'd'])
        await org('AttachPolicy', { PolicyId: await policy(name, DENY), TargetId: ou });
      await assert.rejects(org('AttachPolicy', full), {
        fields: { Reason: 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED' },
      });

      assert.deepEqual((await org('DisablePolicyType', enable)).Root?.PolicyTypes, []);
      assert.deepEqual(await attachedTo(bed, ou), []);
      await org('EnablePolicyType', enable);
      assert.deepEqual(await attachedTo(bed, ou), ['FullAWSAccess']);
      await org('DeletePolicy', { PolicyId });
    }));

  test('of resources keep their full access', () =>
    withOrganizations(async (bed) => {
      const root = await bed.begin();
      await bed.org('EnablePolicyType', { RootId: root, PolicyType: RCP });
      assert.deepEqual(await attachedTo(bed, root, RCP), ['RCPFullAWSAccess']);
      await assert.rejects(bed.org('DetachPolicy', { PolicyId: 'p-RCPFullAWSAccess', TargetId: root }), {
        fields: { Reason: 'NON_DETACHABLE_POLICY' },
      });
    }));
});

describe('delegation', () => {
  test('delegated administrators read the organisation', () =>
    withOrganizations(async ({ org, begin, account }) => {
      await begin();
      const AccountId = await account('security');
      const admin = rootCaller(AccountId);
      const service = { AccountId, ServicePrincipal: 'guardduty.amazonaws.com' };
      await assert.rejects(org('RegisterDelegatedAdministrator', service), {
        fields: { Reason: 'SERVICE_ACCESS_NOT_ENABLED' },
      });
      await org('EnableAWSServiceAccess', { ServicePrincipal: service.ServicePrincipal });
      await assert.rejects(org('ListAccounts', {}, admin), { code: 'AccessDeniedException' });
      await org('RegisterDelegatedAdministrator', service);
      await assert.rejects(org('RegisterDelegatedAdministrator', service), {
        code: 'AccountAlreadyRegisteredException',
      });
      assert.equal((await org('ListAccounts', {}, admin)).Accounts?.length, 2);
      await assert.rejects(org('CreateOrganizationalUnit', { ParentId: 'r-abcd', Name: 'x' }, admin), {
        code: 'AccessDeniedException',
      });
      const listed = await org('ListDelegatedAdministrators', { ServicePrincipal: service.ServicePrincipal });
      assert.deepEqual(
        listed.DelegatedAdministrators?.map(({ Id }) => Id),
        [AccountId],
      );
      const services = await org('ListDelegatedServicesForAccount', { AccountId });
      assert.equal(services.DelegatedServices?.[0]?.ServicePrincipal, service.ServicePrincipal);
      await assert.rejects(org('RemoveAccountFromOrganization', { AccountId }), {
        fields: { Reason: 'CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG' },
      });
      await org('DeregisterDelegatedAdministrator', service);
      await assert.rejects(org('ListAccounts', {}, admin), { code: 'AccessDeniedException' });
      await assert.rejects(org('ListDelegatedServicesForAccount', { AccountId }), {
        code: 'AccountNotRegisteredException',
      });
    }));

  test('the resource policy lets members do what it says, and no more', () =>
    withOrganizations(async ({ org, begin, account }) => {
      const root = await begin();
      const member = await account('member');
      const caller = rootCaller(member);
      const create = (Type: string) =>
        org('CreatePolicy', { Name: Type, Description: '', Type, Content: documentOf(DENY) }, caller);
      await assert.rejects(org('DescribeResourcePolicy'), { code: 'ResourcePolicyNotFoundException' });
      await assert.rejects(create(SCP), { code: 'AccessDeniedException' });
      const statement = {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${member}:root` },
        Action: ['organizations:CreatePolicy', 'organizations:ListRoots'],
        Resource: '*',
        Condition: { StringEqualsIfExists: { 'organizations:PolicyType': SCP } },
      };
      const { ResourcePolicy } = await org('PutResourcePolicy', { Content: documentOf(statement) });
      assert.match(ResourcePolicy?.ResourcePolicySummary?.Id ?? '', /^rp-/);
      assert.deepEqual((await org('DescribeResourcePolicy')).ResourcePolicy, ResourcePolicy);
      await create(SCP);
      await assert.rejects(create(RCP), { code: 'AccessDeniedException' });
      assert.equal((await org('ListRoots', {}, caller)).Roots?.[0]?.Id, root);
      await assert.rejects(org('ListAccounts', {}, caller), { code: 'AccessDeniedException' });
      const foreign = documentOf({ ...statement, Action: 's3:*' });
      await assert.rejects(org('PutResourcePolicy', { Content: foreign }), {
        fields: { Reason: 'UNSUPPORTED_ACTION_IN_RESOURCE_POLICY' },
      });
      await assert.rejects(org('PutResourcePolicy', { Content: '{}' }), {
        fields: { Reason: 'INVALID_RESOURCE_POLICY_JSON' },
      });
      await org('DeleteResourcePolicy');
      await assert.rejects(org('ListRoots', {}, caller), { code: 'AccessDeniedException' });
    }));
});
