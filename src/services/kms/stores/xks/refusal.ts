import { type AwsError, awsError } from '../../../../platform/service.ts';
import { invalidState } from '../../errors.ts';
import { ProxyError } from './proxy.ts';

interface Words {
  /** What connecting a store says of it: a `ConnectionErrorCode`. */
  readonly connection: string;
  /** What making or changing a store throws. */
  readonly storing: string;
  readonly message: string;
}

const CANNOT_READ: Words = {
  connection: 'XKS_PROXY_INVALID_RESPONSE',
  storing: 'XksProxyInvalidResponseException',
  message: 'The answer of the external key store proxy cannot be understood.',
};
const UNREACHABLE: Words = {
  connection: 'XKS_PROXY_NOT_REACHABLE',
  storing: 'XksProxyUriUnreachableException',
  message: 'The external key store proxy cannot be reached.',
};
const TIMED_OUT: Words = {
  connection: 'XKS_PROXY_TIMED_OUT',
  storing: 'XksProxyUriUnreachableException',
  message: 'The external key store proxy did not answer in time.',
};

/** Source: External Key Store Proxy API Specification, "Error codes"; AWS KMS API, ConnectionErrorCode. */
const WORDS: Readonly<Record<string, Words>> = {
  UNREACHABLE,
  TIMED_OUT,
  DependencyTimeoutException: TIMED_OUT,
  TLS: {
    connection: 'XKS_PROXY_INVALID_TLS_CONFIGURATION',
    storing: 'XksProxyUriUnreachableException',
    message: 'No TLS connection to the external key store proxy can be made; check its certificate.',
  },
  AuthenticationFailedException: {
    connection: 'XKS_PROXY_ACCESS_DENIED',
    storing: 'XksProxyIncorrectAuthenticationCredentialException',
    message: 'The external key store proxy does not accept the authentication credential.',
  },
  InvalidUriPathException: {
    connection: 'XKS_PROXY_INVALID_CONFIGURATION',
    storing: 'XksProxyInvalidConfigurationException',
    message: 'The external key store proxy does not know the URI path.',
  },
  ThrottlingException: { ...UNREACHABLE, message: 'The external key store proxy gets too many requests.' },
  AccessDeniedException: {
    ...CANNOT_READ,
    message: 'The external key store proxy denies access to this operation.',
  },
  InvalidStateException: { ...CANNOT_READ, message: 'The external key is not enabled.' },
  InvalidKeyUsageException: { ...CANNOT_READ, message: 'The external key does not allow this operation.' },
  KeyNotFoundException: { ...CANNOT_READ, message: 'The external key is not found.' },
  InvalidCiphertextException: {
    ...CANNOT_READ,
    message: 'The external key store proxy says that the ciphertext or the encryption context is invalid.',
  },
  InternalException: {
    ...CANNOT_READ,
    message: 'The external key store proxy cannot communicate with the external key manager.',
  },
};

function wordsOf({ reason }: ProxyError): Words {
  return Object.hasOwn(WORDS, reason) ? (WORDS[reason] ?? CANNOT_READ) : CANNOT_READ;
}

/** The `ConnectionErrorCode`; what is no refusal of a proxy is thrown again. */
export function connectionError(error: unknown): string {
  if (error instanceof ProxyError) return wordsOf(error).connection;
  throw error;
}

/** A refusal while a store is made or changed. */
export function storingRefusal(error: unknown): unknown {
  return error instanceof ProxyError ? awsError(wordsOf(error).storing, wordsOf(error).message) : error;
}

/** A refusal while something is encrypted or decrypted. */
export function usingRefusal(error: unknown): unknown {
  return error instanceof ProxyError ? invalidState(wordsOf(error).message) : error;
}

const CREATING: Readonly<Record<string, string>> = {
  InvalidStateException: 'XksKeyInvalidConfigurationException',
  InvalidKeyUsageException: 'XksKeyInvalidConfigurationException',
  KeyNotFoundException: 'XksKeyNotFoundException',
  AccessDeniedException: 'KMSInvalidStateException',
};

/** A refusal while a key is made. */
export function creatingRefusal(error: unknown): unknown {
  if (!(error instanceof ProxyError)) return error;
  const code = CREATING[error.reason] ?? 'CustomKeyStoreInvalidStateException';
  return awsError(code, wordsOf(error).message);
}

export function keyConfiguration(message: string): AwsError {
  return awsError('XksKeyInvalidConfigurationException', message);
}
