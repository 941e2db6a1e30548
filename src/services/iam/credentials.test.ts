import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { statementOf, withIam } from './testing.ts';
import { CERTIFICATE, SSH_FINGERPRINT, SSH_KEY } from './testing-material.ts';

const UserName = 'alice';
const GOOD_PASSWORD = 'Correct-horse-1';

describe('access keys', () => {
  test('sign in as their user until they are inactive or gone', () =>
    withIam(async ({ iam, signIn, ports }) => {
      await iam('CreateUser', { UserName });
      const { AccessKey } = await iam('CreateAccessKey', { UserName });
      const accessKeyId = AccessKey?.AccessKeyId ?? '';
      assert.match(accessKeyId, /^HMKA/);
      const known = await (await ports()).identity.accessKey(accessKeyId);
      assert.equal(known?.secret, AccessKey?.SecretAccessKey);
      assert.equal((await signIn({ accessKeyId })).arn, 'arn:aws:iam::000012345678:user/alice');

      await iam('UpdateAccessKey', { UserName, AccessKeyId: accessKeyId, Status: 'Inactive' });
      assert.equal((await (await ports()).identity.accessKey(accessKeyId))?.active, false);
      assert.equal((await iam('ListAccessKeys', { UserName })).AccessKeyMetadata?.[0]?.Status, 'Inactive');

      await iam('DeleteAccessKey', { UserName, AccessKeyId: accessKeyId });
      assert.equal(await (await ports()).identity.accessKey(accessKeyId), undefined);
      await assert.rejects(iam('GetAccessKeyLastUsed', { AccessKeyId: accessKeyId }), {
        code: 'NoSuchEntity',
      });
    }));

  test('are two at most, and their secrets are sealed', () =>
    withIam(async ({ iam, store, audit }) => {
      await iam('CreateUser', { UserName });
      const first = await iam('CreateAccessKey', { UserName });
      await iam('CreateAccessKey', { UserName });
      await assert.rejects(iam('CreateAccessKey', { UserName }), {
        code: 'LimitExceeded',
        message: 'Cannot exceed quota for AccessKeysPerUser: 2',
      });
      const { accessKeys } = await import('./collections.ts');
      const secret = first.AccessKey?.SecretAccessKey ?? '';
      const stored = await store.get(accessKeys, first.AccessKey?.AccessKeyId ?? '');
      assert.ok(secret.length >= 40 && !JSON.stringify(stored).includes(secret));
      assert.ok(!JSON.stringify(await audit()).includes(secret));
    }));

  test('of the caller are meant when nobody is named; what was never used says N/A', () =>
    withIam(async ({ iam, userWith }) => {
      const alice = await userWith(UserName, statementOf('Allow', 'iam:*'));
      const own = await iam('ListAccessKeys', {}, alice);
      assert.equal(own.AccessKeyMetadata?.[0]?.UserName, UserName);
      const AccessKeyId = own.AccessKeyMetadata?.[0]?.AccessKeyId;
      const { UserName: owner, AccessKeyLastUsed } = await iam('GetAccessKeyLastUsed', { AccessKeyId });
      assert.equal(owner, UserName);
      assert.equal(AccessKeyLastUsed?.ServiceName, 'N/A');
      await iam('CreateAccessKey');
      assert.equal((await iam('GetAccountSummary')).SummaryMap?.AccountAccessKeysPresent, 1);
    }));
});

describe('passwords', () => {
  test('follow the policy of the account, which users may be let change them under', () =>
    withIam(async ({ iam, userWith, store }) => {
      const alice = await userWith(UserName);
      await iam('UpdateAccountPasswordPolicy', {
        MinimumPasswordLength: 12,
        RequireUppercaseCharacters: true,
        RequireSymbols: true,
        PasswordReusePrevention: 2,
      });
      await assert.rejects(iam('CreateLoginProfile', { UserName, Password: 'short' }), {
        code: 'PasswordPolicyViolation',
        message:
          'Password should have a minimum length of 12, Password should have at least one uppercase letter, Password should have at least one symbol',
      });
      const { LoginProfile } = await iam('CreateLoginProfile', {
        UserName,
        Password: GOOD_PASSWORD,
        PasswordResetRequired: true,
      });
      assert.equal(LoginProfile?.PasswordResetRequired, true);
      await assert.rejects(iam('CreateLoginProfile', { UserName, Password: GOOD_PASSWORD }), {
        code: 'EntityAlreadyExists',
      });
      const { users } = await import('./collections.ts');
      const [record] = (await store.list(users)).records;
      assert.match(record?.value.login?.hash ?? '', /^scrypt\$16384\$8\$1\$/);

      const change = { OldPassword: GOOD_PASSWORD, NewPassword: 'Another-horse-2' };
      await assert.rejects(iam('ChangePassword', change, alice), { code: 'AccessDenied', status: 403 });
      await iam('UpdateAccountPasswordPolicy', {
        AllowUsersToChangePassword: true,
        PasswordReusePrevention: 2,
      });
      await iam('ChangePassword', change, alice);
      assert.equal((await iam('GetLoginProfile', { UserName })).LoginProfile?.PasswordResetRequired, false);
      await assert.rejects(iam('ChangePassword', change, alice), {
        message: 'The old password was incorrect.',
      });
      await assert.rejects(iam('UpdateLoginProfile', { UserName, Password: GOOD_PASSWORD }), {
        message: 'Password cannot be the same as any of the last 2 passwords',
      });
    }));

  test('go with the login profile; the policy of the account goes back to none', () =>
    withIam(async ({ iam }) => {
      await iam('CreateUser', { UserName });
      await iam('CreateLoginProfile', { UserName, Password: GOOD_PASSWORD });
      await iam('DeleteLoginProfile', { UserName });
      await assert.rejects(iam('GetLoginProfile', { UserName }), {
        code: 'NoSuchEntity',
        message: 'Login Profile for User alice cannot be found.',
      });
      await iam('UpdateAccountPasswordPolicy', { MaxPasswordAge: 90 });
      const { PasswordPolicy } = await iam('GetAccountPasswordPolicy');
      assert.equal(PasswordPolicy?.ExpirePasswords, true);
      assert.equal(PasswordPolicy?.MinimumPasswordLength, 6);
      await iam('DeleteAccountPasswordPolicy');
      await assert.rejects(iam('GetAccountPasswordPolicy'), {
        code: 'NoSuchEntity',
        message: 'The Password Policy with domain name 000012345678 cannot be found.',
      });
    }));
});

