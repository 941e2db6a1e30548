import { type AwsError, awsError } from '../../platform/service.ts';

export function validationError(message: string): AwsError {
  return awsError('ValidationError', message, { status: 400 });
}

export function accessDenied(message: string): AwsError {
  return awsError('AccessDenied', message, { status: 403 });
}

export function packedPolicyTooLarge(percent: number): AwsError {
  return awsError(
    'PackedPolicyTooLarge',
    `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
  );
}
