import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ACTION_REFERENCE } from '../../../tools/action-reference.ts';
import { checkService } from '../../platform/check-service.ts';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { definition as sts } from './service.ts';
import { allow, OTHER_ACCOUNT, RIGHT_CODE, trusting, withSts } from './testing.ts';

const ALICE = `arn:aws:iam::${TEST_ACCOUNT}:user/alice`;
const REFUSED = { code: 'AccessDenied', status: 403 };
const HOUR = 3_600_000;

test('every operation is authorised by actions and condition keys that AWS knows', async () => {
  assert.deepEqual(await checkService(sts, ACTION_REFERENCE), []);
});

interface Detail {
  readonly eventID: string;
  readonly recipientAccountId: string;
  readonly sharedEventID?: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
}

describe('who somebody is', () => {
  test('is answered to everybody who signs, whatever policies say', () =>
    withSts(async (bed) => {
      const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };
      const alice = await bed.user('alice', deny);
      assert.deepEqual(await bed.call(sts, 'GetCallerIdentity', {}, alice), {
        UserId: 'AIDAALICE',
        Account: TEST_ACCOUNT,
        Arn: ALICE,
      });
      const root = await bed.call(sts, 'GetCallerIdentity', {});
      assert.equal(root.Arn, `arn:aws:iam::${TEST_ACCOUNT}:root`);
    }));

  test('an access key names its account, also when it is gone', () =>
    withSts(async (bed) => {
      const { credentials } = await bed.ports();
      const { accessKeyId } = credentials.mintAccessKey(OTHER_ACCOUNT);
      const { Account } = await bed.call(sts, 'GetAccessKeyInfo', { AccessKeyId: accessKeyId });
      assert.equal(Account, OTHER_ACCOUNT);
      await assert.rejects(bed.call(sts, 'GetAccessKeyInfo', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }), {
        code: 'ValidationError',
      });
    }));
});

describe('DecodeAuthorizationMessage', () => {
  test('reads what a refusal said, for whoever may, and records who read it', () =>
    withSts(async (bed) => {
      const deny = {
        Version: '2012-10-17',
        Statement: [{ Sid: 'NoInfo', Effect: 'Deny', Action: 'sts:GetAccessKeyInfo', Resource: '*' }],
      };
      const alice = await bed.user('alice', deny);
      const bob = await bed.user('bob', allow('sts:DecodeAuthorizationMessage'));
      const refused = await bed
        .call(sts, 'GetAccessKeyInfo', { AccessKeyId: 'HMKAAAAAAAAAAAAAAAAA' }, alice)
        .then(
          () => undefined,
          (error: { headers?: Record<string, string> }) => error,
        );
      const EncodedMessage = refused?.headers?.['x-honmaru-authorization-message'];
      const { DecodedMessage } = await bed.call(sts, 'DecodeAuthorizationMessage', { EncodedMessage }, bob);
      const decoded = JSON.parse(DecodedMessage ?? '');
      assert.equal(decoded.matchedStatements.items[0].statementId, 'NoInfo');
      assert.equal(decoded.context.action, 'sts:GetAccessKeyInfo');
      await assert.rejects(bed.call(sts, 'DecodeAuthorizationMessage', { EncodedMessage }, alice), REFUSED);
      await assert.rejects(bed.call(sts, 'DecodeAuthorizationMessage', { EncodedMessage: 'none' }, bob), {
        code: 'InvalidAuthorizationMessageException',
      });
      const [denied, read] = await bed.audit();
      assert.match(JSON.stringify(denied?.additionalEventData), /"statementId":"NoInfo"/);
      assert.equal(JSON.stringify(read?.responseElements).includes('NoInfo'), false);
    }));
});