describe('other credentials of users', () => {
  test('SSH keys are read in both encodings', () =>
    withIam(async ({ iam }) => {
      await iam('CreateUser', { UserName });
      const { SSHPublicKey } = await iam('UploadSSHPublicKey', { UserName, SSHPublicKeyBody: SSH_KEY });
      assert.equal(SSHPublicKey?.Fingerprint, SSH_FINGERPRINT);
      const SSHPublicKeyId = SSHPublicKey?.SSHPublicKeyId;
      const pem = await iam('GetSSHPublicKey', { UserName, SSHPublicKeyId, Encoding: 'PEM' });
      assert.match(pem.SSHPublicKey?.SSHPublicKeyBody ?? '', /^-----BEGIN PUBLIC KEY-----/);
      const body = pem.SSHPublicKey?.SSHPublicKeyBody;
      await assert.rejects(iam('UploadSSHPublicKey', { UserName, SSHPublicKeyBody: body }), {
        code: 'DuplicateSSHPublicKey',
      });
      await iam('UpdateSSHPublicKey', { UserName, SSHPublicKeyId, Status: 'Inactive' });
      assert.equal((await iam('ListSSHPublicKeys', { UserName })).SSHPublicKeys?.[0]?.Status, 'Inactive');
      await iam('DeleteSSHPublicKey', { UserName, SSHPublicKeyId });
      assert.deepEqual((await iam('ListSSHPublicKeys', { UserName })).SSHPublicKeys, []);
      await assert.rejects(iam('UploadSSHPublicKey', { UserName, SSHPublicKeyBody: 'ssh-rsa AAAA' }), {
        code: 'UnrecognizedPublicKeyEncoding',
      });
    }));

  test('signing certificates are X.509', () =>
    withIam(async ({ iam }) => {
      await iam('CreateUser', { UserName });
      const uploaded = await iam('UploadSigningCertificate', { UserName, CertificateBody: CERTIFICATE });
      const CertificateId = uploaded.Certificate?.CertificateId;
      await assert.rejects(iam('UploadSigningCertificate', { UserName, CertificateBody: CERTIFICATE }), {
        code: 'DuplicateCertificate',
      });
      await assert.rejects(iam('UploadSigningCertificate', { UserName, CertificateBody: 'x' }), {
        code: 'MalformedCertificate',
      });
      await iam('UpdateSigningCertificate', { UserName, CertificateId, Status: 'Inactive' });
      const listed = await iam('ListSigningCertificates', { UserName });
      assert.equal(listed.Certificates?.[0]?.Status, 'Inactive');
      await iam('DeleteSigningCertificate', { UserName, CertificateId });
      await assert.rejects(iam('DeleteSigningCertificate', { UserName, CertificateId }), {
        code: 'NoSuchEntity',
      });
    }));

  test('service-specific credentials get another password on a reset', () =>
    withIam(async ({ iam }) => {
      await iam('CreateUser', { UserName });
      const ServiceName = 'codecommit.amazonaws.com';
      const made = await iam('CreateServiceSpecificCredential', { UserName, ServiceName });
      const { ServiceSpecificCredentialId, ServicePassword, ServiceUserName } =
        made.ServiceSpecificCredential ?? {};
      assert.equal(ServiceUserName, 'alice-at-000012345678');
      const again = await iam('CreateServiceSpecificCredential', { UserName, ServiceName });
      assert.equal(again.ServiceSpecificCredential?.ServiceUserName, 'alice+1-at-000012345678');
      const one = { UserName, ServiceSpecificCredentialId };
      const reset = await iam('ResetServiceSpecificCredential', one);
      assert.notEqual(reset.ServiceSpecificCredential?.ServicePassword, ServicePassword);
      await iam('UpdateServiceSpecificCredential', { ...one, Status: 'Inactive' });
      const all = await iam('ListServiceSpecificCredentials', { AllUsers: true });
      assert.deepEqual(all.ServiceSpecificCredentials?.map(({ Status }) => Status).sort(), [
        'Active',
        'Inactive',
      ]);
      await iam('DeleteServiceSpecificCredential', one);
      const left = await iam('ListServiceSpecificCredentials', { UserName });
      assert.equal(left.ServiceSpecificCredentials?.length, 1);
      await assert.rejects(
        iam('CreateServiceSpecificCredential', { UserName, ServiceName: 'lambda.amazonaws.com' }),
        {
          code: 'NoSuchEntity',
          message: 'No such service lambda.amazonaws.com is supported for Service Specific Credentials',
        },
      );
    }));
});
