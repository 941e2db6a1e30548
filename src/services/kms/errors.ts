import { KeeperError } from '../../keeper/client/index.ts';
import { type AwsError, awsError } from '../../platform/service.ts';

/** The errors of KMS, with AWS's messages where its answers were recorded. */
export const notFound = {
  invalidId: (id: string) => awsError('NotFoundException', `Invalid keyId '${id}'`),
  key: (arn: string) => awsError('NotFoundException', `Key '${arn}' does not exist`),
  alias: (arn: string) => awsError('NotFoundException', `Alias ${arn} is not found.`),
  region: (region: string) => awsError('NotFoundException', `Invalid arn ${region}`),
  grant: (id: string) => awsError('NotFoundException', `Grant ID ${id} not found`),
} as const;

export const validation = (message: string) => awsError('ValidationException', message, { status: 400 });
export const disabled = (arn: string) => awsError('DisabledException', `${arn} is disabled.`);
export const invalidState = (message: string) => awsError('KMSInvalidStateException', message);
export const unsupported = (message = '') => awsError('UnsupportedOperationException', message);
export const invalidUsage = (message: string) => awsError('InvalidKeyUsageException', message);
export const invalidCiphertext = () => awsError('InvalidCiphertextException', '');
export const incorrectKey = () =>
  awsError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );
export const malformedPolicy = (message: string) => awsError('MalformedPolicyDocumentException', message);
export const limitExceeded = (message: string) => awsError('LimitExceededException', message);
export const tagError = (message: string) => awsError('TagException', message);
export const dryRun = () =>
  awsError('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');

export const wrongUsage = (arn: string, usage: string, operation: string) =>
  invalidUsage(`${arn} key usage is ${usage} which is not valid for ${operation}.`);
export const wrongAlgorithm = (algorithm: string, spec: string) =>
  invalidUsage(`Algorithm ${algorithm} is incompatible with key spec ${spec}.`);
export const wrongOrigin = (arn: string, origin: string) =>
  unsupported(`${arn} origin is ${origin} which is not valid for this operation.`);

/** What AWS says of a foreign key, whether it exists or not. */
export const hidden = (caller: string, action: string, arn: string) =>
  awsError(
    'AccessDeniedException',
    `User: ${caller} is not authorized to perform: ${action} on resource: ${arn} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    { status: 400 },
  );
export const hiddenCiphertext = () =>
  awsError(
    'AccessDeniedException',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    { status: 400 },
  );

const SEALED =
  'The keys are sealed: unseal them with `honmaru kms unseal` on the machine that serves, and try again.';
const WRAPPED =
  'The stored key cannot be opened: the keeper has another root key than the one it was made with.';
const UNREACHABLE = 'The process that holds the keys does not answer; try again.';

/** A refusal of the keeper in the words of KMS; what is none is passed on. */
export function keeperRefusal(error: unknown): unknown {
  if (!(error instanceof KeeperError)) return error;
  const found = REFUSALS[error.code];
  return found ? found() : error;
}

const REFUSALS: Readonly<Partial<Record<KeeperError['code'], () => AwsError>>> = {
  sealed: () => awsError('KMSInternalException', SEALED),
  unreachable: () => awsError('KMSInternalException', UNREACHABLE),
  wrapped: () => awsError('KMSInternalException', WRAPPED),
  ciphertext: invalidCiphertext,
  signature: () => awsError('KMSInvalidSignatureException', ''),
  mac: () => awsError('KMSInvalidMacException', ''),
  material: () => validation(''),
  token: () => awsError('InvalidImportTokenException', ''),
  'token-expired': () => awsError('ExpiredImportTokenException', ''),
};
