import type { CallContext } from '../../../../platform/context.ts';
import { awsError } from '../../../../platform/service.ts';
import { validation } from '../../errors.ts';
import type { KeyStoreRecord, XksFacts } from '../../records.ts';
import { storesOf } from '../find-store.ts';
import { demandHealth, secretPurpose } from './external-key.ts';
import { storingRefusal } from './refusal.ts';

/** What is said of a proxy when a key store is made or changed. */
export interface XksInput {
  readonly XksProxyUriEndpoint?: string | undefined;
  readonly XksProxyUriPath?: string | undefined;
  readonly XksProxyConnectivity?: XksFacts['connectivity'] | undefined;
  readonly XksProxyVpcEndpointServiceName?: string | undefined;
  readonly XksProxyVpcEndpointServiceOwner?: string | undefined;
  readonly XksProxyAuthenticationCredential?:
    | { readonly AccessKeyId: string; readonly RawSecretAccessKey: string }
    | undefined;
}

type Identity = Omit<KeyStoreRecord, 'hsm' | 'xks'>;

/** The facts of a new external key store. @throws AwsError ValidationException, Xks… */
export async function newXks(context: CallContext, store: Identity, input: XksInput): Promise<XksFacts> {
  const { XksProxyUriEndpoint: endpoint, XksProxyUriPath: path, XksProxyConnectivity: connectivity } = input;
  const credential = input.XksProxyAuthenticationCredential;
  if (!endpoint || !path || !connectivity || !credential) {
    throw validation(
      'XksProxyUriEndpoint, XksProxyUriPath, XksProxyConnectivity and XksProxyAuthenticationCredential are required for CustomKeyStoreType EXTERNAL_KEY_STORE.',
    );
  }
  const facts = { endpoint, path, connectivity, accessKeyId: '', secret: '' };
  return checked(context, store, await withInput(context, store, facts, input), 'CreateCustomKeyStore');
}

/** The facts of an external key store that changes. */
export async function changedXks(
  context: CallContext,
  store: Identity,
  xks: XksFacts,
  input: XksInput,
): Promise<XksFacts> {
  return checked(context, store, await withInput(context, store, xks, input), 'UpdateCustomKeyStore');
}

async function withInput(
  { ports, account }: CallContext,
  store: Identity,
  xks: XksFacts,
  input: XksInput,
): Promise<XksFacts> {
  const credential = input.XksProxyAuthenticationCredential;
  const connectivity = input.XksProxyConnectivity ?? xks.connectivity;
  const { vpcService: service, vpcOwner: owner, ...rest } = xks;
  const vpcService = input.XksProxyVpcEndpointServiceName ?? service;
  const vpcOwner = input.XksProxyVpcEndpointServiceOwner ?? owner ?? account;
  return {
    ...rest,
    endpoint: input.XksProxyUriEndpoint ?? xks.endpoint,
    path: input.XksProxyUriPath ?? xks.path,
    connectivity,
    ...(connectivity === 'VPC_ENDPOINT_SERVICE' && vpcService !== undefined && { vpcService, vpcOwner }),
    ...(credential && {
      accessKeyId: credential.AccessKeyId,
      secret: await ports.seal.seal(credential.RawSecretAccessKey, secretPurpose(store)),
    }),
  };
}

/** A proxy has to be well before its store is made or changed; behind a VPC endpoint, when it is connected. */
async function checked(
  context: CallContext,
  store: Identity,
  xks: XksFacts,
  operation: string,
): Promise<XksFacts> {
  if (xks.connectivity === 'VPC_ENDPOINT_SERVICE' && xks.vpcService === undefined) {
    throw validation(
      'XksProxyVpcEndpointServiceName is required for XksProxyConnectivity VPC_ENDPOINT_SERVICE.',
    );
  }
  await demandFree(context, store.id, xks);
  if (xks.connectivity === 'VPC_ENDPOINT_SERVICE') return xks;
  try {
    await demandHealth(context, { ...store, xks }, operation);
    return xks;
  } catch (error) {
    throw storingRefusal(error);
  }
}

/** No two stores share a proxy's address, nor a VPC endpoint service. */
async function demandFree(context: CallContext, id: string, xks: XksFacts): Promise<void> {
  for (const { value } of await storesOf(context)) {
    const other = value.xks;
    if (value.id === id || !other) continue;
    if (other.endpoint === xks.endpoint && other.path === xks.path) {
      throw awsError('XksProxyUriInUseException', `${xks.endpoint}${xks.path} is used by another key store.`);
    }
    const apart = other.connectivity === 'PUBLIC_ENDPOINT' && xks.connectivity === 'PUBLIC_ENDPOINT';
    if (other.endpoint === xks.endpoint && !apart) {
      throw awsError('XksProxyUriEndpointInUseException', `${xks.endpoint} is used by another key store.`);
    }
    if (xks.vpcService !== undefined && other.vpcService === xks.vpcService) {
      throw awsError(
        'XksProxyVpcEndpointServiceInUseException',
        `${xks.vpcService} is used by another key store.`,
      );
    }
  }
}
