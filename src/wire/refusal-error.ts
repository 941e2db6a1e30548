import type { ErrorName, ServiceErrors } from './service-errors.ts';
import type { SignatureClaim } from './sigv4/claim.ts';
import type { Refusal } from './sigv4/verify.ts';

/** What a refused request said of itself, and when it came. */
export interface RefusedRequest {
  readonly claim: SignatureClaim | 'missing' | 'malformed';
  readonly now: Date;
}

interface RefusalAnswer extends ErrorName {
  readonly message: string;
}

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/**
 * AWS's error for a request whose signature is not believed. The times in it are what SDKs and people
 * correct their clocks by. Source: AWS General Reference, "Troubleshooting Signature Version 4 errors".
 */
export function refusalError(
  refusal: Refusal | 'no-identity' | 'token-expired',
  errors: ServiceErrors,
  { claim, now }: RefusedRequest,
): RefusalAnswer {
  const { words = {} } = errors;
  switch (refusal) {
    case 'missing':
      return { ...errors.missingToken, message: 'Missing Authentication Token' };
    case 'malformed':
      return {
        ...errors.incompleteSignature,
        message: 'The request signature does not conform to AWS standards.',
      };
    case 'wrong-scope':
      return { ...errors.signature, message: scopeWords(claim) };
    case 'skewed':
      return { ...errors.skewed, message: words.skewed ?? skewWords(claim, now, errors.skewMilliseconds) };
    case 'expired':
      return { ...errors.skewed, message: words.skewed ?? expiryWords(claim, now) };
    case 'token-expired':
      return {
        ...errors.expired,
        message: words.expired ?? 'The security token included in the request is expired',
      };
    case 'unknown-key':
    case 'wrong-token':
    case 'no-identity':
      return {
        ...errors.unknownKey,
        message: words.unknownKey ?? 'The security token included in the request is invalid.',
      };
    case 'payload-differs':
    case 'payload-form-not-built':
    case 'header-not-signed':
    case 'signature-differs':
      return { ...errors.signature, message: words.signature ?? MISMATCH };
  }
}

function scopeWords(claim: RefusedRequest['claim']): string {
  if (typeof claim === 'string' || claim.date.startsWith(claim.day)) {
    return 'Credential should be scoped to a valid region and service.';
  }
  return `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claim.day}' != '${claim.date.slice(0, 8)}', from '${claim.date}'.`;
}

function skewWords(claim: RefusedRequest['claim'], now: Date, allowed: number): string {
  if (typeof claim === 'string') return 'Signature expired.';
  const minutes = `${allowed / 60_000} min.`;
  const here = basicTime(now.getTime());
  const oldest = basicTime(now.getTime() - allowed);
  // Both are times of one form: their texts have the order of the times.
  if (claim.date < oldest) {
    return `Signature expired: ${claim.date} is now earlier than ${oldest} (${here} - ${minutes})`;
  }
  const newest = basicTime(now.getTime() + allowed);
  return `Signature not yet current: ${claim.date} is still later than ${newest} (${here} + ${minutes})`;
}

function expiryWords(claim: RefusedRequest['claim'], now: Date): string {
  const seconds = typeof claim === 'string' ? 0 : (claim.expires ?? 0);
  const oldest = basicTime(now.getTime() - seconds * 1000);
  const date = typeof claim === 'string' ? '' : claim.date;
  return `Signature expired: ${date} is now earlier than ${oldest} (${basicTime(now.getTime())} - ${seconds} sec.)`;
}

/** `20260131T090000Z` */
function basicTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '');
}
