import { type AwsError, awsError } from '../../platform/service.ts';

/** The errors of IAM in AWS's words; statuses come from the client's model. */

export function notFound(message: string): AwsError {
  return awsError('NoSuchEntity', message);
}

export function exists(message: string): AwsError {
  return awsError('EntityAlreadyExists', message);
}

export function overQuota(name: string, quota: number): AwsError {
  return awsError('LimitExceeded', `Cannot exceed quota for ${name}: ${quota}`);
}

export function limitExceeded(message: string): AwsError {
  return awsError('LimitExceeded', message);
}

export function stillUsed(message: string): AwsError {
  return awsError('DeleteConflict', message);
}

export function invalidInput(message: string): AwsError {
  return awsError('InvalidInput', message);
}

export function validationError(message: string): AwsError {
  return awsError('ValidationError', message, { status: 400 });
}

export function malformedDocument(message: string): AwsError {
  return awsError('MalformedPolicyDocument', message);
}

/** Only a service or the service-linked role's own operations may change it. */
export function unmodifiable(what: string): AwsError {
  return awsError(
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${what}' - this role is only modifiable by AWS`,
  );
}

/** A policy that services have for their own roles. */
export function notAttachable(): AwsError {
  return awsError('PolicyNotAttachable', 'Cannot attach a Service Role Policy to a Customer Role.');
}

export const NO_SUCH = {
  user: (name: string) => notFound(`The user with name ${name} cannot be found.`),
  group: (name: string) => notFound(`The group with name ${name} cannot be found.`),
  role: (name: string) => notFound(`The role with name ${name} cannot be found.`),
  instanceProfile: (name: string) => notFound(`Instance Profile ${name} cannot be found.`),
  policy: (arn: string) => notFound(`Policy ${arn} was not found.`),
  unattachable: (arn: string) => notFound(`Policy ${arn} does not exist or is not attachable.`),
  version: (arn: string, version: string) =>
    notFound(`Policy ${arn} version ${version} does not exist or is not attachable.`),
  accessKey: (id: string) => notFound(`The Access Key with id ${id} cannot be found.`),
  loginProfile: (user: string) => notFound(`Login Profile for User ${user} cannot be found.`),
  serverCertificate: (name: string) => notFound(`The Server Certificate with name ${name} cannot be found.`),
  sshKey: (id: string) => notFound(`The Public Key with id ${id} cannot be found.`),
  certificate: (id: string) => notFound(`The Certificate with id ${id} cannot be found.`),
  serviceCredential: (id: string) => notFound(`No such credential ${id} exists`),
  oidcProvider: (arn: string) => notFound(`OpenIDConnect Provider not found for arn ${arn}`),
  samlProvider: (arn: string) => notFound(`Manifest not found for arn ${arn}`),
  virtualDevice: (serial: string) => notFound(`VirtualMFADevice with serial number ${serial} doesn't exist.`),
  device: (serial: string, user: string) =>
    notFound(`The MFA device ${serial} is not enabled for user ${user}.`),
  inline: (kind: 'user' | 'group' | 'role', name: string) =>
    notFound(`The ${kind} policy with name ${name} cannot be found.`),
  job: (id: string) => notFound(`No job was found for the given job id: ${id}`),
} as const;
