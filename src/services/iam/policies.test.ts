import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { statementOf, trustOf, withIam } from './testing.ts';

const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const S3 = JSON.stringify(statementOf('Allow', 's3:*'));
const SQS = JSON.stringify(statementOf('Allow', 'sqs:*'));
const OWN = 'arn:aws:iam::000012345678:policy/app/storage';

describe('managed policies', () => {
  test('have versions, of which one is in force', () =>
    withIam(async ({ iam }) => {
      const { Policy } = await iam('CreatePolicy', {
        PolicyName: 'storage',
        Path: '/app/',
        PolicyDocument: S3,
        Description: 'storage of the app',
      });
      assert.equal(Policy?.Arn, OWN);
      assert.match(Policy?.PolicyId ?? '', /^ANPA/);
      assert.equal(Policy?.Description, undefined);
      const second = await iam('CreatePolicyVersion', { PolicyArn: OWN, PolicyDocument: SQS });
      assert.deepEqual(
        [second.PolicyVersion?.VersionId, second.PolicyVersion?.IsDefaultVersion],
        ['v2', false],
      );
      const v2 = await iam('GetPolicyVersion', { PolicyArn: OWN, VersionId: 'v2' });
      assert.equal(decodeURIComponent(v2.PolicyVersion?.Document ?? ''), SQS);
      await iam('SetDefaultPolicyVersion', { PolicyArn: OWN, VersionId: 'v2' });
      const read = await iam('GetPolicy', { PolicyArn: OWN });
      assert.equal(read.Policy?.DefaultVersionId, 'v2');
      assert.equal(read.Policy?.Description, 'storage of the app');
      await assert.rejects(iam('DeletePolicyVersion', { PolicyArn: OWN, VersionId: 'v2' }), {
        code: 'DeleteConflict',
        message: 'Cannot delete the default version of a policy.',
      });
      await assert.rejects(iam('DeletePolicy', { PolicyArn: OWN }), {
        code: 'DeleteConflict',
        message: /^This policy has more than one version\./,
      });
      await iam('DeletePolicyVersion', { PolicyArn: OWN, VersionId: 'v1' });
      const third = await iam('CreatePolicyVersion', {
        PolicyArn: OWN,
        PolicyDocument: S3,
        SetAsDefault: true,
      });
      assert.equal(third.PolicyVersion?.VersionId, 'v3');
      const { Versions } = await iam('ListPolicyVersions', { PolicyArn: OWN });
      assert.deepEqual(
        Versions?.map(({ VersionId }) => VersionId),
        ['v3', 'v2'],
      );
      await iam('DeletePolicyVersion', { PolicyArn: OWN, VersionId: 'v2' });
      await iam('DeletePolicy', { PolicyArn: OWN });
      await assert.rejects(iam('GetPolicy', { PolicyArn: OWN }), {
        code: 'NoSuchEntity',
        message: `Policy ${OWN} was not found.`,
      });
    }));

  test('of services are attached to nothing of an account', () =>
    withIam(async ({ iam }) => {
      const PolicyArn = 'arn:aws:iam::aws:policy/aws-service-role/AWSConfigServiceRolePolicy';
      await iam('CreateRole', {
        RoleName: 'app',
        AssumeRolePolicyDocument: trustOf({ Service: 'ec2.amazonaws.com' }),
      });
      await assert.rejects(iam('AttachRolePolicy', { RoleName: 'app', PolicyArn }), {
        code: 'PolicyNotAttachable',
        message: 'Cannot attach a Service Role Policy to a Customer Role.',
      });
    }));

  test('have five versions at most', () =>
    withIam(async ({ iam }) => {
      await iam('CreatePolicy', { PolicyName: 'storage', Path: '/app/', PolicyDocument: S3 });
      for (let count = 1; count < 5; count += 1) {
        await iam('CreatePolicyVersion', { PolicyArn: OWN, PolicyDocument: SQS });
      }
      await assert.rejects(iam('CreatePolicyVersion', { PolicyArn: OWN, PolicyDocument: SQS }), {
        code: 'LimitExceeded',
        message: /^A managed policy can have up to 5 versions\./,
      });
    }));

  test('are refused with the message of IAM when they are malformed', () =>
    withIam(async ({ iam }) => {
      const make = (PolicyDocument: string) => iam('CreatePolicy', { PolicyName: 'p', PolicyDocument });
      const refused = { code: 'MalformedPolicyDocument' };
      await assert.rejects(make('{'), { ...refused, message: 'This policy contains invalid Json' });
      await assert.rejects(make('{"Version":"2012-10-17"}'), {
        ...refused,
        message: 'Syntax errors in policy.',
      });
      const unknown = { ...statementOf('Deny', 's3:*') };
      Object.assign(unknown.Statement[0] ?? {}, { Condition: { StringMatches: { 'aws:username': 'a' } } });
      await assert.rejects(make(JSON.stringify(unknown)), refused);
      const long = JSON.stringify(statementOf('Allow', `s3:${'x'.repeat(6_200)}`));
      await assert.rejects(make(long), {
        code: 'LimitExceeded',
        message: 'Cannot exceed quota for PolicySize: 6144',
      });
      await iam('CreatePolicy', { PolicyName: 'Storage', PolicyDocument: S3 });
      await assert.rejects(iam('CreatePolicy', { PolicyName: 'storage', PolicyDocument: S3 }), {
        code: 'EntityAlreadyExists',
        message: 'A policy called storage already exists. Duplicate names are not allowed.',
      });
    }));

  test('of AWS are there, count their use, and cannot be changed', () =>
    withIam(async ({ iam }) => {
      await iam('CreateUser', { UserName: 'alice' });
      await iam('AttachUserPolicy', { UserName: 'alice', PolicyArn: READ_ONLY });
      const used = await iam('ListPolicies', { Scope: 'AWS', OnlyAttached: true });
      assert.deepEqual(
        used.Policies?.map(({ Arn, AttachmentCount }) => [Arn, AttachmentCount]),
        [[READ_ONLY, 1]],
      );
      await assert.rejects(iam('DeletePolicy', { PolicyArn: READ_ONLY }), { code: 'ValidationError' });
      const page = await iam('ListPolicies', { MaxItems: 2 });
      assert.equal(page.IsTruncated, true);
      const rest = await iam('ListPolicies', { MaxItems: 1000, Marker: page.Marker });
      const all = await iam('ListPolicies', { MaxItems: 1000 });
      assert.equal((rest.Policies?.length ?? 0) + 2, all.Policies?.length);
    }));

  test('know who uses them, and carry tags', () =>
    withIam(async ({ iam }) => {
      await iam('CreatePolicy', { PolicyName: 'storage', Path: '/app/', PolicyDocument: S3 });
      await iam('CreateUser', { UserName: 'alice', PermissionsBoundary: OWN });
      await iam('CreateGroup', { GroupName: 'staff' });
      await iam('AttachGroupPolicy', { GroupName: 'staff', PolicyArn: OWN });
      const all = await iam('ListEntitiesForPolicy', { PolicyArn: OWN });
      assert.equal(all.PolicyUsers?.[0]?.UserName, 'alice');
      assert.equal(all.PolicyGroups?.[0]?.GroupName, 'staff');
      const attached = await iam('ListEntitiesForPolicy', {
        PolicyArn: OWN,
        PolicyUsageFilter: 'PermissionsPolicy',
      });
      assert.deepEqual(attached.PolicyUsers, []);
      await iam('TagPolicy', { PolicyArn: OWN, Tags: [{ Key: 'a', Value: 'b' }] });
      assert.deepEqual((await iam('ListPolicyTags', { PolicyArn: OWN })).Tags, [{ Key: 'a', Value: 'b' }]);
      await iam('UntagPolicy', { PolicyArn: OWN, TagKeys: ['a'] });
      assert.equal((await iam('GetPolicy', { PolicyArn: OWN })).Policy?.Tags, undefined);
      await assert.rejects(iam('DeletePolicy', { PolicyArn: OWN }), {
        code: 'DeleteConflict',
        message: 'Cannot delete a policy attached to entities.',
      });
    }));
});

