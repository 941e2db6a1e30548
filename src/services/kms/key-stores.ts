import type * as Sdk from '@aws-sdk/client-kms';
import type { CallContext } from '../../platform/context.ts';
import { awsError, type Operations } from '../../platform/service.ts';
import { unsupported } from './errors.ts';

/**
 * Custom key stores: there are none, and none can be made in this version. The answers are those of AWS for an
 * account without any.
 */
export const keyStores = {
  CreateCustomKeyStore: {
    conditionKeys: ['kms:CallerAccount'],
    authorise: (_input, context) => [permission('kms:CreateCustomKeyStore', context)],
    async handle({ CustomKeyStoreType }) {
      const what =
        CustomKeyStoreType === 'EXTERNAL_KEY_STORE' ? 'External key stores' : 'CloudHSM key stores';
      throw unsupported(`${what} are not built in this version of Honmaru.`);
    },
  },
  DescribeCustomKeyStores: {
    conditionKeys: ['kms:CallerAccount'],
    authorise: (_input, context) => [permission('kms:DescribeCustomKeyStores', context)],
    async handle({ CustomKeyStoreId, CustomKeyStoreName }) {
      if (CustomKeyStoreId !== undefined || CustomKeyStoreName !== undefined) throw unknownStore();
      return { CustomKeyStores: [], Truncated: false };
    },
  },
  UpdateCustomKeyStore: {
    conditionKeys: ['kms:CallerAccount'],
    authorise: (_input, context) => [permission('kms:UpdateCustomKeyStore', context)],
    handle: refuseUnknown,
  },
  DeleteCustomKeyStore: {
    conditionKeys: ['kms:CallerAccount'],
    authorise: (_input, context) => [permission('kms:DeleteCustomKeyStore', context)],
    handle: refuseUnknown,
  },
  ConnectCustomKeyStore: {
    conditionKeys: ['kms:CallerAccount'],
    authorise: (_input, context) => [permission('kms:ConnectCustomKeyStore', context)],
    handle: refuseUnknown,
  },
  DisconnectCustomKeyStore: {
    conditionKeys: ['kms:CallerAccount'],
    authorise: (_input, context) => [permission('kms:DisconnectCustomKeyStore', context)],
    handle: refuseUnknown,
  },
} satisfies Operations<typeof Sdk>;

function permission(action: string, { account }: CallContext) {
  return { action, resource: '*', context: { 'kms:CallerAccount': account } };
}

async function refuseUnknown(): Promise<never> {
  throw unknownStore();
}

function unknownStore() {
  return awsError('CustomKeyStoreNotFoundException', '');
}
