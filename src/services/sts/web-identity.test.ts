import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { definition as sts } from './service.ts';
import { type StsBed, trusting, withSts } from './testing.ts';
import { startProvider, type TestProvider, THUMBPRINT } from './testing-provider.ts';

const ACTION = 'sts:AssumeRoleWithWebIdentity';
const INVALID = { code: 'InvalidIdentityToken' };
const REFUSED = { code: 'AccessDenied', status: 403 };

describe('AssumeRoleWithWebIdentity', () => {
  let provider: TestProvider;
  before(async () => {
    provider = await startProvider();
  });
  after(() => provider.close());

  const claimsAt = (bed: StsBed, more: object = {}) => ({
    sub: 'repo:castle/keep:main',
    aud: 'sts.amazonaws.com',
    exp: Math.floor(bed.now().getTime() / 1000) + 600,
    ...more,
  });

  const withRole = (
    work: (bed: StsBed, assume: (token: string, more?: object) => ReturnType<typeof call>) => Promise<void>,
    trust: (arn: string) => object = (Federated) => trusting({ Federated }, conditions(), ACTION),
  ) =>
    withSts(async (bed) => {
      const arn = bed.provider(provider.host, ['sts.amazonaws.com'], [THUMBPRINT]);
      const role = bed.role({ name: 'ci', trust: trust(arn) });
      await work(bed, (token, more) => call(bed, role.arn, token, more));
    });

  const call = (bed: StsBed, RoleArn: string, WebIdentityToken: string, more: object = {}) =>
    bed.call(sts, 'AssumeRoleWithWebIdentity', { RoleArn, RoleSessionName: 'ci', WebIdentityToken, ...more });

  const conditions = () => ({
    Condition: { StringLike: { [`${provider.host}:sub`]: 'repo:castle/*' } },
  });

  test('makes a session of a token that the provider signed for the trusted subject', () =>
    withRole(async (bed, assume) => {
      const out = await assume(provider.token(claimsAt(bed)));
      assert.equal(out.SubjectFromWebIdentityToken, 'repo:castle/keep:main');
      assert.equal(out.Audience, 'sts.amazonaws.com');
      const session = await bed.signIn({ sessionToken: out.Credentials?.SessionToken });
      assert.equal(session.arn, `arn:aws:sts::${TEST_ACCOUNT}:assumed-role/ci/ci`);
      assert.equal(session.session?.context?.[`${provider.host}:sub`], 'repo:castle/keep:main');
      await assert.rejects(assume(provider.token(claimsAt(bed, { sub: 'repo:other/keep:main' }))), {
        ...REFUSED,
        message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
      });
    }));

  test('is recorded in the account of the role, under the name that the token gave', () =>
    withRole(async (bed, assume) => {
      const { Provider, Credentials } = await assume(provider.token(claimsAt(bed)));
      const session = await bed.signIn({ sessionToken: Credentials?.SessionToken });
      await bed.call(sts, 'GetCallerIdentity', {}, session);
      const [made, used] = await bed.audit();
      assert.equal(made?.recipientAccountId, TEST_ACCOUNT);
      assert.deepEqual(made?.userIdentity, {
        type: 'WebIdentityUser',
        principalId: `${Provider}:sts.amazonaws.com:repo:castle/keep:main`,
        userName: 'repo:castle/keep:main',
        identityProvider: Provider,
      });
      assert.match(JSON.stringify(made?.responseElements), /"accessKeyId":"HMSA/);
      const identity = used?.userIdentity as { sessionContext: Record<string, unknown> } | undefined;
      assert.deepEqual(identity?.sessionContext.webIdFederationData, {
        federatedProvider: Provider,
        attributes: {
          [`${provider.host}:aud`]: 'sts.amazonaws.com',
          [`${provider.host}:sub`]: 'repo:castle/keep:main',
        },
      });
    }));

  test('tells nobody without a good token whether a role is there, or what it allows', () =>
    withRole(async (bed, assume) => {
      const gone = `arn:aws:iam::${TEST_ACCOUNT}:role/gone`;
      const refusalOf = (answer: Promise<unknown>) =>
        answer.then(
          () => 'not refused',
          ({ code, message }: Error & { code: string }) => `${code} ${message}`,
        );
      const strangers = provider.token(claimsAt(bed, { iss: 'https://issuer.example' }));
      assert.equal(await refusalOf(call(bed, gone, strangers)), await refusalOf(assume(strangers)));
      assert.equal(await refusalOf(call(bed, gone, 'a.b.c')), await refusalOf(assume('a.b.c')));
      const others = provider.token(claimsAt(bed, { sub: 'repo:other/keep:main' }));
      const asks = { DurationSeconds: 43_200, PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/None' }] };
      assert.equal(await refusalOf(call(bed, gone, others, asks)), await refusalOf(assume(others, asks)));
    }));

  test('refuses tokens that anybody could have made', () =>
    withRole(async (bed, assume) => {
      const good = provider.token(claimsAt(bed));
      const [head = '', body = '', signature = ''] = good.split('.');
      const forged = Buffer.from(
        JSON.stringify({ ...claimsAt(bed), iss: `https://${provider.host}`, sub: 'repo:castle/x' }),
      );
      await assert.rejects(assume([head, forged.toString('base64url'), signature].join('.')), INVALID);
      const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
      await assert.rejects(assume(`${none}.${body}.`), INVALID);
      await assert.rejects(assume(`${none}.${body}.${signature}`), INVALID);
      const symmetric = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'one' })).toString('base64url');
      const mac = createHmac('sha256', 'x').update(`${symmetric}.${body}`).digest('base64url');
      await assert.rejects(assume(`${symmetric}.${body}.${mac}`), INVALID);
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      await assert.rejects(assume(provider.token(claimsAt(bed), {}, privateKey)), INVALID);
      await assert.rejects(assume(provider.token(claimsAt(bed), { kid: 'two' })), INVALID);
      for (const text of ['a.b.c', 'none', 'é.é.é']) await assert.rejects(assume(text));
      assert.ok(provider.asked() <= 3, `${provider.asked()} reads of the keys`);
    }));

  test('refuses tokens of another time, audience or issuer', () =>
    withRole(async (bed, assume) => {
      const now = Math.floor(bed.now().getTime() / 1000);
      await assert.rejects(assume(provider.token(claimsAt(bed, { exp: now - 301 }))), {
        code: 'ExpiredTokenException',
      });
      await assert.rejects(assume(provider.token(claimsAt(bed, { nbf: now + 301 }))), INVALID);
      await assert.rejects(assume(provider.token(claimsAt(bed, { aud: 'somebody else' }))), {
        ...INVALID,
        message: 'Incorrect token audience',
      });
      await assert.rejects(assume(provider.token(claimsAt(bed, { azp: 'somebody else' }))), INVALID);
      await assert.rejects(assume(provider.token(claimsAt(bed, { iss: 'https://issuer.example' }))), {
        ...INVALID,
        message: 'No OpenIDConnect provider found in your account for https://issuer.example',
      });
    }));

  test('takes tags and the source identity that the token carries, when the role lets them in', () =>
    withRole(
      async (bed, assume) => {
        const claims = {
          'https://aws.amazon.com/tags': { principal_tags: { Team: ['a'] }, transitive_tag_keys: ['Team'] },
          'https://aws.amazon.com/source_identity': 'Alice',
        };
        const out = await assume(provider.token(claimsAt(bed, claims)));
        const { session } = await bed.signIn({ sessionToken: out.Credentials?.SessionToken });
        assert.deepEqual([session?.tags, session?.sourceIdentity], [{ Team: 'a' }, 'Alice']);
      },
      (Federated) => trusting({ Federated }, {}, [ACTION, 'sts:TagSession', 'sts:SetSourceIdentity']),
    ));

  test('does not believe a server that has neither a known certificate nor the thumbprint', () =>
    withSts(async (bed) => {
      const arn = bed.provider(provider.host, ['sts.amazonaws.com'], ['0'.repeat(40)]);
      const role = bed.role({ name: 'ci', trust: trusting({ Federated: arn }, {}, ACTION) });
      await assert.rejects(call(bed, role.arn, provider.token(claimsAt(bed))), {
        code: 'IDPCommunicationError',
      });
    }));
});
