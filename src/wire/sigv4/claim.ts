import { queryParameters } from './canonical-request.ts';
import { headerValues, type SignedRequest, splitTarget } from './signed-request.ts';

export const ALGORITHM = 'AWS4-HMAC-SHA256';
/** Signature Version 4A: for several regions at once, with a key pair derived from the secret. */
export const ASYMMETRIC_ALGORITHM = 'AWS4-ECDSA-P256-SHA256';
const LONGEST_PRESIGNED_SECONDS = 604_800;
const MOST_SIGNED_HEADERS = 100;

export type SigningAlgorithm = typeof ALGORITHM | typeof ASYMMETRIC_ALGORITHM;

/** What a request says about its signature; nothing of it is proven yet. */
export interface SignatureClaim {
  readonly algorithm: SigningAlgorithm;
  readonly form: 'header' | 'presigned';
  readonly accessKeyId: string;
  /** `YYYYMMDD` of the credential scope. */
  readonly day: string;
  /** The region of the scope; of Signature Version 4A the set of regions (`*`, `eu-*`, `a,b`). */
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  /** Lower-case hexadecimal digits: 64, or those of a DER signature. */
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly date: string;
  /** Seconds that a presigned request lives. */
  readonly expires?: number;
  readonly sessionToken?: string;
}

type ClaimReading = SignatureClaim | 'missing' | 'malformed';

interface ClaimParts {
  readonly algorithm: SigningAlgorithm;
  readonly credential: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
  readonly date: string | undefined;
  /** `X-Amz-Region-Set`, of Signature Version 4A only. */
  readonly regionSet: string | undefined;
}

/** The credential scope as text: what stands behind the access key id. */
export function scopeOf({ algorithm, day, region, service }: SignatureClaim): string {
  return algorithm === ALGORITHM
    ? `${day}/${region}/${service}/aws4_request`
    : `${day}/${service}/aws4_request`;
}

const DATE = /^\d{8}T\d{6}Z$/;

function assemble(parts: ClaimParts): Omit<SignatureClaim, 'form'> | undefined {
  const { algorithm, credential, signedHeaders, signature, date } = parts;
  if (!credential || !signedHeaders || !signature || !date) return undefined;
  const scope = readCredential(credential, algorithm, parts.regionSet);
  if (scope === undefined || !isSignature(signature, algorithm) || !DATE.test(date)) return undefined;
  const names = headerNames(signedHeaders);
  return names && { algorithm, ...scope, signedHeaders: names, signature, date };
}

/** A client signs the same headers each time. */
const knownLists = new Map<string, readonly string[]>();
const MOST_LISTS = 500;
const LONGEST_KEPT = 1_000;

/** The names in a list of signed headers: sorted, each once, in lower case; undefined when they are not. */
function headerNames(list: string): readonly string[] | undefined {
  const before = knownLists.get(list);
  if (before) return before;
  const names = list.split(';').map(copyOf);
  const sorted = names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
  if (!sorted || names.length > MOST_SIGNED_HEADERS || !names.every(isLowerCaseName)) return undefined;
  if (knownLists.size >= MOST_LISTS) knownLists.clear();
  if (list.length <= LONGEST_KEPT) knownLists.set(list, names);
  return names;
}

interface Scope {
  readonly accessKeyId: string;
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

function readCredential(
  credential: string,
  algorithm: SigningAlgorithm,
  regionSet: string | undefined,
): Scope | undefined {
  const parts = credential.split('/');
  if (algorithm === ASYMMETRIC_ALGORITHM) parts.splice(2, 0, regionSet ?? '');
  const [accessKeyId, day, region, service, terminator, ...rest] = parts;
  if (!accessKeyId || !day || !region || !service || rest.length > 0) return undefined;
  if (terminator !== 'aws4_request' || !/^\d{8}$/.test(day)) return undefined;
  return { accessKeyId, day, region, service };
}

function isSignature(signature: string, algorithm: SigningAlgorithm): boolean {
  return algorithm === ALGORITHM
    ? /^[0-9a-f]{64}$/.test(signature)
    : /^(?:[0-9a-f]{2}){66,72}$/.test(signature);
}

function isLowerCaseName(name: string): boolean {
  return /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name);
}

function single(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0]?.trim() : undefined;
}

function algorithmOf(text: string): SigningAlgorithm | undefined {
  return text === ALGORITHM || text === ASYMMETRIC_ALGORITHM ? text : undefined;
}

const NONE: readonly (readonly [string, string])[] = [];

interface HeaderParts {
  readonly algorithm: SigningAlgorithm;
  readonly fields: ReadonlyMap<string, string>;
}

/** What a client sends before its signature; the same words for a whole day. */
interface KnownHead {
  readonly head: string;
  readonly claim: Omit<SignatureClaim, 'form' | 'signature' | 'date'>;
}

/** By its credential: what follows it rarely differs. */
const knownHeads = new Map<string, KnownHead>();
const BEFORE_CREDENTIAL = `${ALGORITHM} Credential=`;
const BEFORE_SIGNATURE = 'Signature=';
const DIGITS = 64;

