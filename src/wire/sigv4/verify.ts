import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalRequest, type PathStyle } from './canonical-request.ts';
import { ALGORITHM, readClaim, type SignatureClaim } from './claim.ts';
import { headerValues, type SignedRequest } from './signed-request.ts';

const SKEW_MILLISECONDS = 15 * 60 * 1000;

/** The secret that belongs to an access key; temporary ones also have a session token. */
export interface SigningCredentials {
  readonly secret: string;
  readonly sessionToken?: string;
}

export interface VerifyOptions {
  /** The region and service that the request was sent to; the credential scope has to name them. */
  readonly region: string;
  readonly service: string;
  readonly pathStyle: PathStyle;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly credentialsOf: (accessKeyId: string) => SigningCredentials | undefined;
}

/** Why a request is not believed. The front of each service turns it into that service's own error. */
export type Refusal =
  | 'missing'
  | 'malformed'
  | 'wrong-scope'
  | 'skewed'
  | 'expired'
  | 'header-not-signed'
  | 'unknown-key'
  | 'wrong-token'
  | 'payload-differs'
  | 'payload-form-not-built'
  | 'signature-differs';

export type Verification =
  | { readonly verified: true; readonly accessKeyId: string }
  | { readonly verified: false; readonly refusal: Refusal };

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

function sameText(left: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(left), 'hex'), Buffer.from(sha256(right), 'hex'));
}

function millisecondsOf(date: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function scopeOrTimeProblem(claim: SignatureClaim, options: VerifyOptions): Refusal | undefined {
  if (claim.region !== options.region || claim.service !== options.service) return 'wrong-scope';
  if (!claim.date.startsWith(claim.day)) return 'wrong-scope';
  const signedAt = millisecondsOf(claim.date);
  if (Number.isNaN(signedAt)) return 'malformed';
  if (signedAt - options.now > SKEW_MILLISECONDS) return 'skewed';
  if (claim.expires !== undefined) {
    return options.now > signedAt + claim.expires * 1000 ? 'expired' : undefined;
  }
  return options.now - signedAt > SKEW_MILLISECONDS ? 'skewed' : undefined;
}

/** The session token may be added after signing: it is compared with the key's own, so it needs no signature. */
function leavesHeaderUnsigned(request: SignedRequest, claim: SignatureClaim): boolean {
  const needed = request.headers
    .map(([name]) => name.toLowerCase())
    .filter((name) => name.startsWith('x-amz-') && name !== 'x-amz-security-token');
  return ['host', ...needed].some((name) => !claim.signedHeaders.includes(name));
}

interface Payload {
  readonly hash?: string;
  readonly refusal?: Refusal;
}

/** Outside S3 the body itself is hashed, whatever a header says; S3 signs the declared value. */
function payloadOf(request: SignedRequest, claim: SignatureClaim, style: PathStyle): Payload {
  if (style !== 's3') return { hash: sha256(request.body) };
  const declared = headerValues(request, 'x-amz-content-sha256');
  const [value] = declared;
  if (value === undefined) {
    return claim.form === 'presigned' ? { hash: 'UNSIGNED-PAYLOAD' } : { refusal: 'malformed' };
  }
  if (declared.length > 1) return { refusal: 'malformed' };
  if (value === 'UNSIGNED-PAYLOAD') return { hash: value };
  if (value.startsWith('STREAMING-')) return { refusal: 'payload-form-not-built' };
  return value === sha256(request.body) ? { hash: value } : { refusal: 'payload-differs' };
}

function expectedSignature(claim: SignatureClaim, secret: string, canonical: string): Buffer {
  const scope = `${claim.day}/${claim.region}/${claim.service}/aws4_request`;
  const dayKey = hmac(`AWS4${secret}`, claim.day);
  const key = hmac(hmac(hmac(dayKey, claim.region), claim.service), 'aws4_request');
  return hmac(key, [ALGORITHM, claim.date, scope, sha256(canonical)].join('\n'));
}

/**
 * Verifies the Signature Version 4 of a request, in its header or presigned form. Never throws on what
 * a client sent. The signature and the session token are compared in constant time.
 * Bodies in the aws-chunked form and SigV4a are refused.
 * Source: AWS IAM User Guide, "Create a signed AWS API request"; Amazon S3 API Reference,
 * "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".
 */
export function verifySignature(request: SignedRequest, options: VerifyOptions): Verification {
  const refuse = (refusal: Refusal): Verification => ({ verified: false, refusal });
  const claim = readClaim(request);
  if (typeof claim === 'string') return refuse(claim);
  const problem = scopeOrTimeProblem(claim, options);
  if (problem) return refuse(problem);
  if (leavesHeaderUnsigned(request, claim)) return refuse('header-not-signed');
  const credentials = options.credentialsOf(claim.accessKeyId);
  if (credentials === undefined) return refuse('unknown-key');
  if (!sameText(credentials.sessionToken ?? '', claim.sessionToken ?? '')) return refuse('wrong-token');
  const payload = payloadOf(request, claim, options.pathStyle);
  if (payload.hash === undefined) return refuse(payload.refusal ?? 'malformed');
  const canonical = canonicalRequest(request, claim.signedHeaders, payload.hash, options.pathStyle);
  if (canonical === undefined) return refuse('malformed');
  const expected = expectedSignature(claim, credentials.secret, canonical);
  if (!timingSafeEqual(expected, Buffer.from(claim.signature, 'hex'))) return refuse('signature-differs');
  return { verified: true, accessKeyId: claim.accessKeyId };
}
