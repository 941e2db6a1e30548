import type { CallContext } from '../../platform/context.ts';
import { type AwsError, awsError } from '../../platform/service.ts';

export function validationError(message: string): AwsError {
  return awsError('ValidationError', message, { status: 400 });
}

export function accessDenied(message: string): AwsError {
  return awsError('AccessDenied', message, { status: 403 });
}

/** The answer to whoever may not assume a role, or asks for one that does not exist: it is the same. */
export function mayNotAssume({ caller }: CallContext, action: string, resource: string): AwsError {
  return accessDenied(`User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource}`);
}

export function packedPolicyTooLarge(percent: number): AwsError {
  return awsError(
    'PackedPolicyTooLarge',
    `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
  );
}
