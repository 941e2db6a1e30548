import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { canonicalRequest } from './canonical-request.ts';
import { readClaim } from './claim.ts';
import type { SignedRequest } from './signed-request.ts';
import { type Verification, type VerifyOptions, verifySignature } from './verify.ts';

const SIGNED_AT = Date.parse('2026-03-01T12:00:00Z');
const SECRET = 'a-secret-of-the-tests';
const HASH_OF_NOTHING = createHash('sha256').digest('hex');

function options(changes: Partial<VerifyOptions> = {}): VerifyOptions {
  return {
    region: 'eu-west-1',
    service: 'sts',
    pathStyle: 'normalised',
    now: SIGNED_AT,
    credentialsOf: (id) => (id === 'KEY' ? { secret: SECRET } : undefined),
    ...changes,
  };
}

function signatureOf(request: SignedRequest, names: string[], hash: string, use: VerifyOptions): string {
  const canonical = canonicalRequest(request, names, hash, use.pathStyle) ?? '';
  const hashed = createHash('sha256').update(canonical).digest('hex');
  const scope = `20260301/${use.region ?? ''}/${use.service}/aws4_request`;
  const key = ['20260301', use.region ?? '', use.service ?? '', 'aws4_request'].reduce<string | Buffer>(
    (last, part) => createHmac('sha256', last).update(part).digest(),
    `AWS4${SECRET}`,
  );
  return createHmac('sha256', key)
    .update(`AWS4-HMAC-SHA256\n20260301T120000Z\n${scope}\n${hashed}`)
    .digest('hex');
}

function signed(changes: Partial<SignedRequest> = {}, use = options(), hash?: string): SignedRequest {
  const request: SignedRequest = {
    method: 'POST',
    target: '/',
    headers: [],
    body: Buffer.from('a=b'),
    ...changes,
  };
  const headers = [['Host', 'localhost'], ['X-Amz-Date', '20260301T120000Z'], ...request.headers] as const;
  const complete = { ...request, headers: headers.map(([name, value]) => [name, value] as const) };
  const names = headers.map(([name]) => name.toLowerCase()).sort();
  const payload = hash ?? createHash('sha256').update(request.body).digest('hex');
  const signature = signatureOf(complete, names, payload, use);
  const credential = `KEY/20260301/${use.region}/${use.service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...complete, headers: [...complete.headers, ['Authorization', authorization]] };
}

function presigned(expires: string, use = options(), hash = HASH_OF_NOTHING): SignedRequest {
  const credential = encodeURIComponent(`KEY/20260301/${use.region}/${use.service}/aws4_request`);
  const target = `/file?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=20260301T120000Z&X-Amz-Expires=${expires}&X-Amz-SignedHeaders=host`;
  const request: SignedRequest = {
    method: 'GET',
    target,
    headers: [['host', 'localhost']],
    body: Buffer.alloc(0),
  };
  return { ...request, target: `${target}&X-Amz-Signature=${signatureOf(request, ['host'], hash, use)}` };
}

function refusal(verification: Verification): string | undefined {
  return verification.verified ? undefined : verification.refusal;
}

describe('a signature in the Authorization header', () => {
  test('is believed when every signed part is as it was signed', () => {
    const request = signed();
    const { body } = request;
    assert.deepEqual(verifySignature(request, options()), { verified: true, accessKeyId: 'KEY', body });
  });

  test('is refused when method, path, query, header or body was changed', () => {
    const request = signed({ headers: [['X-Amz-Target', 'Some.Operation']] });
    const headers = request.headers.map(
      ([name, value]) => [name, value === 'Some.Operation' ? 'Another' : value] as const,
    );
    for (const change of [
      { method: 'GET' },
      { target: '/a' },
      { target: '/?a' },
      { headers },
      { body: Buffer.from('a=c') },
    ]) {
      assert.equal(refusal(verifySignature({ ...request, ...change }, options())), 'signature-differs');
    }
  });

  test('is refused with the reason that holds', () => {
    const request = signed();
    const minutes = 60_000;
    assert.equal(refusal(verifySignature({ ...request, headers: [] }, options())), 'missing');
    assert.equal(refusal(verifySignature(request, options({ region: 'us-east-1' }))), 'wrong-scope');
    assert.equal(refusal(verifySignature(request, options({ now: SIGNED_AT + 16 * minutes }))), 'skewed');
    assert.equal(refusal(verifySignature(request, options({ now: SIGNED_AT - 16 * minutes }))), 'skewed');
    assert.equal(refusal(verifySignature(request, options({ now: SIGNED_AT + 14 * minutes }))), undefined);
    assert.equal(
      refusal(verifySignature(request, options({ credentialsOf: () => undefined }))),
      'unknown-key',
    );
    const session = options({ credentialsOf: () => ({ secret: SECRET, sessionToken: 'token' }) });
    assert.equal(refusal(verifySignature(request, session)), 'wrong-token');
    const added: SignedRequest = { ...request, headers: [...request.headers, ['X-Amz-Target', 'Other']] };
    assert.equal(refusal(verifySignature(added, options())), 'header-not-signed');
  });
});

describe('a presigned request', () => {
  test('is believed until it expires and not after', () => {
    assert.equal(refusal(verifySignature(presigned('60'), options({ now: SIGNED_AT + 60_000 }))), undefined);
    assert.equal(refusal(verifySignature(presigned('60'), options({ now: SIGNED_AT + 60_001 }))), 'expired');
  });

  test('is malformed when it wants to live longer than a week or also carries a header', () => {
    assert.equal(refusal(verifySignature(presigned('604801'), options())), 'malformed');
    const both: SignedRequest = { ...presigned('60'), headers: signed().headers };
    assert.equal(refusal(verifySignature(both, options())), 'malformed');
  });
});

describe('an S3 body', () => {
  const s3 = options({ service: 's3', pathStyle: 's3' });

  test('must have the hash that the request declares', () => {
    const hash = createHash('sha256').update('a=b').digest('hex');
    const request = signed({ headers: [['X-Amz-Content-Sha256', hash]] }, s3, hash);
    assert.equal(refusal(verifySignature(request, s3)), undefined);
    assert.equal(refusal(verifySignature({ ...request, body: Buffer.from('a=c') }, s3)), 'payload-differs');
  });

  test('may be declared unsigned; chunked forms that nobody knows are refused', () => {
    const unsigned = signed(
      { headers: [['X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD']] },
      s3,
      'UNSIGNED-PAYLOAD',
    );
    assert.equal(refusal(verifySignature(unsigned, s3)), undefined);
    const form = 'STREAMING-SOMETHING-ELSE';
    const chunked = signed({ headers: [['X-Amz-Content-Sha256', form]] }, s3, form);
    assert.equal(refusal(verifySignature(chunked, s3)), 'payload-form-not-built');
  });
});

test('whatever is sent, reading it does not throw and believes nothing', () => {
  const anyText = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(anyText, anyText, (target, authorization) => {
      const request: SignedRequest = {
        method: 'GET',
        target: `/?${target}`,
        headers: [['authorization', `AWS4-HMAC-SHA256 ${authorization}`]],
        body: Buffer.alloc(0),
      };
      assert.equal(typeof readClaim(request), 'string');
      assert.equal(verifySignature(request, options()).verified, false);
    }),
    { numRuns: 60 },
  );
});
