import type { CallContext } from '../../platform/context.ts';
import type { Operation } from '../../store/store.ts';
import { accessDenied, validationError } from './errors.ts';

interface MfaInput {
  readonly SerialNumber?: string | undefined;
  readonly TokenCode?: string | undefined;
}

/**
 * Checks the code of a request; the operations mark it as used. Undefined when the request has none.
 *
 * @throws AwsError AccessDenied for a wrong or used code, or a device that is not the caller's.
 */
export async function verifiedMfa(
  { SerialNumber, TokenCode }: MfaInput,
  { caller, ports, now }: CallContext,
): Promise<readonly Operation[] | undefined> {
  if (SerialNumber === undefined && TokenCode === undefined) return undefined;
  if (SerialNumber === undefined || TokenCode === undefined) {
    throw validationError('SerialNumber and TokenCode must be specified together.');
  }
  const { principal, session } = caller;
  const used =
    principal?.kind === 'role' || principal === undefined || session !== undefined
      ? undefined
      : await ports.identity.verifyMfa(principal, SerialNumber, TokenCode, now);
  if (used !== undefined) return used;
  throw accessDenied('MultiFactorAuthentication failed with invalid MFA one time pass code. ');
}
