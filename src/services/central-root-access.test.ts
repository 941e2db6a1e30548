import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TEST_ACCOUNT, testPlatform } from '../platform/testing.ts';
import { definition as iam } from './iam/service.ts';
import { definition as organizations } from './organizations/service.ts';
import { SERVICE_COLLECTIONS } from './registry.generated.ts';
import { definition as sts } from './sts/service.ts';

const TASK = 'arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials';

test('whoever manages an organization takes the credentials of a member’s root user away', async () => {
  const bed = await testPlatform({
    services: [iam, organizations, sts],
    collections: SERVICE_COLLECTIONS,
  });
  await bed.call(organizations, 'CreateOrganization', {});
  const made = await bed.call(organizations, 'CreateAccount', {
    AccountName: 'shop',
    Email: 's@example.com',
  });
  const member = made.CreateAccountStatus?.AccountId ?? '';
  await bed.call(iam, 'CreateUser', { UserName: 'admin' });
  const everything = { UserName: 'admin', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
  await bed.call(iam, 'AttachUserPolicy', everything);
  const { AccessKey } = await bed.call(iam, 'CreateAccessKey', { UserName: 'admin' });
  const admin = () => bed.signIn({ accessKeyId: AccessKey?.AccessKeyId });
  const assume = async (task: string, target = member) =>
    bed.call(sts, 'AssumeRoot', { TargetPrincipal: target, TaskPolicyArn: { arn: task } }, await admin());

  const disabled = { code: 'AccessDenied', message: /has not enabled RootCredentialsManagement/ };
  await assert.rejects(assume(TASK), disabled);
  await bed.call(organizations, 'EnableAWSServiceAccess', { ServicePrincipal: 'iam.amazonaws.com' });
  await bed.call(iam, 'EnableOrganizationsRootCredentialsManagement', {});

  await assert.rejects(assume(TASK, TEST_ACCOUNT), { code: 'AccessDenied' });
  await assert.rejects(assume(TASK, '000087654321'), { code: 'AccessDenied' });
  await assert.rejects(assume('arn:aws:iam::aws:policy/AdministratorAccess'), { code: 'ValidationError' });
  await assert.rejects(assume('arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy'), {
    message: /has not enabled RootSessions/,
  });
  await assert.rejects(
    bed.call(sts, 'AssumeRoot', { TargetPrincipal: member, TaskPolicyArn: { arn: TASK } }),
    { message: 'Root may not be assumed by root accounts.' },
  );

  const trust = { ServicePrincipal: 'iam.amazonaws.com' };
  await bed.call(organizations, 'DisableAWSServiceAccess', trust);
  await assert.rejects(assume(TASK), disabled);
  await bed.call(organizations, 'EnableAWSServiceAccess', trust);

  const { Credentials } = await assume(TASK);
  assert.equal(Credentials?.Expiration?.getTime(), bed.now().getTime() + 900_000);
  const root = await bed.signIn({ sessionToken: Credentials?.SessionToken });
  assert.equal(root.arn, `arn:aws:iam::${member}:root`);
  const { AccessKeyMetadata } = await bed.call(iam, 'ListAccessKeys', {}, root);
  assert.deepEqual(AccessKeyMetadata, []);
  await assert.rejects(bed.call(iam, 'CreateUser', { UserName: 'eve' }, root), {
    message: /because no session policy allows the iam:CreateUser action$/,
  });
  const records = await bed.audit();
  assert.match(JSON.stringify(records.at(-1)?.userIdentity), /"type":"Root".*"assumedRoot":"true"/);
  await bed.close();
});