/** A text of its own, which holds nothing else in memory and is quicker to compare than a part of another. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}

function credentialIn(authorization: string): string {
  return authorization.slice(BEFORE_CREDENTIAL.length, authorization.indexOf(',', BEFORE_CREDENTIAL.length));
}

function headerParts(authorization: string): HeaderParts | undefined {
  const space = authorization.indexOf(' ');
  const algorithm = algorithmOf(authorization.slice(0, Math.max(space, 0)));
  if (algorithm === undefined) return undefined;
  const fields = new Map<string, string>();
  for (const part of authorization.slice(space + 1).split(',')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trim();
    if (name === '' || fields.has(name)) return undefined;
    fields.set(name, part.slice(equals + 1).trim());
  }
  return { algorithm, fields };
}

function readHeader(request: SignedRequest, authorization: string): ClaimReading {
  const tokens = headerValues(request, 'x-amz-security-token');
  if (tokens.length > 1) return 'malformed';
  const date = single(headerValues(request, 'x-amz-date'));
  const claim = knownHeader(authorization, date) ?? newHeader(request, authorization, date);
  if (claim === undefined) return 'malformed';
  const sessionToken = single(tokens);
  return sessionToken === undefined ? claim : { ...claim, sessionToken };
}

/** The claim when only its signature and date are new. */
function knownHeader(authorization: string, date: string | undefined): SignatureClaim | undefined {
  const known = knownHeads.get(credentialIn(authorization));
  if (known === undefined || date === undefined) return undefined;
  const { head, claim } = known;
  if (authorization.slice(0, -DIGITS) !== head) return undefined;
  const { algorithm, accessKeyId, day, region, service, signedHeaders } = claim;
  const signature = authorization.slice(-DIGITS);
  if (!isSignature(signature, algorithm) || !DATE.test(date)) return undefined;
  return { form: 'header', algorithm, accessKeyId, day, region, service, signedHeaders, signature, date };
}

function newHeader(
  request: SignedRequest,
  authorization: string,
  date: string | undefined,
): SignatureClaim | undefined {
  const parts = headerParts(authorization);
  if (parts === undefined || parts.fields.size !== 3) return undefined;
  const { algorithm, fields } = parts;
  const claim = assemble({
    algorithm,
    credential: fields.get('Credential'),
    signedHeaders: fields.get('SignedHeaders'),
    signature: fields.get('Signature'),
    date,
    regionSet: single(headerValues(request, 'x-amz-region-set')),
  });
  if (claim === undefined) return undefined;
  const head = authorization.slice(0, -DIGITS);
  const usual = head.startsWith(BEFORE_CREDENTIAL) && head.endsWith(BEFORE_SIGNATURE);
  if (usual && head.length <= LONGEST_KEPT) {
    if (knownHeads.size >= MOST_LISTS) knownHeads.clear();
    const accessKeyId = copyOf(claim.accessKeyId);
    knownHeads.set(copyOf(credentialIn(authorization)), {
      head: copyOf(head),
      claim: { ...claim, accessKeyId },
    });
  }
  return { form: 'header', ...claim };
}

function readPresigned(parameters: readonly (readonly [string, string])[]): ClaimReading {
  const fields = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (!name.startsWith('X-Amz-')) continue;
    if (fields.has(name)) return 'malformed';
    fields.set(name, value);
  }
  const lifetime = fields.get('X-Amz-Expires') ?? '';
  const expires = /^\d{1,6}$/.test(lifetime) ? Number(lifetime) : 0;
  if (expires < 1 || expires > LONGEST_PRESIGNED_SECONDS) return 'malformed';
  const algorithm = algorithmOf(fields.get('X-Amz-Algorithm') ?? '');
  const claim =
    algorithm &&
    assemble({
      algorithm,
      credential: fields.get('X-Amz-Credential'),
      signedHeaders: fields.get('X-Amz-SignedHeaders'),
      signature: fields.get('X-Amz-Signature'),
      date: fields.get('X-Amz-Date'),
      regionSet: fields.get('X-Amz-Region-Set'),
    });
  if (claim === undefined) return 'malformed';
  const sessionToken = fields.get('X-Amz-Security-Token');
  return { form: 'presigned', ...claim, expires, ...(sessionToken !== undefined && { sessionToken }) };
}

/**
 * Reads the signature that a request claims, from its Authorization header or its query. A request that
 * carries both is malformed: which of the two was meant cannot be known.
 */
export function readClaim(request: SignedRequest): ClaimReading {
  const authorization = headerValues(request, 'authorization');
  const { query } = splitTarget(request.target);
  const parameters = query === '' ? NONE : queryParameters(query);
  if (parameters === undefined || authorization.length > 1) return 'malformed';
  const presigned = parameters.some(([name]) => name === 'X-Amz-Algorithm' || name === 'X-Amz-Signature');
  const header = authorization[0]?.trim();
  if (header !== undefined) return presigned ? 'malformed' : readHeader(request, header);
  return presigned ? readPresigned(parameters) : 'missing';
}
