import type { Caller } from '../../platform/caller.ts';
import { type AwsError, awsError } from '../../platform/service.ts';

export function validationError(message: string): AwsError {
  return awsError('ValidationError', message, { status: 400 });
}

export function accessDenied(message: string): AwsError {
  return awsError('AccessDenied', message, { status: 403 });
}

/**
 * A federated user takes on no other identity, neither that of a role nor that of the user who made it.
 * Source: IAM User Guide, "Compare AWS STS credentials".
 *
 * @throws AwsError AccessDenied.
 */
export function demandNotFederated({ kind }: Caller, operation: string): void {
  if (kind === 'federated-user') throw accessDenied(`Cannot call ${operation} with session credentials`);
}

export function packedPolicyTooLarge(percent: number): AwsError {
  return awsError(
    'PackedPolicyTooLarge',
    `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
  );
}
