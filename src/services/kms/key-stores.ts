import type * as Sdk from '@aws-sdk/client-kms';
import { awsError, type Operations } from '../../platform/service.ts';

/**
 * Custom key stores cannot be made in this version: the operations that make and change them are not built, and the
 * list of them is empty.
 */
export const keyStores = {
  DescribeCustomKeyStores: {
    conditionKeys: ['kms:CallerAccount'],
    authorise: (_input, { account }) => [
      {
        action: 'kms:DescribeCustomKeyStores',
        resource: '*',
        context: { 'kms:CallerAccount': account },
      },
    ],
    async handle({ CustomKeyStoreId, CustomKeyStoreName }) {
      if (CustomKeyStoreId !== undefined || CustomKeyStoreName !== undefined) {
        throw awsError('CustomKeyStoreNotFoundException', '');
      }
      return { CustomKeyStores: [], Truncated: false };
    },
  },
} satisfies Operations<typeof Sdk>;
