import { KEEPER_CONTEXT } from '../../keeper/client/index.ts';
import type { CallContext } from '../../platform/context.ts';
import { validation } from './errors.ts';
import { kept } from './material.ts';

/**
 * A keeper must not be sealed by a KMS that hangs on its own root key: neither could ever be unsealed again.
 *
 * @throws AwsError ValidationException
 */
export async function refuseOwnSeal(
  { ports }: Pick<CallContext, 'ports'>,
  pairs: Readonly<Record<string, string>> | undefined,
): Promise<void> {
  const named = pairs?.[KEEPER_CONTEXT];
  if (named === undefined) return;
  const { rootId } = await kept(ports.keeper.status());
  if (named === rootId) throw validation('A keeper cannot be sealed by the KMS whose keys it holds.');
}
