import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refusalError } from './refusal-error.ts';
import { serviceErrors } from './service-errors.ts';
import type { SignatureClaim } from './sigv4/claim.ts';

const IAM = serviceErrors('iam', 'awsQuery');
const KMS = serviceErrors('kms', 'awsJson1_1');
const S3 = serviceErrors('s3', 'restXml');
const EC2 = serviceErrors('ec2', 'ec2Query');

function claimOf(date: string, more: Partial<SignatureClaim> = {}): SignatureClaim {
  return {
    algorithm: 'AWS4-HMAC-SHA256',
    form: 'header',
    accessKeyId: 'HMKAAAAAAAAAAAAAAAAA',
    day: date.slice(0, 8),
    region: 'us-east-1',
    service: 'iam',
    signedHeaders: ['host'],
    signature: '0'.repeat(64),
    date,
    ...more,
  };
}

const now = new Date('2026-11-24T10:00:00.700Z');

describe('a clock that differs', () => {
  const rows = [
    [
      IAM,
      '20261124T093000Z',
      'SignatureDoesNotMatch',
      403,
      'Signature expired: 20261124T093000Z is now earlier than 20261124T094500Z (20261124T100000Z - 15 min.)',
    ],
    [
      KMS,
      '20261124T095400Z',
      'InvalidSignatureException',
      400,
      'Signature expired: 20261124T095400Z is now earlier than 20261124T095500Z (20261124T100000Z - 5 min.)',
    ],
    [
      KMS,
      '20261124T100600Z',
      'InvalidSignatureException',
      400,
      'Signature not yet current: 20261124T100600Z is still later than 20261124T100500Z (20261124T100000Z + 5 min.)',
    ],
    [
      S3,
      '20261124T093000Z',
      'RequestTimeTooSkewed',
      403,
      'The difference between the request time and the current time is too large.',
    ],
    [EC2, '20261124T093000Z', 'RequestExpired', 400, 'Request has expired.'],
  ] as const;
  for (const [errors, date, code, status, message] of rows) {
    test(`${code}: ${message.slice(0, 30)}`, () => {
      assert.deepEqual(refusalError('skewed', errors, { claim: claimOf(date), now }), {
        code,
        status,
        message,
      });
    });
  }

  test('a presigned request that is over says since when', () => {
    const claim = claimOf('20261124T095800Z', { form: 'presigned', expires: 60 });
    assert.equal(
      refusalError('expired', IAM, { claim, now }).message,
      'Signature expired: 20261124T095800Z is now earlier than 20261124T095900Z (20261124T100000Z - 60 sec.)',
    );
  });
});

test('a scope of another day says which', () => {
  const claim = claimOf('20261124T095800Z', { day: '20261123' });
  assert.equal(
    refusalError('wrong-scope', IAM, { claim, now }).message,
    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261123' != '20261124', from '20261124T095800Z'.",
  );
});

test('each service names what it refuses', () => {
  const names = (['unknown-key', 'signature-differs', 'token-expired', 'missing', 'malformed'] as const).map(
    (refusal) =>
      [IAM, KMS, S3, EC2].map((errors) => {
        const { code, status } = refusalError(refusal, errors, { claim: claimOf('20261124T100000Z'), now });
        return `${code} ${status}`;
      }),
  );
  assert.deepEqual(names, [
    [
      'InvalidClientTokenId 403',
      'UnrecognizedClientException 400',
      'InvalidAccessKeyId 403',
      'AuthFailure 401',
    ],
    [
      'SignatureDoesNotMatch 403',
      'InvalidSignatureException 400',
      'SignatureDoesNotMatch 403',
      'AuthFailure 401',
    ],
    ['ExpiredToken 403', 'ExpiredTokenException 400', 'ExpiredToken 400', 'RequestExpired 400'],
    [
      'MissingAuthenticationToken 403',
      'MissingAuthenticationTokenException 400',
      'AccessDenied 403',
      'MissingAuthenticationToken 403',
    ],
    [
      'IncompleteSignature 400',
      'IncompleteSignatureException 400',
      'AuthorizationHeaderMalformed 400',
      'IncompleteSignature 400',
    ],
  ]);
});
