import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AwsError } from '../../platform/service.ts';
import { type IamBed, iamBed, statementOf, trustOf } from './testing.ts';

const NAMES = ['a', 'b'] as const;
const POLICIES = [
  'arn:aws:iam::000012345678:policy/a',
  'arn:aws:iam::000012345678:policy/b',
  'arn:aws:iam::aws:policy/ReadOnlyAccess',
] as const;
const PolicyDocument = JSON.stringify(statementOf('Allow', 's3:*'));
const AssumeRolePolicyDocument = trustOf({ Service: 'ec2.amazonaws.com' });

/** One request of somebody who does not know what is there. */
const request = fc
  .record({
    operation: fc.constantFrom(
      'CreateUser',
      'DeleteUser',
      'CreateGroup',
      'DeleteGroup',
      'CreateRole',
      'DeleteRole',
      'CreatePolicy',
      'DeletePolicy',
      'AddUserToGroup',
      'RemoveUserFromGroup',
      'AttachUserPolicy',
      'DetachUserPolicy',
      'AttachGroupPolicy',
      'DetachGroupPolicy',
      'AttachRolePolicy',
      'DetachRolePolicy',
      'PutUserPermissionsBoundary',
      'DeleteUserPermissionsBoundary',
    ),
    user: fc.constantFrom(...NAMES),
    other: fc.constantFrom(...NAMES),
    policy: fc.constantFrom(...POLICIES),
  })
  .map(({ operation, user, other, policy }) => {
    const entity = /User/.test(operation) && !/Group/.test(operation) ? { UserName: user } : {};
    const input = {
      ...entity,
      ...(/Group/.test(operation) ? { GroupName: other } : {}),
      ...(/UserToGroup|UserFromGroup/.test(operation) ? { UserName: user } : {}),
      ...(/Role/.test(operation) ? { RoleName: user } : {}),
      ...(operation === 'CreateRole' ? { AssumeRolePolicyDocument } : {}),
      ...(operation === 'CreatePolicy' ? { PolicyName: user, PolicyDocument } : {}),
      ...(/^(?:Attach|Detach)|^DeletePolicy/.test(operation) ? { PolicyArn: policy } : {}),
      ...(operation === 'PutUserPermissionsBoundary' ? { PermissionsBoundary: policy } : {}),
    };
    return { operation, input };
  });

/** Asks, and takes every refusal that AWS would give. */
async function attempt(
  bed: IamBed,
  { operation, input }: { operation: string; input: object },
): Promise<void> {
  try {
    await bed.iam(operation as 'GetUser', input as never);
  } catch (error) {
    assert.ok(error instanceof AwsError, String(error));
    assert.match(
      error.code,
      /^(?:NoSuchEntity|EntityAlreadyExists|DeleteConflict|ValidationError)$/,
      error.message,
    );
  }
}

/** What different answers say about the same thing must be the same. */
async function check({ iam }: IamBed): Promise<void> {
  const { Policies = [] } = await iam('ListPolicies', { MaxItems: 1000 });
  for (const { Arn, AttachmentCount, PermissionsBoundaryUsageCount } of Policies) {
    if (!POLICIES.some((each) => each === Arn)) continue;
    const count = async (PolicyUsageFilter: string) => {
      const found = await iam('ListEntitiesForPolicy', { PolicyArn: Arn, PolicyUsageFilter });
      return [found.PolicyUsers, found.PolicyGroups, found.PolicyRoles].flat().length;
    };
    assert.equal(AttachmentCount, await count('PermissionsPolicy'), `attachments of ${Arn}`);
    assert.equal(PermissionsBoundaryUsageCount, await count('PermissionsBoundary'), `boundaries of ${Arn}`);
  }
  const { Groups = [] } = await iam('ListGroups');
  for (const { GroupName } of Groups) {
    const { Users = [] } = await iam('GetGroup', { GroupName });
    for (const { UserName } of Users) {
      const memberships = await iam('ListGroupsForUser', { UserName });
      assert.ok(memberships.Groups?.some((each) => each.GroupName === GroupName));
    }
  }
  const { Users = [] } = await iam('ListUsers');
  for (const { UserName } of Users) {
    const { Groups: memberships = [] } = await iam('ListGroupsForUser', { UserName });
    for (const { GroupName } of memberships) {
      const group = await iam('GetGroup', { GroupName });
      assert.ok(group.Users?.some((each) => each.UserName === UserName));
    }
  }
}

test('whatever is asked at the same time, both sides of each relation agree', async () => {
  const rounds = fc.array(fc.array(request, { minLength: 1, maxLength: 4 }), { minLength: 5, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(rounds, async (together) => {
      const bed = await iamBed();
      for (const name of NAMES) {
        await bed.iam('CreateUser', { UserName: name });
        await bed.iam('CreateGroup', { GroupName: name });
        await bed.iam('CreatePolicy', { PolicyName: name, PolicyDocument });
      }
      for (const requests of together) await Promise.all(requests.map((each) => attempt(bed, each)));
      await check(bed);
      await bed.close();
    }),
    { numRuns: 12 },
  );
});
