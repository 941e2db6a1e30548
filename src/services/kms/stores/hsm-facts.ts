import type { CallContext } from '../../../platform/context.ts';
import { awsError } from '../../../platform/service.ts';
import type { Operation } from '../../../store/store.ts';
import { validation } from '../errors.ts';
import { accountKeyFor, kept } from '../material.ts';
import type { HsmFacts } from '../records.ts';
import { storesOf } from './find-store.ts';
import { demandCluster } from './hsm.ts';

/** What is said of a token when a key store is made. */
export interface HsmInput {
  readonly CloudHsmClusterId?: string | undefined;
  readonly TrustAnchorCertificate?: string | undefined;
  readonly KeyStorePassword?: string | undefined;
}

/** The facts of a new key store in a token. @throws AwsError ValidationException, CloudHsmCluster… */
export async function newHsm(
  context: CallContext,
  id: string,
  { CloudHsmClusterId, TrustAnchorCertificate, KeyStorePassword }: HsmInput,
): Promise<{ readonly hsm: HsmFacts; readonly operations: readonly Operation[] }> {
  if (
    CloudHsmClusterId === undefined ||
    TrustAnchorCertificate === undefined ||
    KeyStorePassword === undefined
  ) {
    throw validation(
      'CloudHsmClusterId, TrustAnchorCertificate and KeyStorePassword are required for CustomKeyStoreType AWS_CLOUDHSM.',
    );
  }
  await demandFree(context, id, CloudHsmClusterId);
  await demandCluster(context, CloudHsmClusterId, TrustAnchorCertificate, 'IncorrectTrustAnchorException');
  const { password, operations } = await sealedPassword(context, id, KeyStorePassword);
  return { hsm: { clusterId: CloudHsmClusterId, trustAnchor: TrustAnchorCertificate, password }, operations };
}

/** The facts of a key store whose cluster or password changes. */
export async function changedHsm(
  context: CallContext,
  id: string,
  hsm: HsmFacts,
  { CloudHsmClusterId, KeyStorePassword }: HsmInput,
): Promise<HsmFacts> {
  let changed = hsm;
  if (CloudHsmClusterId !== undefined && CloudHsmClusterId !== hsm.clusterId) {
    await demandFree(context, id, CloudHsmClusterId);
    await demandCluster(context, CloudHsmClusterId, hsm.trustAnchor, 'CloudHsmClusterNotRelatedException');
    changed = { ...changed, clusterId: CloudHsmClusterId };
  }
  if (KeyStorePassword === undefined) return changed;
  const { password } = await sealedPassword(context, id, KeyStorePassword);
  return { ...changed, password };
}

/** Each key store has a cluster of its own. */
async function demandFree(context: CallContext, id: string, clusterId: string): Promise<void> {
  const stores = await storesOf(context);
  if (!stores.some(({ value }) => value.id !== id && value.hsm?.clusterId === clusterId)) return;
  throw awsError(
    'CloudHsmClusterInUseException',
    `Cluster ${clusterId} is associated with another key store.`,
  );
}

async function sealedPassword(context: CallContext, id: string, password: string) {
  const { account, ports } = context;
  const { wrapped, operations } = await accountKeyFor(context);
  const [sealed = Buffer.alloc(0)] = await kept(
    ports.keeper.ask('hsm-password', [account, wrapped, id, password]),
  );
  return { password: sealed.toString('base64'), operations };
}
