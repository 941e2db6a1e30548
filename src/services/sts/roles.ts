import type { ContextValue } from '../../iam/request.ts';
import type { CallContext } from '../../platform/context.ts';
import type { Principal, RoleFacts } from '../../platform/identity.ts';
import { validationError } from './errors.ts';

/** A principal that can be assumed. */
export type Role = Principal & { readonly role: RoleFacts };

const USUAL_SECONDS = 3_600;
/** Longest session of a role that was assumed with another role's credentials. */
const CHAINED_SECONDS = 3_600;
/** Paths of roles may have any printable character. */
const ROLE_ARN = /^arn:aws:iam::(\d{12}):role\/[!-~]{1,576}$/;

/** The account in the ARN of a role, whether or not there is one. @throws AwsError ValidationError when it is no such ARN. */
export function accountOfRole(arn: string): string {
  const [, account] = ROLE_ARN.exec(arn) ?? [];
  if (account === undefined) throw validationError(`${arn} is invalid`);
  return account;
}

/** The role of an ARN; undefined when there is none. @throws AwsError ValidationError when it is no ARN of a role. */
export async function roleNamed(arn: string, { ports }: CallContext): Promise<Role | undefined> {
  accountOfRole(arn);
  const role = await ports.identity.principalByArn(arn);
  return role?.role === undefined ? undefined : { ...role, role: role.role };
}

/** Condition keys about the role. */
export function roleTags({ tags }: Role): Record<string, ContextValue> {
  const named = Object.entries(tags);
  return {
    ...Object.fromEntries(named.map(([key, value]) => [`iam:ResourceTag/${key}`, value])),
    ...Object.fromEntries(named.map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
  };
}

/** How long a session lasts. @throws AwsError ValidationError when it may not last as long as is asked for. */
export function durationOf(asked: number | undefined, role: Role, chained = false): number {
  const seconds = asked ?? USUAL_SECONDS;
  if (chained && seconds > CHAINED_SECONDS) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  if (seconds > role.role.maxSessionSeconds) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  return seconds;
}
