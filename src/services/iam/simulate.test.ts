import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { statementOf, trustOf, withIam } from './testing.ts';

const BUCKET = 'arn:aws:s3:::bucket/key';

function conditional(key: string, value: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { StringEquals: { [key]: value } } },
    ],
  };
}

describe('SimulateCustomPolicy', () => {
  test('decides, and names the statement with its place', () =>
    withIam(async ({ iam }) => {
      const document = JSON.stringify(statementOf('Allow', 's3:Get*'), null, 2);
      const { EvaluationResults } = await iam('SimulateCustomPolicy', {
        PolicyInputList: [document],
        ActionNames: ['s3:GetObject', 's3:PutObject'],
        ResourceArns: [BUCKET],
      });
      const [read, write] = EvaluationResults ?? [];
      assert.deepEqual([read?.EvalDecision, write?.EvalDecision], ['allowed', 'implicitDeny']);
      assert.deepEqual(read?.MatchedStatements?.[0], {
        SourcePolicyId: 'PolicyInputList.1',
        SourcePolicyType: 'IAM Policy',
        StartPosition: { Line: 4, Column: 5 },
        EndPosition: { Line: 8, Column: 6 },
      });
    }));

  test('says which keys it misses, and takes them', () =>
    withIam(async ({ iam }) => {
      const base = {
        PolicyInputList: [JSON.stringify(conditional('aws:username', 'alice'))],
        ActionNames: ['s3:GetObject'],
      };
      const without = await iam('SimulateCustomPolicy', base);
      assert.deepEqual(
        [without.EvaluationResults?.[0]?.EvalDecision, without.EvaluationResults?.[0]?.MissingContextValues],
        ['implicitDeny', ['aws:username']],
      );
      const entry = { ContextKeyName: 'aws:username', ContextKeyType: 'string', ContextKeyValues: ['alice'] };
      const given = await iam('SimulateCustomPolicy', { ...base, ContextEntries: [entry] });
      assert.equal(given.EvaluationResults?.[0]?.EvalDecision, 'allowed');
    }));

  test('knows boundaries, organisations and resource policies', () =>
    withIam(async ({ iam }) => {
      const all = JSON.stringify(statementOf('Allow', '*'));
      const s3 = JSON.stringify(statementOf('Allow', 's3:*'));
      const question = { PolicyInputList: [all], ActionNames: ['sqs:SendMessage'] };
      const bounded = await iam('SimulateCustomPolicy', {
        ...question,
        PermissionsBoundaryPolicyInputList: [s3],
      });
      assert.equal(bounded.EvaluationResults?.[0]?.EvalDecision, 'implicitDeny');
      assert.deepEqual(bounded.EvaluationResults?.[0]?.PermissionsBoundaryDecisionDetail, {
        AllowedByPermissionsBoundary: false,
      });
      const organised = await iam('SimulateCustomPolicy', {
        ...question,
        OrderedOrganizationPolicyInputList: [
          { ServiceControlPolicyInputList: [all] },
          { ServiceControlPolicyInputList: [s3] },
        ],
      });
      assert.deepEqual(organised.EvaluationResults?.[0]?.OrganizationsDecisionDetail, {
        AllowedByOrganizations: false,
      });
      const alice = 'arn:aws:iam::000012345678:user/alice';
      const ResourcePolicy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: alice }, Action: 's3:GetObject', Resource: BUCKET }],
      });
      const granted = await iam('SimulateCustomPolicy', {
        PolicyInputList: [JSON.stringify(statementOf('Allow', 'sqs:*'))],
        ActionNames: ['s3:GetObject'],
        ResourceArns: [BUCKET],
        ResourcePolicy,
        CallerArn: alice,
      });
      assert.equal(granted.EvaluationResults?.[0]?.EvalDecision, 'allowed');
    }));

  test('refuses what is no action and no policy', () =>
    withIam(async ({ iam }) => {
      const PolicyInputList = [JSON.stringify(statementOf('Allow', '*'))];
      await assert.rejects(iam('SimulateCustomPolicy', { PolicyInputList, ActionNames: ['s3:*'] }), {
        code: 'InvalidInput',
      });
      await assert.rejects(
        iam('SimulateCustomPolicy', { PolicyInputList: ['{}'], ActionNames: ['s3:GetObject'] }),
        {
          code: 'InvalidInput',
        },
      );
    }));
});

