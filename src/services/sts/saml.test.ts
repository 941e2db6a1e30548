import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { definition as sts } from './service.ts';
import { type StsBed, trusting, withSts } from './testing.ts';
import {
  type AssertionOptions,
  assertionOf,
  METADATA,
  OURS,
  posted,
  RECIPIENT,
  type SigningOptions,
  signed,
} from './testing-saml.ts';

const ACTION = 'sts:AssumeRoleWithSAML';
const REFUSED = { code: 'AccessDenied', status: 403, message: `Not authorized to perform ${ACTION}` };
const UNSIGNED = { code: 'InvalidIdentityToken', message: 'Response signature invalid' };
const EXPIRED = { code: 'ExpiredTokenException' };

interface Scene {
  readonly bed: StsBed;
  /** An assertion for the role, not yet signed. */
  assertion(more?: AssertionOptions): string;
  redeem(response: string, more?: object): ReturnType<typeof call>;
}

const call = (bed: StsBed, RoleArn: string, PrincipalArn: string, SAMLAssertion: string, more: object = {}) =>
  bed.call(sts, 'AssumeRoleWithSAML', { RoleArn, PrincipalArn, SAMLAssertion, ...more });

const withRole = (
  work: (scene: Scene) => Promise<void>,
  trust: (arn: string) => object = (Federated) =>
    trusting({ Federated }, { Condition: { StringEquals: { 'saml:aud': RECIPIENT } } }, ACTION),
) =>
  withSts(async (bed) => {
    const provider = bed.samlProvider('castle', METADATA);
    const role = bed.role({ name: 'staff', trust: trust(provider), seconds: 7_200 });
    await work({
      bed,
      assertion: ({ attributes, ...more } = {}) =>
        assertionOf(bed.now(), {
          ...more,
          attributes: {
            [`${OURS}Role`]: [`${role.arn},${provider}`],
            [`${OURS}RoleSessionName`]: ['alice@example.com'],
            ...attributes,
          },
        }),
      redeem: (response, more) => call(bed, role.arn, provider, response, more),
    });
  });

