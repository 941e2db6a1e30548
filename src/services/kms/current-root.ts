import type { CallContext } from '../../platform/context.ts';
import { awsError } from '../../platform/service.ts';
import { check, put } from '../../store/operations.ts';
import type { Operation } from '../../store/store.ts';
import { currentRoots } from './collections.ts';
import { keeperRefusal } from './errors.ts';

const ONLY = 'current';

/**
 * What has to hold for a new account key: it lies under the root key that counts for this store. A node that was away
 * while another one made a new root key would seal it under the old one, which is destroyed.
 *
 * @throws AwsError KMSInternalException on such a node.
 */
export async function underCurrentRoot({
  store,
  ports,
}: Pick<CallContext, 'store' | 'ports'>): Promise<Operation> {
  const [stored, { rootId, previousRoots }] = await Promise.all([
    store.get(currentRoots, ONLY),
    ports.keeper.status().catch((error: unknown) => {
      throw keeperRefusal(error);
    }),
  ]);
  if (!stored) return put(currentRoots, ONLY, { rootId }, 'absent');
  if (stored.value.rootId === rootId) return check(currentRoots, ONLY, stored.version);
  // The one that made the new root key has the old one as well, until nothing lies under it.
  if (previousRoots > 0) return put(currentRoots, ONLY, { rootId }, stored.version);
  throw awsError(
    'KMSInternalException',
    'The seal of this node is of an earlier root key: give it the seal.json of the node that made the new one, and start it again.',
    { status: 500 },
  );
}

/** Makes the root key of this node the one that counts. */
export async function countsNow(
  { store }: Pick<CallContext, 'store'>,
  rootId: string,
): Promise<readonly Operation[]> {
  const stored = await store.get(currentRoots, ONLY);
  if (stored?.value.rootId === rootId) return [];
  return [put(currentRoots, ONLY, { rootId }, stored?.version ?? 'absent')];
}