describe('AssumeRole', () => {
  test('makes a session of the role, until it expires or the role is gone', () =>
    withSts(async (bed) => {
      const role = bed.role({ name: 'app', trust: trusting({ AWS: ALICE }) });
      const alice = await bed.user('alice');
      const input = { RoleArn: role.arn, RoleSessionName: 'work', DurationSeconds: 900 };
      const out = await bed.call(sts, 'AssumeRole', input, alice);
      assert.deepEqual(out.AssumedRoleUser, {
        AssumedRoleId: 'AROAAPP:work',
        Arn: `arn:aws:sts::${TEST_ACCOUNT}:assumed-role/app/work`,
      });
      assert.equal(out.Credentials?.Expiration?.getTime(), bed.now().getTime() + 900_000);
      assert.match(out.Credentials?.AccessKeyId ?? '', /^HMSA/);
      const session = await bed.signIn({ sessionToken: out.Credentials?.SessionToken });
      const me = await bed.call(sts, 'GetCallerIdentity', {}, session);
      assert.deepEqual([me.UserId, me.Arn], ['AROAAPP:work', out.AssumedRoleUser?.Arn]);
      await bed.forget(role);
      await assert.rejects(bed.signIn({ sessionToken: out.Credentials?.SessionToken }));
    }));

  test('takes roles with every path that IAM gives them', () =>
    withSts(async (bed) => {
      const alice = await bed.user('alice');
      for (const name of ['%2e%2e/app', 'a:b/app', "it's~here/app"]) {
        const { arn } = bed.role({ name, trust: trusting({ AWS: ALICE }) });
        await bed.call(sts, 'AssumeRole', { RoleArn: arn, RoleSessionName: 'work' }, alice);
      }
    }));

  test('needs the trust of the role, and of both sides across accounts', () =>
    withSts(async (bed) => {
      const alice = await bed.user('alice');
      const bob = await bed.user('bob', allow('sts:AssumeRole'));
      const account = `arn:aws:iam::${TEST_ACCOUNT}:root`;
      const open = bed.role({ name: 'open', trust: trusting({ AWS: account }) });
      const far = bed.role({ name: 'far', trust: trusting({ AWS: account }), account: OTHER_ACCOUNT });
      const shut = bed.role({ name: 'shut', trust: trusting({ Service: 'ec2.amazonaws.com' }) });
      const assume = (RoleArn: string, caller: typeof alice) =>
        bed.call(sts, 'AssumeRole', { RoleArn, RoleSessionName: 'work' }, caller);
      await assert.rejects(assume(open.arn, alice), {
        ...REFUSED,
        message: `User: ${ALICE} is not authorized to perform: sts:AssumeRole on resource: ${open.arn} because no identity-based policy allows the sts:AssumeRole action`,
      });
      await assume(open.arn, bob);
      await assume(far.arn, bob);
      // Whether a role of another account exists is not told.
      const noRole = `arn:aws:iam::${OTHER_ACCOUNT}:role/none`;
      for (const arn of [far.arn, noRole]) {
        await assert.rejects(assume(arn, alice), {
          ...REFUSED,
          message: `User: ${ALICE} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
        });
      }
      await assert.rejects(assume(shut.arn, bob), REFUSED);
      await assert.rejects(assume(`arn:aws:iam::${TEST_ACCOUNT}:role/nothing`, bob), REFUSED);
      await assert.rejects(assume('arn:aws:iam::1:role/nothing', bob), { code: 'ValidationError' });
      await assert.rejects(assume(open.arn, bed.root), {
        ...REFUSED,
        message: 'Roles may not be assumed by root accounts.',
      });
    }));

  test('across accounts is recorded in both, for the one of the role without who it was there', () =>
    withSts(async (bed) => {
      const bob = await bed.user('bob', allow('sts:AssumeRole'));
      const trust = trusting({ AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` });
      const far = bed.role({ name: 'far', trust, account: OTHER_ACCOUNT });
      const shut = bed.role({
        name: 'shut',
        trust: trusting({ AWS: OTHER_ACCOUNT }),
        account: OTHER_ACCOUNT,
      });
      const near = bed.role({ name: 'near', trust });
      for (const { arn } of [far, shut, near]) {
        await bed
          .call(sts, 'AssumeRole', { RoleArn: arn, RoleSessionName: 'work' }, bob)
          .catch(() => undefined);
      }
      const events = await bed.store.readEvents(undefined, 10);
      const records = events.map(({ event: { account, detail } }) => ({
        account,
        ...(detail as unknown as Detail),
      }));
      assert.deepEqual(
        records.map(({ account, recipientAccountId }) => [account, recipientAccountId]),
        [TEST_ACCOUNT, OTHER_ACCOUNT, TEST_ACCOUNT, TEST_ACCOUNT].map((account) => [account, account]),
      );
      const [own, theirs, refused, local] = records;
      assert.match(own?.sharedEventID ?? '', /^[0-9a-f-]{36}$/);
      assert.equal(theirs?.sharedEventID, own?.sharedEventID);
      assert.deepEqual([refused?.sharedEventID, local?.sharedEventID], [undefined, undefined]);
      assert.notEqual(theirs?.eventID, own?.eventID);
      assert.equal(own?.userIdentity.arn, bob.arn);
      assert.deepEqual(theirs?.userIdentity, {
        type: 'AWSAccount',
        principalId: bob.userId,
        accountId: TEST_ACCOUNT,
      });
      assert.deepEqual(theirs?.responseElements, own?.responseElements);
      assert.match(JSON.stringify(theirs?.responseElements), /accessKeyId/);
    }));

  test('hears the external id and the MFA code', () =>
    withSts(async (bed) => {
      const alice = await bed.user('alice');
      const conditions = {
        Condition: {
          StringEquals: { 'sts:ExternalId': 'customer-1' },
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        },
      };
      const { arn } = bed.role({ name: 'app', trust: trusting({ AWS: ALICE }, conditions) });
      const base = { RoleArn: arn, RoleSessionName: 'work' };
      const mfa = { SerialNumber: `arn:aws:iam::${TEST_ACCOUNT}:mfa/phone`, TokenCode: RIGHT_CODE };
      const assume = (more: object) => bed.call(sts, 'AssumeRole', { ...base, ...more }, alice);
      await assert.rejects(assume(mfa), REFUSED);
      await assert.rejects(assume({ ExternalId: 'customer-1' }), REFUSED);
      await assert.rejects(assume({ ExternalId: 'customer-1', ...mfa, TokenCode: '000000' }), {
        ...REFUSED,
        message: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
      });
      await assert.rejects(assume({ SerialNumber: mfa.SerialNumber }), { code: 'ValidationError' });
      const { Credentials } = await assume({ ExternalId: 'customer-1', ...mfa });
      const session = await bed.signIn({ sessionToken: Credentials?.SessionToken });
      assert.equal(session.session?.mfaAt, bed.now().getTime());
    }));

  test('lasts as long as the role says, and one hour when roles are chained', () =>
    withSts(async (bed) => {
      const alice = await bed.user('alice');
      const first = bed.role({ name: 'first', trust: trusting({ AWS: ALICE }), seconds: 7_200 });
      const second = bed.role({ name: 'second', trust: trusting({ AWS: first.arn }), seconds: 43_200 });
      const assume = (RoleArn: string, DurationSeconds: number, caller = alice) =>
        bed.call(sts, 'AssumeRole', { RoleArn, RoleSessionName: 'work', DurationSeconds }, caller);
      await assert.rejects(assume(first.arn, 7_201), {
        message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      });
      const { Credentials } = await assume(first.arn, 7_200);
      const session = await bed.signIn({ sessionToken: Credentials?.SessionToken });
      await assert.rejects(assume(second.arn, 3_601, session), { message: /1 hour session limit/ });
      const chained = await assume(second.arn, 3_600, session);
      assert.equal(chained.Credentials?.Expiration?.getTime(), bed.now().getTime() + HOUR);
    }));

  test('carries session tags and a source identity on, when the role lets them in', () =>
    withSts(async (bed) => {
      const alice = await bed.user(
        'alice',
        allow(['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']),
      );
      const all = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
      const plain = bed.role({ name: 'plain', trust: trusting({ AWS: ALICE }) });
      const first = bed.role({ name: 'first', trust: trusting({ AWS: ALICE }, {}, all) });
      const second = bed.role({ name: 'second', trust: trusting({ AWS: first.arn }, {}, all) });
      const Tags = [
        { Key: 'Team', Value: 'a' },
        { Key: 'cost', Value: '1' },
      ];
      const input = { RoleSessionName: 'work', Tags, TransitiveTagKeys: ['Team'], SourceIdentity: 'Alice' };
      await assert.rejects(bed.call(sts, 'AssumeRole', { ...input, RoleArn: plain.arn }, alice), REFUSED);
      const one = await bed.call(sts, 'AssumeRole', { ...input, RoleArn: first.arn }, alice);
      assert.equal(one.SourceIdentity, 'Alice');
      assert.ok((one.PackedPolicySize ?? 0) > 0);
      const session = await bed.signIn({ sessionToken: one.Credentials?.SessionToken });
      assert.deepEqual(session.session?.tags, { Team: 'a', cost: '1' });
      const next = { RoleArn: second.arn, RoleSessionName: 'more' };
      const two = await bed.call(sts, 'AssumeRole', next, session);
      const chained = await bed.signIn({ sessionToken: two.Credentials?.SessionToken });
      assert.deepEqual(chained.session?.tags, { Team: 'a' });
      assert.equal(chained.session?.sourceIdentity, 'Alice');
      const again = { ...next, Tags: [{ Key: 'team', Value: 'b' }] };
      await assert.rejects(bed.call(sts, 'AssumeRole', again, session), { code: 'InvalidParameterValue' });
      const other = { ...next, SourceIdentity: 'Bob' };
      await assert.rejects(bed.call(sts, 'AssumeRole', other, session), REFUSED);
    }));

  test('takes session policies that are none too large', () =>
    withSts(async (bed) => {
      const alice = await bed.user('alice');
      const role = bed.role({
        name: 'app',
        trust: trusting({ AWS: ALICE }),
        policies: [allow('sts:GetAccessKeyInfo')],
      });
      const assume = (more: object) =>
        bed.call(sts, 'AssumeRole', { RoleArn: role.arn, RoleSessionName: 'work', ...more }, alice);
      await assert.rejects(assume({ Policy: '{}' }), { code: 'MalformedPolicyDocument' });
      await assert.rejects(assume({ Policy: JSON.stringify(allow(`s3:${'x'.repeat(3_000)}`)) }), {
        code: 'PackedPolicyTooLarge',
      });
      await assert.rejects(assume({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/Unknown' }] }), {
        code: 'MalformedPolicyDocument',
      });
      const { credentials } = await bed.ports();
      const { accessKeyId: AccessKeyId } = credentials.mintAccessKey(TEST_ACCOUNT);
      const attempt = async (more: object) => {
        const { Credentials } = await assume(more);
        const session = await bed.signIn({ sessionToken: Credentials?.SessionToken });
        return bed.call(sts, 'GetAccessKeyInfo', { AccessKeyId }, session);
      };
      assert.equal((await attempt({})).Account, TEST_ACCOUNT);
      const only = { Policy: JSON.stringify(allow('s3:*')) };
      await assert.rejects(attempt(only), { ...REFUSED, message: /because no session policy allows/ });
      await assert.rejects(attempt({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/Known' }] }), REFUSED);
    }));
});
