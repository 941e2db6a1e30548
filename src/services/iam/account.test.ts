import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { statementOf, trustOf, withIam } from './testing.ts';

const HOUR = 3_600_000;

describe('the account', () => {
  test('has one alias, which no other account has', () =>
    withIam(async ({ iam }) => {
      await iam('CreateAccountAlias', { AccountAlias: 'castle' });
      await iam('CreateAccountAlias', { AccountAlias: 'keep' });
      assert.deepEqual((await iam('ListAccountAliases')).AccountAliases, ['keep']);
      await assert.rejects(iam('CreateAccountAlias', { AccountAlias: 'keep' }), {
        code: 'EntityAlreadyExists',
        message: 'The account alias keep already exists.',
      });
      await assert.rejects(iam('DeleteAccountAlias', { AccountAlias: 'castle' }), { code: 'NoSuchEntity' });
      await iam('DeleteAccountAlias', { AccountAlias: 'keep' });
      assert.deepEqual((await iam('ListAccountAliases')).AccountAliases, []);
    }));

  test('sums up what it has', () =>
    withIam(async ({ iam }) => {
      await iam('CreateUser', { UserName: 'alice' });
      await iam('CreateGroup', { GroupName: 'staff' });
      await iam('SetSecurityTokenServicePreferences', { GlobalEndpointTokenVersion: 'v2Token' });
      const { SummaryMap } = await iam('GetAccountSummary');
      assert.deepEqual(
        [SummaryMap?.Users, SummaryMap?.Groups, SummaryMap?.Roles, SummaryMap?.GlobalEndpointTokenVersion],
        [1, 1, 0, 2],
      );
      assert.deepEqual([SummaryMap?.AccessKeysPerUserQuota, SummaryMap?.UsersQuota], [2, 5000]);
    }));

  test('reports on credentials, anew every four hours', () =>
    withIam(async ({ iam, advance }) => {
      await iam('CreateUser', { UserName: 'alice' });
      await iam('CreateLoginProfile', { UserName: 'alice', Password: 'Correct-horse-1' });
      await iam('CreateAccessKey', { UserName: 'alice' });
      await assert.rejects(iam('GetCredentialReport'), { code: 'ReportNotPresent' });
      assert.equal((await iam('GenerateCredentialReport')).State, 'STARTED');
      assert.equal((await iam('GenerateCredentialReport')).State, 'COMPLETE');
      const report = await iam('GetCredentialReport');
      const [header = '', root = '', alice = ''] = Buffer.from(report.Content ?? [])
        .toString()
        .split('\n')
        .map((line) => line);
      const columns = header.split(',');
      assert.equal(columns.length, 22);
      assert.match(root, /^<root_account>,arn:aws:iam::000012345678:root,/);
      const cells = new Map(alice.split(',').map((cell, index) => [columns[index], cell]));
      assert.equal(cells.get('user'), 'alice');
      assert.equal(cells.get('password_enabled'), 'true');
      assert.equal(cells.get('access_key_1_active'), 'true');
      assert.equal(cells.get('access_key_2_active'), 'false');
      assert.equal(cells.get('mfa_active'), 'false');
      advance(4 * HOUR);
      await assert.rejects(iam('GetCredentialReport'), { code: 'ReportExpired' });
    }));

  test('shows everything at once, filtered and page by page', () =>
    withIam(async ({ iam }) => {
      const PolicyDocument = JSON.stringify(statementOf('Allow', 's3:*'));
      const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
      await iam('CreateUser', { UserName: 'alice' });
      await iam('CreateGroup', { GroupName: 'staff' });
      await iam('AddUserToGroup', { GroupName: 'staff', UserName: 'alice' });
      await iam('AttachGroupPolicy', { GroupName: 'staff', PolicyArn });
      await iam('PutUserPolicy', { UserName: 'alice', PolicyName: 'p', PolicyDocument });
      const AssumeRolePolicyDocument = trustOf({ Service: 'ec2.amazonaws.com' });
      await iam('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument });
      await iam('CreatePolicy', { PolicyName: 'own', PolicyDocument });

      const all = await iam('GetAccountAuthorizationDetails');
      const [user] = all.UserDetailList ?? [];
      assert.deepEqual(user?.GroupList, ['staff']);
      assert.equal(decodeURIComponent(user?.UserPolicyList?.[0]?.PolicyDocument ?? ''), PolicyDocument);
      assert.equal(all.GroupDetailList?.[0]?.AttachedManagedPolicies?.[0]?.PolicyArn, PolicyArn);
      assert.equal(all.RoleDetailList?.[0]?.RoleName, 'r');
      assert.deepEqual(
        all.Policies?.map(({ PolicyName }) => PolicyName),
        ['own', 'ReadOnlyAccess'],
      );
      const local = await iam('GetAccountAuthorizationDetails', { Filter: ['LocalManagedPolicy'] });
      assert.deepEqual([local.Policies?.length, local.UserDetailList], [1, []]);
      let seen = 0;
      let Marker: string | undefined;
      do {
        const page = await iam('GetAccountAuthorizationDetails', { MaxItems: 2, Marker });
        seen += [page.UserDetailList, page.GroupDetailList, page.RoleDetailList, page.Policies].flat().length;
        Marker = page.Marker;
      } while (Marker !== undefined);
      assert.equal(seen, 5);
    }));
});
