import { createHash, X509Certificate } from 'node:crypto';
import { KeeperError } from '../../../keeper/client/index.ts';
import type { CallContext } from '../../../platform/context.ts';
import { awsError } from '../../../platform/service.ts';
import { accountKeys } from '../collections.ts';
import { invalidState, keeperRefusal } from '../errors.ts';
import type { HsmFacts, KeyStoreRecord } from '../records.ts';

type Asking = Pick<CallContext, 'store' | 'ports'>;
type Field = string | Uint8Array;

/** A key store with what is known of its token. */
export type HsmStore = KeyStoreRecord & { readonly hsm: HsmFacts };

/**
 * Refuses a cluster that no operator described to the keeper, or another certificate than is described.
 *
 * @param otherCertificate the error when only the certificate is another.
 * @throws AwsError CloudHsmClusterNotFoundException, IncorrectTrustAnchorException, …
 */
export async function demandCluster(
  { ports }: Pick<CallContext, 'ports'>,
  clusterId: string,
  trustAnchor: string,
  otherCertificate: string,
): Promise<void> {
  try {
    await ports.keeper.ask('hsm-cluster', [clusterId, fingerprint(trustAnchor)]);
  } catch (error) {
    if (!(error instanceof KeeperError) || error.code !== 'hsm') throw keeperRefusal(error);
    if (error.message === 'TRUST_ANCHOR') throw awsError(otherCertificate, '');
    if (error.message === 'CLUSTER_NOT_FOUND') {
      throw awsError('CloudHsmClusterNotFoundException', `Cluster ${clusterId} is not found.`);
    }
    const message = 'The description of the cluster cannot be used; the keeper says why on the console.';
    throw awsError('CloudHsmClusterInvalidConfigurationException', message);
  }
}

/** SHA-256 of a certificate in PEM. @throws AwsError IncorrectTrustAnchorException when it is none. */
function fingerprint(pem: string): string {
  try {
    return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
  } catch {
    throw awsError('IncorrectTrustAnchorException', 'The trust anchor certificate is not a certificate.');
  }
}

/** Signs the keeper in to the token of a store. @returns the connection error, undefined when there is none. */
export async function connectHsm(context: Asking, store: HsmStore): Promise<string | undefined> {
  try {
    await signIn(context, store);
    return undefined;
  } catch (error) {
    if (!(error instanceof KeeperError) || error.code !== 'hsm') throw keeperRefusal(error);
    return error.message === 'INVALID_CONFIGURATION' ? 'INTERNAL_ERROR' : error.message;
  }
}

/**
 * Asks the keeper for something at the token of a connected store. A keeper that was started again, or whose token was,
 * is signed in anew.
 *
 * @throws AwsError KMSInvalidStateException when the token does not do it; what else the keeper refuses.
 */
export async function askHsm(
  context: Asking,
  store: HsmStore,
  operation: string,
  fields: readonly Field[],
): Promise<readonly Buffer[]> {
  const { keeper } = context.ports;
  try {
    return await keeper.ask(operation, fields);
  } catch (error) {
    if (!(error instanceof KeeperError) || error.code !== 'miss') throw hsmRefusal(error, store);
  }
  try {
    await signIn(context, store);
    return await keeper.ask(operation, fields);
  } catch (error) {
    throw hsmRefusal(error, store);
  }
}

async function signIn({ store: reader, ports }: Asking, { account, id, hsm }: HsmStore): Promise<void> {
  const accountKey = await reader.get(accountKeys, account);
  if (!accountKey) throw new Error(`the key of account ${account} is not in the store`);
  await ports.keeper.ask('hsm-connect', [
    account,
    Buffer.from(accountKey.value.wrapped, 'base64'),
    id,
    hsm.clusterId,
    Buffer.from(hsm.password, 'base64'),
  ]);
}

const REASONS: Readonly<Record<string, string>> = {
  KEY_NOT_FOUND: 'the key material is not in the cluster',
  INVALID_CREDENTIALS: 'the password of the key store is not the one of the user in the cluster',
  USER_LOCKED_OUT: 'the user of the key store is locked out of the cluster',
  USER_NOT_FOUND: 'the user of the key store is not found in the cluster',
  CLUSTER_NOT_FOUND: 'the cluster is not found',
};

/** Source: AWS KMS API Reference, "KMSInvalidStateException": a general failure of keys in custom key stores. */
function hsmRefusal(error: unknown, { name }: HsmStore): unknown {
  if (!(error instanceof KeeperError)) return error;
  if (error.code !== 'hsm' && error.code !== 'miss') return keeperRefusal(error);
  const reason = REASONS[error.message] ?? 'the cluster does not answer as it should';
  return invalidState(`The custom key store ${name} cannot be used: ${reason}.`);
}
