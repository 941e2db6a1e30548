import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CreateUserCommand, GetRoleCommand, IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  DescribeOrganizationCommand,
  DetachPolicyCommand,
  DuplicatePolicyAttachmentException,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type RunningHonmaru, startHonmaru } from './iam-server.ts';
import { programOnPath } from './program.ts';
import { runAsync } from './run-async.ts';

const aws = programOnPath('aws');
const ROLE = 'OrganizationAccountAccessRole';

function documentOf(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

describe('an organisation, by real clients', () => {
  let running: RunningHonmaru;
  let organizations: OrganizationsClient;
  let sts: STSClient;
  let management: string;
  let root: string;
  let member: string;
  const options = () => ({ endpoint: running.url, region: 'us-east-1', maxAttempts: 1 });

  before(async () => {
    running = await startHonmaru();
    const { accessKeyId, secretAccessKey } = running;
    const signed = { ...options(), credentials: { accessKeyId, secretAccessKey } };
    organizations = new OrganizationsClient(signed);
    sts = new STSClient(signed);
    management = (await sts.send(new GetCallerIdentityCommand({}))).Account ?? '';
    await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
    root = (await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id ?? '';
    const made = await organizations.send(
      new CreateAccountCommand({ AccountName: 'shop', Email: 'shop@example.com' }),
    );
    member = made.CreateAccountStatus?.AccountId ?? '';
  });
  after(async () => {
    organizations.destroy();
    sts.destroy();
    await running.stop();
  });

  /** Credentials of the administrators' role in the member account. */
  async function intoMember() {
    const RoleArn = `arn:aws:iam::${member}:role/${ROLE}`;
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'admin' }));
    return {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
  }

  test('a new account is entered through its role, and its users are its own', async () => {
    const iam = new IAMClient({ ...options(), credentials: await intoMember() });
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: ROLE }));
    assert.equal(Role?.Arn, `arn:aws:iam::${member}:role/${ROLE}`);
    const { User } = await iam.send(new CreateUserCommand({ UserName: 'admin' }));
    assert.equal(User?.Arn, `arn:aws:iam::${member}:user/admin`);
    assert.equal((await iam.send(new ListUsersCommand({}))).Users?.length, 1);
    iam.destroy();
  });

  test('a service control policy binds the member and not the management account', async () => {
    const inside = new IAMClient({ ...options(), credentials: await intoMember() });
    await organizations.send(
      new EnablePolicyTypeCommand({ RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' }),
    );
    const { Policy } = await organizations.send(
      new CreatePolicyCommand({
        Name: 'no-users',
        Description: 'users come from elsewhere',
        Type: 'SERVICE_CONTROL_POLICY',
        Content: documentOf({ Effect: 'Deny', Action: 'iam:CreateUser', Resource: '*' }),
      }),
    );
    const attachment = { PolicyId: Policy?.PolicySummary?.Id, TargetId: root };
    await organizations.send(new AttachPolicyCommand(attachment));
    await assert.rejects(
      organizations.send(new AttachPolicyCommand(attachment)),
      DuplicatePolicyAttachmentException,
    );
    await assert.rejects(inside.send(new CreateUserCommand({ UserName: 'bob' })), {
      name: 'AccessDenied',
      message: `User: arn:aws:sts::${member}:assumed-role/${ROLE}/admin is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${member}:user/bob with an explicit deny in a service control policy: ${Policy?.PolicySummary?.Arn}`,
    });
    const { accessKeyId, secretAccessKey } = running;
    const outside = new IAMClient({ ...options(), credentials: { accessKeyId, secretAccessKey } });
    await outside.send(new CreateUserCommand({ UserName: 'bob' }));
    await organizations.send(new DetachPolicyCommand(attachment));
    await inside.send(new CreateUserCommand({ UserName: 'bob' }));
    for (const each of [inside, outside]) each.destroy();
  });

  test('a resource control policy keeps the role of a member from everybody it names', async () => {
    await organizations.send(
      new EnablePolicyTypeCommand({ RootId: root, PolicyType: 'RESOURCE_CONTROL_POLICY' }),
    );
    const statement = {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sts:AssumeRole',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalAccount': management } },
    };
    const { Policy } = await organizations.send(
      new CreatePolicyCommand({
        Name: 'no-entry',
        Description: '',
        Type: 'RESOURCE_CONTROL_POLICY',
        Content: documentOf(statement),
      }),
    );
    const attachment = { PolicyId: Policy?.PolicySummary?.Id, TargetId: member };
    await organizations.send(new AttachPolicyCommand(attachment));
    await assert.rejects(intoMember(), {
      name: 'AccessDenied',
      message:
        /with an explicit deny in a resource control policy: arn:aws:organizations::\d{12}:policy\/o-\w+\/resource_control_policy\/p-\w+$/,
    });
    await organizations.send(new DetachPolicyCommand(attachment));
    await intoMember();
  });

  test('aws-cli', { skip: aws === undefined && 'SKIPPED: aws is not on this machine' }, async () => {
    const cli = async (...words: string[]) => {
      const settings = { cwd: running.folder, env: running.env };
      return runAsync(aws ?? '', ['organizations', ...words, '--output', 'json'], settings);
    };
    const unit = await cli('create-organizational-unit', '--parent-id', root, '--name', 'web');
    assert.equal(unit.code, 0, unit.err);
    const { Id } = JSON.parse(unit.out).OrganizationalUnit;
    const move = ['--account-id', member, '--source-parent-id', root, '--destination-parent-id', Id];
    const moved = await cli('move-account', ...move);
    assert.equal(moved.code, 0, moved.err);
    const again = await cli('move-account', ...move);
    assert.match(again.err, /\(DuplicateAccountException\).*already present in the specified destination/);
    const listed = await cli('list-accounts');
    assert.deepEqual(
      JSON.parse(listed.out)
        .Accounts.map((each: { readonly Id: string }) => each.Id)
        .toSorted(),
      [management, member].toSorted(),
    );
    const unbuilt = await cli('list-outbound-responsibility-transfers', '--type', 'BILLING');
    assert.match(unbuilt.err, /\(NotImplemented\).*is not built/);
  });

  test('a closed account is shut', async () => {
    const credentials = await intoMember();
    const inside = new OrganizationsClient({ ...options(), credentials });
    assert.ok((await inside.send(new DescribeOrganizationCommand({}))).Organization);
    await organizations.send(new CloseAccountCommand({ AccountId: member }));
    await assert.rejects(inside.send(new DescribeOrganizationCommand({})), { name: 'AccessDeniedException' });
    await assert.rejects(intoMember(), { name: 'AccessDenied' });
    inside.destroy();
  });
});
