import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { definition as sts } from './service.ts';
import { allow, RIGHT_CODE, trusting, withSts } from './testing.ts';

const ALICE = `arn:aws:iam::${TEST_ACCOUNT}:user/alice`;
const REFUSED = { code: 'AccessDenied', status: 403 };
const HOUR = 3_600_000;

describe('tokens of one’s own', () => {
  test('GetSessionToken keeps the user, notes the MFA code, and is not chained', () =>
    withSts(async (bed) => {
      const alice = await bed.user('alice');
      const mfa = { SerialNumber: `arn:aws:iam::${TEST_ACCOUNT}:mfa/phone`, TokenCode: RIGHT_CODE };
      const { Credentials } = await bed.call(sts, 'GetSessionToken', { DurationSeconds: 900, ...mfa }, alice);
      const session = await bed.signIn({ sessionToken: Credentials?.SessionToken });
      assert.equal((await bed.call(sts, 'GetCallerIdentity', {}, session)).Arn, ALICE);
      assert.ok(session.session?.mfaAt);
      await assert.rejects(bed.call(sts, 'GetSessionToken', {}, session), {
        ...REFUSED,
        message: 'Cannot call GetSessionToken with session credentials',
      });
      const usual = await bed.call(sts, 'GetSessionToken', {}, alice);
      assert.equal(usual.Credentials?.Expiration?.getTime(), bed.now().getTime() + 12 * HOUR);
      const root = await bed.call(sts, 'GetSessionToken', {});
      assert.equal(root.Credentials?.Expiration?.getTime(), bed.now().getTime() + HOUR);
      const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'sts:*', Resource: '*' }] };
      await assert.rejects(bed.call(sts, 'GetSessionToken', {}, await bed.user('bob', deny)), REFUSED);
    }));

  test('GetFederationToken may do what both the user and its policy allow', () =>
    withSts(async (bed) => {
      const alice = await bed.user('alice', allow(['sts:GetFederationToken', 'sts:GetAccessKeyInfo']));
      const get = (input: object) => bed.call(sts, 'GetFederationToken', { Name: 'guest', ...input }, alice);
      const { credentials } = await bed.ports();
      const { accessKeyId: AccessKeyId } = credentials.mintAccessKey(TEST_ACCOUNT);
      const attempt = async (input: object) => {
        const { Credentials } = await get(input);
        const guest = await bed.signIn({ sessionToken: Credentials?.SessionToken });
        return bed.call(sts, 'GetAccessKeyInfo', { AccessKeyId }, guest);
      };
      const out = await get({});
      assert.deepEqual(out.FederatedUser, {
        FederatedUserId: `${TEST_ACCOUNT}:guest`,
        Arn: `arn:aws:sts::${TEST_ACCOUNT}:federated-user/guest`,
      });
      await assert.rejects(attempt({}), REFUSED);
      await attempt({ Policy: JSON.stringify(allow('sts:*')) });
      await assert.rejects(attempt({ Policy: JSON.stringify(allow('s3:*')) }), REFUSED);
      await assert.rejects(
        bed.call(sts, 'GetFederationToken', { Name: 'guest' }, await bed.user('bob')),
        REFUSED,
      );
    }));

  test('a federated user takes on no other identity, and records say who made it', () =>
    withSts(async (bed) => {
      const alice = await bed.user('alice', allow('sts:*'));
      const { arn: RoleArn } = bed.role({ name: 'app', trust: trusting({ AWS: '*' }) });
      const Policy = JSON.stringify(allow('sts:*'));
      const made = await bed.call(sts, 'GetFederationToken', { Name: 'guest', Policy }, alice);
      const guest = await bed.signIn({ sessionToken: made.Credentials?.SessionToken });
      const token = { Audience: ['https://a.example'], SigningAlgorithm: 'ES384' };
      await assert.rejects(bed.call(sts, 'GetWebIdentityToken', token, guest), REFUSED);
      await assert.rejects(bed.call(sts, 'AssumeRole', { RoleArn, RoleSessionName: 'work' }, guest), {
        ...REFUSED,
        message: 'Cannot call AssumeRole with session credentials',
      });
      const [answered, refused] = await bed.audit();
      assert.deepEqual(refused?.userIdentity, {
        type: 'FederatedUser',
        principalId: `${TEST_ACCOUNT}:guest`,
        arn: `arn:aws:sts::${TEST_ACCOUNT}:federated-user/guest`,
        accountId: TEST_ACCOUNT,
        accessKeyId: made.Credentials?.AccessKeyId,
        sessionContext: {
          sessionIssuer: {
            type: 'IAMUser',
            principalId: 'AIDAALICE',
            arn: ALICE,
            accountId: TEST_ACCOUNT,
            userName: 'alice',
          },
          attributes: { creationDate: '2026-01-31T09:00:00Z', mfaAuthenticated: 'false' },
        },
      });
      // Which key was given out is what later records are followed back by; its secret is not there.
      const text = JSON.stringify(answered?.responseElements);
      assert.ok(text.includes(`"accessKeyId":"${made.Credentials?.AccessKeyId}"`));
      assert.equal(text.includes(made.Credentials?.SecretAccessKey ?? ''), false);
      assert.equal(text.includes(made.Credentials?.SessionToken ?? ''), false);
    }));
});
