import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Caller } from '../../platform/caller.ts';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { definition as sts } from './service.ts';
import { allow, type StsBed, trusting, withSts } from './testing.ts';

const ALICE = `arn:aws:iam::${TEST_ACCOUNT}:user/alice`;
const KEY = { AccessKeyId: 'HMKAAAAAAAAAAAAAAAAA' };
const BOTH = allow(['sts:GetAccessKeyInfo', 'sts:GetScopedCredentials', 'sts:DecodeAuthorizationMessage']);

async function roleSession(bed: StsBed, policy: object = BOTH): Promise<Caller> {
  const { arn } = bed.role({ name: 'app', trust: trusting({ AWS: ALICE }), policies: [policy] });
  const alice = await bed.user('alice');
  const made = await bed.call(sts, 'AssumeRole', { RoleArn: arn, RoleSessionName: 'work' }, alice);
  return bed.signIn({ sessionToken: made.Credentials?.SessionToken });
}

async function scoped(bed: StsBed, caller: Caller, input: object) {
  const made = await bed.call(sts, 'GetScopedCredentials', input, caller);
  return { made, caller: await bed.signIn({ sessionToken: made.Credentials?.SessionToken }) };
}

/** What a caller may do of two things. */
async function mayDo(bed: StsBed, caller: Caller): Promise<readonly string[]> {
  const ways = [
    ['GetAccessKeyInfo', KEY],
    ['DecodeAuthorizationMessage', { EncodedMessage: 'x' }],
  ] as const;
  const found: string[] = [];
  for (const [operation, input] of ways) {
    const code = await bed.call(sts, operation, input as never, caller).then(
      () => '',
      (error: { code: string }) => error.code,
    );
    if (code !== 'AccessDenied') found.push(operation);
  }
  return found;
}

describe('GetScopedCredentials', () => {
  test('keeps who the session is, and takes permissions away', () =>
    withSts(async (bed) => {
      const session = await roleSession(bed);
      assert.equal((await mayDo(bed, session)).length, 2);
      const Policy = JSON.stringify(allow(['sts:GetAccessKeyInfo', 'sts:GetScopedCredentials', 'kms:*']));
      const { made, caller } = await scoped(bed, session, { Policy });
      assert.deepEqual(made.SessionInfo, { ScopedSessionId: session.userId, Arn: session.arn });
      assert.equal(caller.arn, session.arn);
      assert.deepEqual(await mayDo(bed, caller), ['GetAccessKeyInfo']);
      await assert.rejects(
        bed.call(sts, 'DecodeAuthorizationMessage', { EncodedMessage: 'x' }, caller),
        /because no session policy allows the sts:DecodeAuthorizationMessage action$/,
      );
    }));

  test('never gives what the session has not', () =>
    withSts(async (bed) => {
      const session = await roleSession(bed, allow('sts:GetScopedCredentials'));
      const { caller } = await scoped(bed, session, { Policy: JSON.stringify(allow('*')) });
      assert.deepEqual(await mayDo(bed, caller), []);
    }));

  test('is repeated three times at most, each time within what is left', () =>
    withSts(async (bed) => {
      let session = await roleSession(bed);
      const Policy = JSON.stringify(BOTH);
      for (const count of [1, 2, 3]) {
        const next = await scoped(bed, session, { Policy });
        assert.equal(next.made.ScopedPoliciesCount, count);
        session = next.caller;
      }
      await assert.rejects(bed.call(sts, 'GetScopedCredentials', { Policy }, session), {
        code: 'AccessDenied',
      });
      assert.equal((await scoped(bed, session, { DurationSeconds: 60 })).made.ScopedPoliciesCount, 3);
    }));

  test('an explicit refusal of a scope names its statement', () =>
    withSts(async (bed) => {
      const session = await roleSession(bed);
      const Statement = [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Sid: 'NotThis', Effect: 'Deny', Action: 'sts:GetAccessKeyInfo', Resource: '*' },
      ];
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
      const { caller } = await scoped(bed, session, { Policy });
      await assert.rejects(
        bed.call(sts, 'GetAccessKeyInfo', KEY, caller),
        /with an explicit deny in a session policy$/,
      );
      const records = await bed.audit();
      assert.match(JSON.stringify(records.at(-1)?.additionalEventData), /"statementId":"NotThis"/);
    }));

  test('ends with the session or sooner, and needs one', () =>
    withSts(async (bed) => {
      const session = await roleSession(bed);
      const ask = (input: object, caller = session) => bed.call(sts, 'GetScopedCredentials', input, caller);
      const { Credentials } = await ask({ DurationSeconds: 120 });
      assert.equal(Credentials?.Expiration?.getTime(), bed.now().getTime() + 120_000);
      await assert.rejects(ask({ DurationSeconds: 3_601 }), { code: 'SessionDurationEscalationException' });
      await assert.rejects(ask({}), { code: 'ValidationError' });
      await assert.rejects(ask({ Policy: '{' }), { code: 'MalformedPolicyDocument' });
      const bob = await bed.user('bob', BOTH);
      await assert.rejects(ask({ DurationSeconds: 60 }, bob), { code: 'AccessDenied' });
    }));
});
