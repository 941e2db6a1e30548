import { queryParameters } from './canonical-request.ts';
import { headerValues, type SignedRequest, splitTarget } from './signed-request.ts';

export const ALGORITHM = 'AWS4-HMAC-SHA256';
const LONGEST_PRESIGNED_SECONDS = 604_800;
const MOST_SIGNED_HEADERS = 100;

/** What a request says about its signature; nothing of it is proven yet. */
export interface SignatureClaim {
  readonly form: 'header' | 'presigned';
  readonly accessKeyId: string;
  /** `YYYYMMDD` of the credential scope. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  /** 64 lower-case hexadecimal digits. */
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly date: string;
  /** Seconds that a presigned request lives. */
  readonly expires?: number;
  readonly sessionToken?: string;
}

type ClaimReading = SignatureClaim | 'missing' | 'malformed';

interface ClaimParts {
  readonly credential: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
  readonly date: string | undefined;
}

function assemble(parts: ClaimParts): Omit<SignatureClaim, 'form'> | undefined {
  const { credential, signedHeaders, signature, date } = parts;
  if (!credential || !signedHeaders || !signature || !date) return undefined;
  const [accessKeyId, day, region, service, terminator, ...rest] = credential.split('/');
  if (!accessKeyId || !day || !region || !service || rest.length > 0) return undefined;
  if (terminator !== 'aws4_request' || !/^\d{8}$/.test(day)) return undefined;
  if (!/^[0-9a-f]{64}$/.test(signature) || !/^\d{8}T\d{6}Z$/.test(date)) return undefined;
  const names = signedHeaders.split(';');
  const sorted = names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
  if (!sorted || names.length > MOST_SIGNED_HEADERS || !names.every(isLowerCaseName)) return undefined;
  return { accessKeyId, day, region, service, signedHeaders: names, signature, date };
}

function isLowerCaseName(name: string): boolean {
  return /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name);
}

function single(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0]?.trim() : undefined;
}

function readHeader(request: SignedRequest, authorization: string): ClaimReading {
  const prefix = `${ALGORITHM} `;
  if (!authorization.startsWith(prefix)) return 'malformed';
  const fields = new Map<string, string>();
  for (const part of authorization.slice(prefix.length).split(',')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0)).trim();
    if (name === '' || fields.has(name)) return 'malformed';
    fields.set(name, part.slice(equals + 1).trim());
  }
  const tokens = headerValues(request, 'x-amz-security-token');
  const claim = assemble({
    credential: fields.get('Credential'),
    signedHeaders: fields.get('SignedHeaders'),
    signature: fields.get('Signature'),
    date: single(headerValues(request, 'x-amz-date')),
  });
  if (claim === undefined || fields.size !== 3 || tokens.length > 1) return 'malformed';
  const sessionToken = single(tokens);
  return { form: 'header', ...claim, ...(sessionToken !== undefined && { sessionToken }) };
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
  const claim = assemble({
    credential: fields.get('X-Amz-Credential'),
    signedHeaders: fields.get('X-Amz-SignedHeaders'),
    signature: fields.get('X-Amz-Signature'),
    date: fields.get('X-Amz-Date'),
  });
  if (claim === undefined || fields.get('X-Amz-Algorithm') !== ALGORITHM) return 'malformed';
  const sessionToken = fields.get('X-Amz-Security-Token');
  return { form: 'presigned', ...claim, expires, ...(sessionToken !== undefined && { sessionToken }) };
}

/**
 * Reads the signature that a request claims, from its Authorization header or its query. A request that
 * carries both is malformed: which of the two was meant cannot be known.
 */
export function readClaim(request: SignedRequest): ClaimReading {
  const authorization = headerValues(request, 'authorization');
  const parameters = queryParameters(splitTarget(request.target).query);
  if (parameters === undefined || authorization.length > 1) return 'malformed';
  const presigned = parameters.some(([name]) => name === 'X-Amz-Algorithm' || name === 'X-Amz-Signature');
  const header = authorization[0]?.trim();
  if (header !== undefined) return presigned ? 'malformed' : readHeader(request, header);
  return presigned ? readPresigned(parameters) : 'missing';
}
