import { timingSafeEqual, verify as verifyAsymmetric } from 'node:crypto';
import { type ChunkSigner, chunkedForm, decodeChunks } from './aws-chunked.ts';
import { canonicalRequest, type PathStyle } from './canonical-request.ts';
import { checksumFor } from './checksums.ts';
import { ALGORITHM, readClaim, type SignatureClaim, scopeOf } from './claim.ts';
import { headerNamesOf, headerValues, type SignedRequest } from './signed-request.ts';
import { asymmetricKey, sha256, signingKey } from './signing-keys.ts';

const SKEW_MILLISECONDS = 15 * 60 * 1000;

/** The secret that belongs to an access key; temporary ones also have a session token. */
export interface SigningCredentials {
  readonly secret: string;
  readonly sessionToken?: string;
}

/** What a claim is held against before anybody's secret is looked up. */
export interface ClaimRules {
  /** The region and service that the request was sent to; the credential scope has to name them. */
  readonly region?: string;
  readonly service?: string;
  readonly pathStyle: PathStyle;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How far the clocks may differ; default 15 minutes. */
  readonly skewMilliseconds?: number;
}

export interface VerifyOptions extends ClaimRules {
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
  | { readonly verified: true; readonly accessKeyId: string; readonly body: Uint8Array }
  | { readonly verified: false; readonly refusal: Refusal };

function sameText(left: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(left), 'hex'), Buffer.from(sha256(right), 'hex'));
}

let latestDate = '';
let latestMilliseconds = Number.NaN;

/** Requests come with the date of the same second, one after the other. */
function millisecondsOf(date: string): number {
  if (date !== latestDate) {
    latestMilliseconds = parsedDate(date);
    latestDate = date;
  }
  return latestMilliseconds;
}

function parsedDate(date: string): number {
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6, 8)];
  return Date.parse(
    `${year}-${month}-${day}T${date.slice(9, 11)}:${date.slice(11, 13)}:${date.slice(13, 15)}Z`,
  );
}

/** Whether a region is in a set of regions: names and `*` wildcards, separated by commas. */
function namesRegion(set: string, region: string): boolean {
  return set.split(',').some((each) => {
    const [before = '', after] = each.trim().split('*', 2);
    if (after === undefined) return before === region;
    return (
      region.length >= before.length + after.length && region.startsWith(before) && region.endsWith(after)
    );
  });
}

function isScope(claim: SignatureClaim, { region, service }: ClaimRules): boolean {
  if (service !== undefined && claim.service !== service) return false;
  if (!claim.date.startsWith(claim.day)) return false;
  if (region === undefined) return true;
  return claim.algorithm === ALGORITHM ? claim.region === region : namesRegion(claim.region, region);
}

function scopeOrTimeProblem(claim: SignatureClaim, rules: ClaimRules): Refusal | undefined {
  if (!isScope(claim, rules)) return 'wrong-scope';
  const skew = rules.skewMilliseconds ?? SKEW_MILLISECONDS;
  const signedAt = millisecondsOf(claim.date);
  if (Number.isNaN(signedAt)) return 'malformed';
  if (signedAt - rules.now > skew) return 'skewed';
  if (claim.expires !== undefined) {
    return rules.now > signedAt + claim.expires * 1000 ? 'expired' : undefined;
  }
  return rules.now - signedAt > skew ? 'skewed' : undefined;
}

/** The session token may be added after signing: it is compared with the key's own, so it needs no signature. */
function leavesHeaderUnsigned(request: SignedRequest, claim: SignatureClaim): boolean {
  if (!claim.signedHeaders.includes('host')) return true;
  for (const name of headerNamesOf(request)) {
    if (!name.startsWith('x-amz-') || name === 'x-amz-security-token') continue;
    if (!claim.signedHeaders.includes(name)) return true;
  }
  return false;
}

interface Payload {
  readonly hash?: string;
  readonly refusal?: Refusal;
  /** Set when the body is `aws-chunked`. */
  readonly chunked?: boolean;
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
  if (value.startsWith('STREAMING-')) {
    return chunkedForm(value) ? { hash: value, chunked: true } : { refusal: 'payload-form-not-built' };
  }
  return value === sha256(request.body) ? { hash: value } : { refusal: 'payload-differs' };
}

/** Reading hexadecimal digits stops silently at the first other character. */
function isHexadecimal(text: string): boolean {
  return /^(?:[0-9a-f]{2})+$/.test(text);
}