describe('attached and inline policies', () => {
  test('are put, read, listed and taken away', () =>
    withIam(async ({ iam }) => {
      await iam('CreateUser', { UserName: 'u' });
      await iam('CreateGroup', { GroupName: 'g' });
      const AssumeRolePolicyDocument = trustOf({ Service: 'ec2.amazonaws.com' });
      await iam('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument });
      const policy = { PolicyName: 'p', PolicyDocument: S3 };
      await iam('PutUserPolicy', { UserName: 'u', ...policy });
      await iam('PutGroupPolicy', { GroupName: 'g', ...policy });
      await iam('PutRolePolicy', { RoleName: 'r', ...policy });
      const documents = [
        await iam('GetUserPolicy', { UserName: 'u', PolicyName: 'p' }),
        await iam('GetGroupPolicy', { GroupName: 'g', PolicyName: 'p' }),
        await iam('GetRolePolicy', { RoleName: 'r', PolicyName: 'p' }),
      ];
      for (const { PolicyDocument } of documents) assert.equal(decodeURIComponent(PolicyDocument ?? ''), S3);
      const lists = () =>
        Promise.all([
          iam('ListUserPolicies', { UserName: 'u' }),
          iam('ListGroupPolicies', { GroupName: 'g' }),
          iam('ListRolePolicies', { RoleName: 'r' }),
        ]);
      for (const { PolicyNames } of await lists()) assert.deepEqual(PolicyNames, ['p']);
      await iam('DeleteUserPolicy', { UserName: 'u', PolicyName: 'p' });
      await iam('DeleteGroupPolicy', { GroupName: 'g', PolicyName: 'p' });
      await iam('DeleteRolePolicy', { RoleName: 'r', PolicyName: 'p' });
      for (const { PolicyNames } of await lists()) assert.deepEqual(PolicyNames, []);
      await assert.rejects(iam('GetUserPolicy', { UserName: 'u', PolicyName: 'p' }), {
        message: 'The user policy with name p cannot be found.',
      });

      await iam('AttachUserPolicy', { UserName: 'u', PolicyArn: READ_ONLY });
      await iam('AttachGroupPolicy', { GroupName: 'g', PolicyArn: READ_ONLY });
      await iam('AttachRolePolicy', { RoleName: 'r', PolicyArn: READ_ONLY });
      await iam('AttachRolePolicy', { RoleName: 'r', PolicyArn: READ_ONLY });
      assert.equal((await iam('GetPolicy', { PolicyArn: READ_ONLY })).Policy?.AttachmentCount, 3);
      const attachments = () =>
        Promise.all([
          iam('ListAttachedUserPolicies', { UserName: 'u' }),
          iam('ListAttachedGroupPolicies', { GroupName: 'g' }),
          iam('ListAttachedRolePolicies', { RoleName: 'r' }),
        ]);
      for (const { AttachedPolicies } of await attachments()) {
        assert.deepEqual(AttachedPolicies, [{ PolicyName: 'ReadOnlyAccess', PolicyArn: READ_ONLY }]);
      }
      await iam('DetachUserPolicy', { UserName: 'u', PolicyArn: READ_ONLY });
      await iam('DetachGroupPolicy', { GroupName: 'g', PolicyArn: READ_ONLY });
      await iam('DetachRolePolicy', { RoleName: 'r', PolicyArn: READ_ONLY });
      for (const { AttachedPolicies } of await attachments()) assert.deepEqual(AttachedPolicies, []);
      await assert.rejects(iam('DetachRolePolicy', { RoleName: 'r', PolicyArn: READ_ONLY }), {
        code: 'NoSuchEntity',
      });
      await assert.rejects(iam('AttachUserPolicy', { UserName: 'u', PolicyArn: `${OWN}-gone` }), {
        message: `Policy ${OWN}-gone does not exist or is not attachable.`,
      });
    }));

  test('of one entity have a size together', () =>
    withIam(async ({ iam }) => {
      await iam('CreateUser', { UserName: 'u' });
      const document = (length: number) => JSON.stringify(statementOf('Allow', `s3:${'x'.repeat(length)}`));
      await iam('PutUserPolicy', { UserName: 'u', PolicyName: 'a', PolicyDocument: document(1_500) });
      await assert.rejects(
        iam('PutUserPolicy', { UserName: 'u', PolicyName: 'b', PolicyDocument: document(600) }),
        { code: 'LimitExceeded', message: 'Maximum policy size of 2048 bytes exceeded for user u' },
      );
      await iam('PutUserPolicy', { UserName: 'u', PolicyName: 'a', PolicyDocument: document(600) });
    }));

  test('ten managed policies can be attached', () =>
    withIam(async ({ iam }) => {
      await iam('CreateGroup', { GroupName: 'g' });
      const { Policies } = await iam('ListPolicies', { Scope: 'AWS', MaxItems: 11 });
      const arns = Policies?.map(({ Arn }) => Arn) ?? [];
      for (const PolicyArn of arns.slice(0, 10))
        await iam('AttachGroupPolicy', { GroupName: 'g', PolicyArn });
      await assert.rejects(iam('AttachGroupPolicy', { GroupName: 'g', PolicyArn: arns[10] }), {
        message: 'Cannot exceed quota for PoliciesPerGroup: 10',
      });
    }));

  test('boundaries are counted at their policy', () =>
    withIam(async ({ iam }) => {
      await iam('CreateUser', { UserName: 'u' });
      const AssumeRolePolicyDocument = trustOf({ Service: 'ec2.amazonaws.com' });
      await iam('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument });
      const uses = async () =>
        (await iam('GetPolicy', { PolicyArn: READ_ONLY })).Policy?.PermissionsBoundaryUsageCount;
      await iam('PutUserPermissionsBoundary', { UserName: 'u', PermissionsBoundary: READ_ONLY });
      await iam('PutRolePermissionsBoundary', { RoleName: 'r', PermissionsBoundary: READ_ONLY });
      assert.equal(await uses(), 2);
      await iam('DeleteUserPermissionsBoundary', { UserName: 'u' });
      await iam('DeleteRolePermissionsBoundary', { RoleName: 'r' });
      assert.equal(await uses(), 0);
      await assert.rejects(iam('DeleteUserPermissionsBoundary', { UserName: 'u' }), { code: 'NoSuchEntity' });
    }));
});
