import assert from 'node:assert/strict';
import { createHash, createHmac, createPrivateKey, sign } from 'node:crypto';
import { describe, test } from 'node:test';
import { canonicalRequest } from './canonical-request.ts';
import { checksumFor } from './checksums.ts';
import type { SignedRequest } from './signed-request.ts';
import { asymmetricKey, privateScalar } from './signing-keys.ts';
import { type Verification, verifySignature } from './verify.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const DATE = '20260301T120000Z';
const SCOPE = '20260301/us-east-1/s3/aws4_request';
const SECRET = 'a-secret-of-the-tests';
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const KEY = ['20260301', 'us-east-1', 's3', 'aws4_request'].reduce<string | Buffer>(
  (last, part) => createHmac('sha256', last).update(part).digest(),
  `AWS4${SECRET}`,
);
const signHex = (text: string) => createHmac('sha256', KEY).update(text).digest('hex');

interface Chunked {
  readonly signed: boolean;
  readonly trailer?: readonly [name: string, value: string];
  readonly declared?: number;
}

/** A PUT in chunks as a client makes it. */
function chunkedRequest(chunks: readonly string[], { signed, trailer, declared }: Chunked): SignedRequest {
  const suffix = trailer ? '-TRAILER' : '';
  const form = signed ? `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${suffix}` : `STREAMING-UNSIGNED-PAYLOAD${suffix}`;
  const size = declared ?? Buffer.byteLength(chunks.join(''));
  const headers: [string, string][] = [
    ['host', 'localhost'],
    ['x-amz-content-sha256', form],
    ['x-amz-date', DATE],
    ['x-amz-decoded-content-length', String(size)],
    ...(trailer ? [['x-amz-trailer', trailer[0]] as [string, string]] : []),
  ];
  const request = { method: 'PUT', target: '/bucket/key', headers, body: Buffer.alloc(0) };
  const names = headers.map(([name]) => name).sort();
  const canonical = canonicalRequest(request, names, form, 's3') ?? '';
  const seed = signHex(['AWS4-HMAC-SHA256', DATE, SCOPE, sha256(canonical)].join('\n'));
  const authorization = `AWS4-HMAC-SHA256 Credential=KEY/${SCOPE}, SignedHeaders=${names.join(';')}, Signature=${seed}`;
  return {
    ...request,
    headers: [...headers, ['authorization', authorization]],
    body: chunkedBody(chunks, signed, seed, trailer),
  };
}

function chunkedBody(
  chunks: readonly string[],
  signed: boolean,
  seed: string,
  trailer: Chunked['trailer'],
): Buffer {
  let previous = seed;
  let body = '';
  for (const chunk of [...chunks, '']) {
    const text = ['AWS4-HMAC-SHA256-PAYLOAD', DATE, SCOPE, previous, sha256(''), sha256(chunk)].join('\n');
    previous = signHex(text);
    const extension = signed ? `;chunk-signature=${previous}` : '';
    body += `${Buffer.byteLength(chunk).toString(16)}${extension}\r\n${chunk === '' ? '' : `${chunk}\r\n`}`;
  }
  if (!trailer) return Buffer.from(`${body}\r\n`);
  const line = `${trailer[0]}:${trailer[1]}`;
  const text = ['AWS4-HMAC-SHA256-TRAILER', DATE, SCOPE, previous, sha256(`${line}\n`)].join('\n');
  const signature = signed ? `x-amz-trailer-signature:${signHex(text)}\r\n` : '';
  return Buffer.from(`${body}${line}\r\n${signature}\r\n`);
}

function verify(request: SignedRequest): Verification {
  return verifySignature(request, {
    region: 'us-east-1',
    service: 's3',
    pathStyle: 's3',
    now: NOW,
    credentialsOf: () => ({ secret: SECRET }),
  });
}

const refusal = (answer: Verification) => (answer.verified ? undefined : answer.refusal);
const crc = (text: string) => checksumFor('x-amz-checksum-crc32', Buffer.from(text)) ?? '';