/** Whether a signature is that of a text under the key of a claim. */
function verifier(claim: SignatureClaim, secret: string): (text: string, signature: string) => boolean {
  if (claim.algorithm !== ALGORITHM) {
    const key = asymmetricKey(claim.accessKeyId, secret);
    return (text, signature) =>
      isHexadecimal(signature) &&
      verifyAsymmetric(
        'sha256',
        Buffer.from(text),
        { key, dsaEncoding: 'der' },
        Buffer.from(signature, 'hex'),
      );
  }
  const key = signingKey(secret, claim.day, claim.region, claim.service);
  return (text, signature) => sameDigits(key.of(text), signature);
}

const DIGITS = 64;
const EXPECTED = Buffer.alloc(DIGITS);
const GIVEN = Buffer.alloc(DIGITS);

/** Compares the digits of two hashes in constant time; other characters are never those of a hash. */
function sameDigits(expected: string, given: string): boolean {
  if (given.length !== DIGITS) return false;
  EXPECTED.write(expected, 'latin1');
  GIVEN.write(given, 'latin1');
  return timingSafeEqual(EXPECTED, GIVEN) && isHexadecimal(given);
}

function bodyOf(
  request: SignedRequest,
  claim: SignatureClaim,
  verify: ChunkSigner['verify'],
): Uint8Array | undefined {
  const form = chunkedForm(headerValues(request, 'x-amz-content-sha256')[0] ?? '');
  const length = headerValues(request, 'x-amz-decoded-content-length')[0] ?? '';
  if (!form || !/^\d{1,15}$/.test(length)) return undefined;
  const trailers = headerValues(request, 'x-amz-trailer')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim().toLowerCase());
  const signer: ChunkSigner = {
    algorithm: claim.algorithm,
    date: claim.date,
    scope: scopeOf(claim),
    seedSignature: claim.signature,
    verify,
  };
  const encoded = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength);
  return decodeChunks(encoded, form, signer, Number(length), trailers)?.body;
}

/** Checksums that a request gives for its body in headers. */
function checksumDiffers(request: SignedRequest, body: Uint8Array): boolean {
  return request.headers.some(([name, value]) => {
    const expected = checksumFor(name.toLowerCase(), body);
    return expected !== undefined && expected !== value.trim();
  });
}

/**
 * Holds the signature that a request claims against scope, time and the headers that have to be signed:
 * everything that needs no secret. Never throws on what a client sent.
 */
export function checkClaim(
  request: SignedRequest,
  claim: SignatureClaim,
  rules: ClaimRules,
): SignatureClaim | Refusal {
  const problem = scopeOrTimeProblem(claim, rules);
  if (problem) return problem;
  return leavesHeaderUnsigned(request, claim) ? 'header-not-signed' : claim;
}

/**
 * Verifies a checked claim with the secret of its access key: Signature Version 4 and 4A, header and
 * presigned form, whole and `aws-chunked` bodies. Signature and session token are compared in constant time.
 * Source: AWS IAM User Guide, "Create a signed AWS API request"; Amazon S3 API Reference,
 * "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".
 *
 * @returns the body, decoded when it was `aws-chunked`.
 */
export function verifyClaim(
  request: SignedRequest,
  claim: SignatureClaim,
  credentials: SigningCredentials,
  style: PathStyle,
): Verification {
  const refuse = (refusal: Refusal): Verification => ({ verified: false, refusal });
  const token = credentials.sessionToken;
  const tokensDiffer =
    token === undefined ? claim.sessionToken !== undefined : !sameText(token, claim.sessionToken ?? '');
  if (tokensDiffer) return refuse('wrong-token');
  const payload = payloadOf(request, claim, style);
  if (payload.hash === undefined) return refuse(payload.refusal ?? 'malformed');
  const canonical = canonicalRequest(request, claim.signedHeaders, payload.hash, style);
  if (canonical === undefined) return refuse('malformed');
  const verify = verifier(claim, credentials.secret);
  const text = `${claim.algorithm}\n${claim.date}\n${scopeOf(claim)}\n${sha256(canonical)}`;
  if (!verify(text, claim.signature)) return refuse('signature-differs');
  const body = payload.chunked ? bodyOf(request, claim, verify) : request.body;
  if (body === undefined) return refuse('payload-differs');
  if (style === 's3' && checksumDiffers(request, body)) return refuse('payload-differs');
  return { verified: true, accessKeyId: claim.accessKeyId, body };
}

/** Verifies a request whose credentials are at hand. Never throws on what a client sent. */
export function verifySignature(request: SignedRequest, options: VerifyOptions): Verification {
  const read = readClaim(request);
  const claim = typeof read === 'string' ? read : checkClaim(request, read, options);
  if (typeof claim === 'string') return { verified: false, refusal: claim };
  const credentials = options.credentialsOf(claim.accessKeyId);
  if (credentials === undefined) return { verified: false, refusal: 'unknown-key' };
  return verifyClaim(request, claim, credentials, options.pathStyle);
}
