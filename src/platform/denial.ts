import type { Layer } from '../iam/decide/layers.ts';
import type { Decision } from '../iam/engine.ts';
import { type AwsError, awsError } from '../wire/aws-error.ts';
import type { ErrorName } from '../wire/service-errors.ts';
import type { Caller } from './caller.ts';
import type { Permission } from './context.ts';

/** Source: IAM User Guide, "Troubleshoot access denied error messages". */
const LAYER_NAMES: Readonly<Record<Layer, readonly [one: string, some: string]>> = {
  identity: ['an identity-based policy', 'identity-based policy'],
  resource: ['a resource-based policy', 'resource-based policy'],
  boundary: ['a permissions boundary', 'permissions boundary'],
  session: ['a session policy', 'session policy'],
  'service-control': ['a service control policy', 'service control policy'],
  'resource-control': ['a resource control policy', 'resource control policy'],
  endpoint: ['a VPC endpoint policy', 'VPC endpoint policy'],
};

/** The error of a refused permission: who, what, on what, and the layer that decided. */
export function denialError(
  caller: Caller,
  permission: Permission,
  decision: Decision,
  name: ErrorName,
): AwsError {
  const who = caller.kind === 'anonymous' ? 'anonymous' : caller.arn;
  const on = permission.resourceText ?? permission.resource;
  const message = `User: ${who} is not authorized to perform: ${permission.action} on resource: ${on}${because(permission, decision)}`;
  return awsError(name.code, message, { status: name.status });
}

function because({ action }: Permission, { kind, layer }: Decision): string {
  if (layer === undefined) return '';
  const [one, some] = LAYER_NAMES[layer];
  if (kind === 'explicit') return ` with an explicit deny in ${one}`;
  return ` because no ${some} allows the ${action} action`;
}