describe('an aws-chunked body', () => {
  const forms: readonly Chunked[] = [
    { signed: true },
    { signed: true, trailer: ['x-amz-checksum-crc32', crc('hello world')] },
    { signed: false, trailer: ['x-amz-checksum-crc32', crc('hello world')] },
  ];

  test('is decoded when every chunk and the trailer are as they were signed', () => {
    for (const form of forms) {
      const answer = verify(chunkedRequest(['hello ', 'world'], form));
      assert.ok(answer.verified);
      assert.equal(Buffer.from(answer.body).toString(), 'hello world');
    }
  });

  test('is refused when a byte of it is another', () => {
    for (const form of forms) {
      const request = chunkedRequest(['hello ', 'world'], form);
      for (let index = 0; index < request.body.length; index += 1) {
        const body = Buffer.from(request.body);
        body[index] = body[index] === 0x78 ? 0x79 : 0x78;
        assert.equal(refusal(verify({ ...request, body })), 'payload-differs', `byte ${index}`);
      }
    }
  });

  test('is refused when it is cut, longer than said, or its checksum is not that of the body', () => {
    const request = chunkedRequest(['hello ', 'world'], { signed: true });
    for (let length = 0; length < request.body.length - 2; length += 7) {
      assert.equal(
        refusal(verify({ ...request, body: request.body.subarray(0, length) })),
        'payload-differs',
      );
    }
    assert.equal(
      refusal(verify(chunkedRequest(['hello'], { signed: true, declared: 4 }))),
      'payload-differs',
    );
    const wrong = chunkedRequest(['hello'], {
      signed: true,
      trailer: ['x-amz-checksum-crc32', crc('other')],
    });
    assert.equal(refusal(verify(wrong)), 'payload-differs');
  });
});

test('checksums are those of their published check values', () => {
  const check = Buffer.from('123456789');
  const hexOf = (name: string) =>
    Buffer.from(checksumFor(`x-amz-checksum-${name}`, check) ?? '', 'base64').toString('hex');
  assert.equal(hexOf('crc32'), 'cbf43926');
  assert.equal(hexOf('crc32c'), 'e3069283');
  assert.equal(hexOf('crc64nvme'), 'ae8b14860a799888');
  assert.equal(hexOf('sha256'), sha256(check));
  assert.equal(checksumFor('x-amz-checksum-md99', check), undefined);
});

describe('Signature Version 4A', () => {
  async function signedByClient(): Promise<SignedRequest> {
    const { SignatureV4a } = await import('@smithy/signature-v4a');
    const { Sha256 } = await import('@smithy/core/checksum');
    const signer = new SignatureV4a({
      service: 'sts',
      region: '*',
      sha256: Sha256,
      credentials: { accessKeyId: 'KEY', secretAccessKey: SECRET },
    });
    const made = await signer.sign(
      {
        method: 'POST',
        protocol: 'http:',
        hostname: 'localhost',
        path: '/',
        query: {},
        headers: { host: 'localhost', 'content-type': 'text/plain' },
        body: 'a=b',
      },
      { signingDate: new Date(NOW), signingRegion: '*' },
    );
    return {
      method: 'POST',
      target: '/',
      headers: Object.entries(made.headers),
      body: Buffer.from('a=b'),
    };
  }

  const check = (request: SignedRequest, region = 'eu-west-1') =>
    verifySignature(request, {
      region,
      service: 'sts',
      pathStyle: 'normalised',
      now: NOW,
      credentialsOf: (id) => (id === 'KEY' ? { secret: SECRET } : undefined),
    });

  test('of the SDK is believed in the regions that it names', async () => {
    const request = await signedByClient();
    assert.equal(refusal(check(request)), undefined);
    assert.equal(refusal(check({ ...request, body: Buffer.from('a=c') })), 'signature-differs');
    const elsewhere = request.headers.map(
      ([name, value]) => [name, name.toLowerCase() === 'x-amz-region-set' ? 'us-*' : value] as const,
    );
    assert.equal(refusal(check({ ...request, headers: elsewhere })), 'wrong-scope');
    assert.equal(refusal(check({ ...request, headers: elsewhere }, 'us-east-1')), 'signature-differs');
  });

  test('verifies what the derived private key signs', () => {
    const jwk = asymmetricKey('KEY', SECRET).export({ format: 'jwk' });
    const d = privateScalar('KEY', SECRET).toString('base64url');
    const key = createPrivateKey({ format: 'jwk', key: { ...jwk, d } });
    assert.ok(sign('sha256', Buffer.from('x'), key).length > 60);
  });
});
