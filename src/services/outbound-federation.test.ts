import assert from 'node:assert/strict';
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { issuerDocument } from '../platform/issuer-documents.ts';
import { TEST_ACCOUNT, testPlatform } from '../platform/testing.ts';
import type { IncomingRequest } from '../wire/http/incoming.ts';
import { wireRequest } from '../wire/http/incoming.ts';
import { definition as iam } from './iam/service.ts';
import { SERVICE_COLLECTIONS } from './registry.generated.ts';
import { definition as sts } from './sts/service.ts';

const AUDIENCE = 'https://api.example.com';

/** The payload of a token whose signature holds under one of the published keys. */
function payloadOf(token: string, keys: readonly JsonWebKey[]): Record<string, unknown> {
  const [head = '', body = '', signature = ''] = token.split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  const { alg, kid } = read(head);
  const jwk = keys.find((key) => key.kid === kid && key.alg === alg);
  assert.ok(jwk, 'the key is published');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const hash = alg === 'RS256' ? 'sha256' : 'sha384';
  const bytes = Buffer.from(signature, 'base64url');
  assert.ok(verify(hash, Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, bytes));
  return read(body);
}

test('a user proves itself to an outside service, which checks the token with what the issuer publishes', async () => {
  const bed = await testPlatform({ services: [iam, sts], collections: SERVICE_COLLECTIONS });
  const published = async (path: string) => {
    const wire = wireRequest('GET', path, new Map(), Buffer.alloc(0));
    const answer = await issuerDocument(bed.platform, { wire } as IncomingRequest, 'request');
    return answer && { status: answer.status, document: JSON.parse(String(answer.body)) };
  };
  const place = `/oidc/${TEST_ACCOUNT}/.well-known`;
  assert.equal(await published('/'), undefined);
  assert.equal((await published(`${place}/jwks.json`))?.status, 404);

  const Policy = (audience: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['sts:GetWebIdentityToken', 'sts:TagGetWebIdentityToken'],
        Resource: '*',
        Condition: { 'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': audience } },
      },
    ],
  });
  await bed.call(iam, 'CreateUser', { UserName: 'alice', Tags: [{ Key: 'team', Value: 'shop' }] });
  const PolicyDocument = JSON.stringify(Policy(AUDIENCE));
  await bed.call(iam, 'PutUserPolicy', { UserName: 'alice', PolicyName: 'tokens', PolicyDocument });
  const { AccessKey } = await bed.call(iam, 'CreateAccessKey', { UserName: 'alice' });
  const ask = async (more: object = {}) =>
    bed.call(
      sts,
      'GetWebIdentityToken',
      { Audience: [AUDIENCE], SigningAlgorithm: 'ES384', ...more },
      await bed.signIn({ accessKeyId: AccessKey?.AccessKeyId }),
    );

  await assert.rejects(ask(), { code: 'OutboundWebIdentityFederationDisabledException' });
  const { IssuerIdentifier } = await bed.call(iam, 'EnableOutboundWebIdentityFederation', {});
  await assert.rejects(ask({ Audience: ['https://elsewhere.example.com'] }), { code: 'AccessDenied' });
  await assert.rejects(ask({ SigningAlgorithm: 'HS256' }), { code: 'ValidationError' });
  await assert.rejects(ask({ SubjectMode: 'OriginIdentity' }), { code: 'ValidationError' });

  const configuration = (await published(`${place}/openid-configuration`))?.document;
  assert.equal(configuration.issuer, IssuerIdentifier);
  assert.equal(configuration.jwks_uri, `${IssuerIdentifier}/.well-known/jwks.json`);
  const keys: readonly JsonWebKey[] = (await published(`${place}/jwks.json`))?.document.keys;
  assert.ok(keys.every((key) => key.d === undefined && key.p === undefined));
  for (const SigningAlgorithm of ['ES384', 'RS256']) {
    const { WebIdentityToken = '' } = await ask({ SigningAlgorithm, Tags: [{ Key: 'job', Value: '7' }] });
    assert.equal(JSON.stringify(await bed.audit()).includes(WebIdentityToken), false);
    const payload = payloadOf(WebIdentityToken, keys);
    assert.deepEqual([payload.iss, payload.aud], [IssuerIdentifier, AUDIENCE]);
    assert.equal(payload.sub, `arn:aws:iam::${TEST_ACCOUNT}:user/alice`);
    assert.equal(Number(payload.exp) - Number(payload.iat), 300);
    assert.deepEqual(payload['https://sts.amazonaws.com/'], {
      aws_account: TEST_ACCOUNT,
      source_region: 'us-east-1',
      principal_id: payload.sub,
      principal_tags: { team: 'shop' },
      request_tags: { job: '7' },
    });
  }
  await bed.close();
});
