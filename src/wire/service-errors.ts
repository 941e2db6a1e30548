import type { ProtocolName } from './schema/service-model.ts';

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
  /** Where the service words a refusal otherwise than most do. */
  readonly words?: RefusalWords;
  /** Whether the message of a refused permission carries the encoded details for STS to decode. */
  readonly encodesRefusals?: boolean;
}

/** What a client is told when its credentials are not believed. */
export interface RefusalWords {
  readonly signature?: string;
  readonly unknownKey?: string;
  readonly skewed?: string;
  readonly expired?: string;
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
  encodesRefusals: true,
  words: {
    signature: 'AWS was not able to validate the provided access credentials',
    unknownKey: 'AWS was not able to validate the provided access credentials',
    skewed: 'Request has expired.',
    expired: 'Request has expired.',
  },
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
  words: {
    signature:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    unknownKey: 'The AWS Access Key Id you provided does not exist in our records.',
    skewed: 'The difference between the request time and the current time is too large.',
    expired: 'The provided token has expired.',
  },
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
