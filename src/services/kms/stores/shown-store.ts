import type { CustomKeyStoresListEntry } from '@aws-sdk/client-kms';
import type { KeyStoreRecord } from '../records.ts';

/** A custom key store as DescribeCustomKeyStores answers it; no password and no secret of it is ever shown. */
export function shownStore({
  id,
  name,
  state,
  error,
  createdAt,
  hsm,
  xks,
}: KeyStoreRecord): CustomKeyStoresListEntry {
  return {
    CustomKeyStoreId: id,
    CustomKeyStoreName: name,
    CustomKeyStoreType: hsm ? 'AWS_CLOUDHSM' : 'EXTERNAL_KEY_STORE',
    ConnectionState: state,
    CreationDate: new Date(createdAt),
    ...(error !== undefined && {
      ConnectionErrorCode: error as CustomKeyStoresListEntry['ConnectionErrorCode'],
    }),
    ...(hsm && { CloudHsmClusterId: hsm.clusterId, TrustAnchorCertificate: hsm.trustAnchor }),
    ...(xks && {
      XksProxyConfiguration: {
        Connectivity: xks.connectivity,
        AccessKeyId: xks.accessKeyId,
        UriEndpoint: xks.endpoint,
        UriPath: xks.path,
        ...(xks.vpcService !== undefined && { VpcEndpointServiceName: xks.vpcService }),
        ...(xks.vpcOwner !== undefined && { VpcEndpointServiceOwner: xks.vpcOwner }),
      },
    }),
  };
}