describe('AssumeRoleWithSAML', () => {
  test('tells nobody without an assertion for it whether a role is there, and records who came', () =>
    withRole(async ({ bed, assertion, redeem }) => {
      const provider = `arn:aws:iam::${TEST_ACCOUNT}:saml-provider/castle`;
      const gone = `arn:aws:iam::${TEST_ACCOUNT}:role/gone`;
      await assert.rejects(call(bed, gone, provider, posted(assertion())), UNSIGNED);
      await assert.rejects(redeem(posted(assertion())), UNSIGNED);
      await assert.rejects(call(bed, gone, provider, posted(signed(assertion()))), REFUSED);
      const { Subject, NameQualifier } = await redeem(posted(signed(assertion())));
      assert.deepEqual((await bed.audit()).at(-1)?.userIdentity, {
        type: 'SAMLUser',
        principalId: `${NameQualifier}:${Subject}`,
        userName: Subject,
        identityProvider: NameQualifier,
      });
    }));

  test('makes a session of an assertion that the provider signed for the role', () =>
    withRole(async ({ bed, assertion, redeem }) => {
      const out = await redeem(posted(signed(assertion())));
      assert.equal(
        out.AssumedRoleUser?.Arn,
        `arn:aws:sts::${TEST_ACCOUNT}:assumed-role/staff/alice@example.com`,
      );
      assert.deepEqual(
        [out.Subject, out.SubjectType, out.Issuer, out.Audience],
        ['alice', 'persistent', 'https://idp.example.com/saml', RECIPIENT],
      );
      assert.match(out.NameQualifier ?? '', /^[A-Za-z0-9+/]{27}=$/);
      const { session } = await bed.signIn({ sessionToken: out.Credentials?.SessionToken });
      assert.equal(session?.context?.['saml:sub'], 'alice');
      assert.equal(session?.context?.['saml:doc'], `${TEST_ACCOUNT}/castle`);
      assert.equal(session?.expiresAt, bed.now().getTime() + 3_600_000);
    }));

  test('does not outlive the session of the provider', () =>
    withRole(async ({ bed, assertion, redeem }) => {
      const sessionEnd = new Date(bed.now().getTime() + 1_800_000);
      const out = await redeem(posted(signed(assertion({ sessionEnd }))), { DurationSeconds: 7_200 });
      assert.equal(out.Credentials?.Expiration?.getTime(), sessionEnd.getTime());
      await assert.rejects(redeem(posted(signed(assertion())), { DurationSeconds: 7_201 }), {
        code: 'ValidationError',
      });
    }));

  test('takes tags and the source identity of the assertion, when the role lets them in', () => {
    const attributes = {
      [`${OURS}PrincipalTag:Team`]: ['a'],
      [`${OURS}TransitiveTagKeys`]: ['Team'],
      [`${OURS}SourceIdentity`]: ['Alice'],
    };
    const all = [ACTION, 'sts:TagSession', 'sts:SetSourceIdentity'];
    return withRole(
      async ({ bed, assertion, redeem }) => {
        const out = await redeem(posted(signed(assertion({ attributes }))));
        const { session } = await bed.signIn({ sessionToken: out.Credentials?.SessionToken });
        assert.deepEqual(
          [session?.tags, session?.transitiveTagKeys, session?.sourceIdentity],
          [{ Team: 'a' }, ['Team'], 'Alice'],
        );
      },
      (Federated) => trusting({ Federated }, {}, all),
    ).then(() =>
      withRole(async ({ assertion, redeem }) => {
        await assert.rejects(redeem(posted(signed(assertion({ attributes })))), REFUSED);
      }),
    );
  });

  test('refuses what the provider did not sign, or signed otherwise than it should', () =>
    withRole(async ({ assertion, redeem }) => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
      const weak = 'http://www.w3.org/2000/09/xmldsig#';
      const badly: readonly SigningOptions[] = [
        { key: privateKey },
        { method: `${weak}rsa-sha1` },
        { digestMethod: `${weak}sha1` },
        { method: `${weak}hmac-sha1` },
        { reference: '' },
        { reference: '#_other' },
      ];
      for (const options of badly) {
        await assert.rejects(redeem(posted(signed(assertion(), options))), UNSIGNED, JSON.stringify(options));
      }
      await assert.rejects(redeem(posted(assertion())), UNSIGNED);
      await assert.rejects(redeem('bm90IHhtbA=='), UNSIGNED);
      await assert.rejects(redeem(Buffer.from(signed(assertion())).toString('base64')), UNSIGNED);
    }));

  test('refuses a signed assertion that was changed, moved or wrapped', () =>
    withRole(async ({ assertion, redeem }) => {
      const good = signed(assertion());
      const evil = assertion({ subject: 'mallory' });
      const [, signature = ''] = /(<ds:Signature.*<\/ds:Signature>)/.exec(good) ?? [];
      const inObject = good.replace('</ds:Signature>', `<ds:Object>${evil}</ds:Object></ds:Signature>`);
      const around = evil.replace('</saml:Assertion>', `${good}</saml:Assertion>`);
      const borrowed = evil.replace('</saml:Issuer>', `</saml:Issuer>${signature}`);
      const renamed = evil
        .replace('"_assertion"', '"_evil"')
        .replace('</saml:Issuer>', `</saml:Issuer>${signature}`);
      const wrapped = renamed.replace(
        '</ds:Signature>',
        `<ds:Object>${assertion()}</ds:Object></ds:Signature>`,
      );
      const attacks: readonly (readonly string[])[] = [
        [good.replace('>alice<', '>mallory<')],
        [evil, good],
        [good, evil],
        [evil.replace('"_assertion"', '"_evil"'), good],
        [inObject],
        [around],
        [borrowed],
        [renamed],
        [wrapped],
        [`<x>${good}</x>`, evil.replace('"_assertion"', '"_evil"')],
        [good.replace('>alice<', '>al<!-- -->ice<')],
        [good.replace('>alice<', '><![CDATA[alice]]><')],
        [good.replace('<saml:Subject>', '<saml:Subject ID="_assertion">')],
      ];
      for (const contents of attacks)
        await assert.rejects(redeem(posted(...contents)), UNSIGNED, contents[0]);
      const declared = Buffer.from(posted(good), 'base64').toString();
      const withEntity = `<!DOCTYPE x [<!ENTITY e "mallory">]>${declared}`;
      await assert.rejects(redeem(Buffer.from(withEntity).toString('base64')), UNSIGNED);
    }));

  test('refuses assertions of another time, audience, recipient, issuer or role', () =>
    withRole(async ({ bed, assertion, redeem }) => {
      const at = (milliseconds: number) => new Date(bed.now().getTime() + milliseconds);
      const attempt = (more: AssertionOptions) => redeem(posted(signed(assertion(more))));
      await assert.rejects(attempt({ issuedAt: at(-300_001) }), EXPIRED);
      await assert.rejects(attempt({ issuedAt: at(300_001) }), { code: 'InvalidIdentityToken' });
      await assert.rejects(attempt({ sessionEnd: at(-1) }), EXPIRED);
      await assert.rejects(attempt({ audience: 'https://other.example' }), {
        message: 'Response does not contain the required audience',
      });
      await assert.rejects(attempt({ recipient: 'https://other.example' }), {
        message: 'Response does not contain the required recipient',
      });
      await assert.rejects(attempt({ issuer: 'https://other.example' }), {
        message: 'Issuer not present in specified provider',
      });
      const other = `arn:aws:iam::${TEST_ACCOUNT}:role/other,arn:aws:iam::${TEST_ACCOUNT}:saml-provider/castle`;
      await assert.rejects(attempt({ attributes: { [`${OURS}Role`]: [other] } }), REFUSED);
      const malformed: readonly Readonly<Record<string, readonly string[]>>[] = [
        { [`${OURS}SourceIdentity`]: ['a b'] },
        { [`${OURS}PrincipalTag:Team`]: ['x'.repeat(257)] },
        { [`${OURS}PrincipalTag:`]: ['x'] },
      ];
      for (const attributes of malformed) {
        await assert.rejects(attempt({ attributes }), { code: 'InvalidIdentityToken' });
      }
      const entitlements = Array.from({ length: 300 }, () => randomBytes(32).toString('hex'));
      await assert.rejects(attempt({ attributes: { 'urn:oid:1.3.6.1.4.1.5923.1.1.1.7': entitlements } }), {
        code: 'PackedPolicyTooLarge',
      });
      await assert.rejects(attempt({ attributes: { [`${OURS}RoleSessionName`]: ['a b'] } }), {
        message: /^RoleSessionName in AuthnResponse must match/,
      });
    }));

  test('needs a provider that is there, in the account of the role, and a role that trusts it', () =>
    withRole(
      async ({ bed, assertion, redeem }) => {
        const response = posted(signed(assertion()));
        await assert.rejects(redeem(response), REFUSED);
        const PrincipalArn = `arn:aws:iam::${TEST_ACCOUNT}:saml-provider/none`;
        await assert.rejects(redeem(response, { PrincipalArn }), {
          message: "Specified provider doesn't exist",
        });
        const RoleArn = 'arn:aws:iam::000099999999:role/staff';
        await assert.rejects(redeem(response, { RoleArn }), REFUSED);
        assert.ok(bed);
      },
      () => trusting({ Federated: `arn:aws:iam::${TEST_ACCOUNT}:saml-provider/other` }, {}, ACTION),
    ));
});