describe('SimulatePrincipalPolicy', () => {
  test('agrees with what the front door enforces', () =>
    withIam(async ({ iam, userWith }) => {
      const alice = await userWith(
        'alice',
        statementOf('Allow', ['iam:Get*', 'iam:ListUsers', 'iam:CreateGroup']),
        statementOf('Deny', 'iam:GetGroup'),
      );
      await iam('CreateGroup', { GroupName: 'g' });
      await iam('PutUserPermissionsBoundary', {
        UserName: 'alice',
        PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess',
      });
      const bounded = await userWith('carol');
      assert.ok(bounded);
      const signedIn = alice;
      const attempts = {
        'iam:ListUsers': () => iam('ListUsers', {}, signedIn),
        'iam:GetGroup': () => iam('GetGroup', { GroupName: 'g' }, signedIn),
        'iam:ListRoles': () => iam('ListRoles', {}, signedIn),
      };
      const { EvaluationResults } = await iam('SimulatePrincipalPolicy', {
        PolicySourceArn: 'arn:aws:iam::000012345678:user/alice',
        ActionNames: [...Object.keys(attempts), 'iam:CreateGroup'],
        ResourceArns: ['arn:aws:iam::000012345678:group/g'],
      });
      const decided = new Map(EvaluationResults?.map((each) => [each.EvalActionName, each.EvalDecision]));
      assert.deepEqual([...decided.values()], ['allowed', 'explicitDeny', 'implicitDeny', 'implicitDeny']);
      for (const [action, attempt] of Object.entries(attempts)) {
        if (decided.get(action) === 'allowed') await attempt();
        else await assert.rejects(attempt(), { code: 'AccessDenied' });
      }
    }));

  test('leaves out what is excluded, and looks at roles and groups', () =>
    withIam(async ({ iam }) => {
      const PolicyArn = 'arn:aws:iam::aws:policy/AmazonS3FullAccess';
      await iam('CreateRole', {
        RoleName: 'r',
        AssumeRolePolicyDocument: trustOf({ Service: 'ec2.amazonaws.com' }),
      });
      await iam('AttachRolePolicy', { RoleName: 'r', PolicyArn });
      const question = {
        PolicySourceArn: 'arn:aws:iam::000012345678:role/r',
        ActionNames: ['s3:GetObject'],
      };
      const decision = async (more: object) =>
        (await iam('SimulatePrincipalPolicy', { ...question, ...more })).EvaluationResults?.[0]?.EvalDecision;
      assert.equal(await decision({}), 'allowed');
      assert.equal(await decision({ PolicyExclusionList: [{ PolicyArn }] }), 'implicitDeny');
      await iam('CreateGroup', { GroupName: 'g' });
      assert.equal(await decision({ PolicySourceArn: 'arn:aws:iam::000012345678:group/g' }), 'implicitDeny');
      await assert.rejects(decision({ PolicySourceArn: 'arn:aws:iam::000012345678:user/nobody' }), {
        code: 'NoSuchEntity',
      });
    }));
});

describe('context keys', () => {
  test('of policies are those of conditions and variables', () =>
    withIam(async ({ iam, userWith }) => {
      const document = {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 's3:*',
            Resource: 'arn:aws:s3:::b/${aws:username}/*',
            Condition: { StringEquals: { 'aws:PrincipalTag/team': "${aws:PrincipalTag/unit, 'x'}" } },
          },
        ],
      };
      const expected = ['aws:PrincipalTag/team', 'aws:username', 'aws:PrincipalTag/unit'];
      const custom = await iam('GetContextKeysForCustomPolicy', {
        PolicyInputList: [JSON.stringify(document)],
      });
      assert.deepEqual(custom.ContextKeyNames, expected);
      await userWith('alice', document);
      const principal = await iam('GetContextKeysForPrincipalPolicy', {
        PolicySourceArn: 'arn:aws:iam::000012345678:user/alice',
      });
      assert.deepEqual(principal.ContextKeyNames, expected);
    }));
});

describe('service last accessed', () => {
  test('lists the services that policies grant, and who used them', () =>
    withIam(async ({ iam, userWith, platform, now }) => {
      const alice = await userWith('alice', statementOf('Allow', ['s3:Get*', 'sqs:*']));
      platform.usage.note('HMKA', alice.userId, { at: now().getTime(), service: 's3', region: 'us-east-1' });
      const Arn = 'arn:aws:iam::000012345678:user/alice';
      const { JobId } = await iam('GenerateServiceLastAccessedDetails', { Arn });
      const report = await iam('GetServiceLastAccessedDetails', { JobId });
      assert.equal(report.JobStatus, 'COMPLETED');
      assert.deepEqual(
        report.ServicesLastAccessed?.map((each) => [each.ServiceNamespace, each.TotalAuthenticatedEntities]),
        [
          ['s3', 1],
          ['sqs', 0],
        ],
      );
      assert.equal(report.ServicesLastAccessed?.[0]?.LastAuthenticatedEntity, Arn);
      const who = await iam('GetServiceLastAccessedDetailsWithEntities', { JobId, ServiceNamespace: 's3' });
      assert.equal(who.EntityDetailsList?.[0]?.EntityInfo?.Name, 'alice');
      const { PoliciesGrantingServiceAccess } = await iam('ListPoliciesGrantingServiceAccess', {
        Arn,
        ServiceNamespaces: ['s3', 'ec2'],
      });
      assert.deepEqual(PoliciesGrantingServiceAccess, [
        {
          ServiceNamespace: 's3',
          Policies: [{ PolicyName: 'p0', PolicyType: 'INLINE', EntityType: 'USER', EntityName: 'alice' }],
        },
        { ServiceNamespace: 'ec2', Policies: [] },
      ]);
    }));
});
