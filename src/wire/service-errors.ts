import type { ProtocolName } from './schema/service-model.ts';
import type { Refusal } from './sigv4/verify.ts';

/** How one service names what the front door refuses, and how far clocks may differ. */
export interface ServiceErrors {
  readonly accessDenied: ErrorName;
  readonly validation: ErrorName;
  readonly missingToken: ErrorName;
  readonly incompleteSignature: ErrorName;
  readonly signature: ErrorName;
  readonly unknownKey: ErrorName;
  readonly expired: ErrorName;
  readonly skewed: ErrorName;
  readonly invalidToken: ErrorName;
  readonly skewMilliseconds: number;
}

export interface ErrorName {
  readonly code: string;
  readonly status: number;
}

const MINUTE = 60_000;

const name = (code: string, status: number): ErrorName => ({ code, status });

/** awsQuery services (IAM, STS, SQS, SNS, CloudWatch). Source: IAM API Reference, "Common Errors". */
const QUERY: ServiceErrors = {
  accessDenied: name('AccessDenied', 403),
  validation: name('ValidationError', 400),
  missingToken: name('MissingAuthenticationToken', 403),
  incompleteSignature: name('IncompleteSignature', 400),
  signature: name('SignatureDoesNotMatch', 403),
  unknownKey: name('InvalidClientTokenId', 403),
  expired: name('ExpiredToken', 403),
  skewed: name('SignatureDoesNotMatch', 403),
  invalidToken: name('InvalidClientTokenId', 403),
  skewMilliseconds: 15 * MINUTE,
};

/** awsJson services. Source: AWS KMS API Reference, "Common Errors". */
const JSON_RPC: ServiceErrors = {
  accessDenied: name('AccessDeniedException', 400),
  validation: name('ValidationException', 400),
  missingToken: name('MissingAuthenticationTokenException', 400),
  incompleteSignature: name('IncompleteSignatureException', 400),
  signature: name('InvalidSignatureException', 400),
  unknownKey: name('UnrecognizedClientException', 400),
  expired: name('ExpiredTokenException', 400),
  skewed: name('InvalidSignatureException', 400),
  invalidToken: name('UnrecognizedClientException', 400),
  skewMilliseconds: 5 * MINUTE,
};

/** restJson services answer with the same names and 403. */
const REST_JSON: ServiceErrors = {
  ...JSON_RPC,
  accessDenied: name('AccessDeniedException', 403),
  missingToken: name('MissingAuthenticationTokenException', 403),
  incompleteSignature: name('IncompleteSignatureException', 403),
  signature: name('InvalidSignatureException', 403),
  unknownKey: name('UnrecognizedClientException', 403),
  expired: name('ExpiredTokenException', 403),
  skewed: name('InvalidSignatureException', 403),
  invalidToken: name('UnrecognizedClientException', 403),
};

/** Source: Amazon EC2 API Reference, "Error codes". */
const EC2: ServiceErrors = {
  ...QUERY,
  accessDenied: name('UnauthorizedOperation', 403),
  validation: name('InvalidParameterValue', 400),
  missingToken: name('MissingAuthenticationToken', 403),
  signature: name('AuthFailure', 401),
  unknownKey: name('AuthFailure', 401),
  expired: name('RequestExpired', 400),
  skewed: name('RequestExpired', 400),
  invalidToken: name('AuthFailure', 401),
};

/** Source: Amazon S3 API Reference, "Error responses". */
const S3: ServiceErrors = {
  accessDenied: name('AccessDenied', 403),
  validation: name('InvalidArgument', 400),
  missingToken: name('AccessDenied', 403),
  incompleteSignature: name('AuthorizationHeaderMalformed', 400),
  signature: name('SignatureDoesNotMatch', 403),
  unknownKey: name('InvalidAccessKeyId', 403),
  expired: name('ExpiredToken', 400),
  skewed: name('RequestTimeTooSkewed', 403),
  invalidToken: name('InvalidToken', 400),
  skewMilliseconds: 15 * MINUTE,
};

/** Services that keep to names of an older protocol than the one they speak today. */
const BY_SIGNING_NAME: Readonly<Record<string, ServiceErrors>> = {
  monitoring: { ...QUERY, skewMilliseconds: 5 * MINUTE },
  sqs: QUERY,
};

const BY_PROTOCOL: Readonly<Record<ProtocolName, ServiceErrors>> = {
  awsQuery: QUERY,
  ec2Query: EC2,
  restXml: S3,
  restJson1: REST_JSON,
  awsJson1_0: JSON_RPC,
  awsJson1_1: JSON_RPC,
  rpcv2Cbor: JSON_RPC,
};

/** The names of one service. */
export function serviceErrors(signingName: string, protocol: ProtocolName): ServiceErrors {
  return Object.hasOwn(BY_SIGNING_NAME, signingName)
    ? (BY_SIGNING_NAME[signingName] ?? BY_PROTOCOL[protocol])
    : BY_PROTOCOL[protocol];
}

interface RefusalAnswer extends ErrorName {
  readonly message: string;
}

const TOO_SKEWED =
  'Signature expired or not yet current: the time of the request and of this server differ too much.';

/** AWS's error for a request whose signature is not believed. */
export function refusalError(
  refusal: Refusal | 'no-identity' | 'token-expired',
  errors: ServiceErrors,
): RefusalAnswer {
  switch (refusal) {
    case 'missing':
      return { ...errors.missingToken, message: 'Missing Authentication Token' };
    case 'malformed':
      return {
        ...errors.incompleteSignature,
        message: 'The request signature does not conform to AWS standards.',
      };
    case 'wrong-scope':
      return { ...errors.signature, message: 'Credential should be scoped to a valid region and service.' };
    case 'skewed':
      return { ...errors.skewed, message: TOO_SKEWED };
    case 'expired':
      return { ...errors.skewed, message: 'Request has expired.' };
    case 'token-expired':
      return { ...errors.expired, message: 'The security token included in the request is expired' };
    case 'unknown-key':
    case 'wrong-token':
    case 'no-identity':
      return { ...errors.unknownKey, message: 'The security token included in the request is invalid.' };
    case 'payload-differs':
    case 'payload-form-not-built':
    case 'header-not-signed':
    case 'signature-differs':
      return { ...errors.signature, message: MISMATCH };
  }
}

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
