import { validation } from './errors.ts';

/** Members of an operation that decrypts which say that it is only tried. */
export interface Trying {
  readonly DryRun?: boolean | undefined;
  readonly DryRunModifiers?: readonly string[] | undefined;
}

/**
 * Whether only permissions are tried, without a look at the ciphertext: then the request names the key. Source: AWS KMS
 * API Reference, "Decrypt", DryRunModifiers.
 *
 * @param member the name of the member that names the key.
 * @throws AwsError ValidationException
 */
export function ignoresCiphertext(
  { DryRun, DryRunModifiers = [] }: Trying,
  keyId: string | undefined,
  member: string,
): boolean {
  if (DryRunModifiers.length === 0) return false;
  if (!DryRun) throw validation('DryRunModifiers is only valid when DryRun is true.');
  if (keyId === undefined)
    throw validation(`${member} is required when DryRunModifiers is IGNORE_CIPHERTEXT.`);
  return true;
}
