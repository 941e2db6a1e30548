import type { CallContext } from '../../platform/context.ts';
import { awsError } from '../../platform/service.ts';
import { permissionOn } from './authorise.ts';
import { grantsOf } from './find.ts';
import type { FoundKey } from './found-key.ts';
import { constraintsIn, type GivenConstraints, isPrincipal } from './grant-rules.ts';
import type { GrantRecord } from './records.ts';

interface Asked {
  readonly Operations: readonly string[];
  readonly Constraints?: GivenConstraints | undefined;
}

/**
 * Who may create grants only by a grant can pass on no more than that grant gives: the same operations or fewer,
 * under the same constraint or a stricter one. Source: AWS KMS Developer Guide, "Granting CreateGrant permission".
 *
 * @throws AwsError AccessDeniedException
 */
export async function demandWithinOwnGrants(
  context: CallContext,
  found: FoundKey,
  asked: Asked,
): Promise<void> {
  const { grants: _grants, ...without } = found;
  const question = { action: 'kms:CreateGrant' };
  const byPolicies = await context.decide(permissionOn(context, { ...without, grants: undefined }, question));
  if (byPolicies.verdict === 'ALLOW') return;
  const own = (await grantsOf(context.store, found.stored.key)).filter(
    ({ grantee, granteeId, operations }) =>
      operations.includes('CreateGrant') && isPrincipal(context.caller, grantee, granteeId),
  );
  if (own.length === 0 || own.some((grant) => isWithin(grant, asked))) return;
  throw awsError(
    'AccessDeniedException',
    `User: ${context.caller.arn} is not authorized to perform: kms:CreateGrant on resource: ${found.arn} because the grant that allows it does not allow all operations of the new grant, or has a stricter constraint`,
    { status: 400 },
  );
}

function isWithin(grant: GrantRecord, { Operations, Constraints }: Asked): boolean {
  if (!Operations.every((each) => grant.operations.includes(each))) return false;
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = constraintsIn(Constraints);
  if (grant.equals)
    return equals !== undefined && isPart(grant.equals, equals) && isPart(equals, grant.equals);
  if (grant.subset) return isPart(grant.subset, equals ?? subset ?? {});
  return true;
}

function isPart(pairs: Readonly<Record<string, string>>, whole: Readonly<Record<string, string>>): boolean {
  return Object.entries(pairs).every(([name, value]) => Object.hasOwn(whole, name) && whole[name] === value);
}
