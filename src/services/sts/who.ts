import type * as Sts from '@aws-sdk/client-sts';
import { NO_PERMISSION_NEEDED, type Operations } from '../../platform/service.ts';
import { validationError } from './errors.ts';

/** Source: AWS STS API Reference, "GetCallerIdentity" and "GetAccessKeyInfo". */
export const whoOperations = {
  GetCallerIdentity: {
    authorise: NO_PERMISSION_NEEDED,
    async handle(_input, { caller }) {
      return { UserId: caller.userId, Account: caller.account, Arn: caller.arn };
    },
  },

  GetAccessKeyInfo: {
    authorise: () => [{ action: 'sts:GetAccessKeyInfo', resource: '*' }],
    async handle(input, { ports }) {
      const account = ports.credentials.accountOf(input.AccessKeyId);
      if (account === undefined) throw validationError(`Invalid access key id: ${input.AccessKeyId}`);
      return { Account: account };
    },
  },
} satisfies Operations<typeof Sts>;
