import type * as Sts from '@aws-sdk/client-sts';
import { decodedMessage } from '../../platform/authorization-message.ts';
import { awsError, NO_PERMISSION_NEEDED, type Operations } from '../../platform/service.ts';
import { validationError } from './errors.ts';

/** Source: AWS STS API Reference, "GetCallerIdentity", "GetAccessKeyInfo", "DecodeAuthorizationMessage". */
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

  DecodeAuthorizationMessage: {
    authorise: () => [{ action: 'sts:DecodeAuthorizationMessage', resource: '*' }],
    redact: ['DecodedMessage'],
    async handle({ EncodedMessage }, { account, ports }) {
      const DecodedMessage = await decodedMessage(EncodedMessage, account, ports.seal);
      if (DecodedMessage === undefined) {
        throw awsError('InvalidAuthorizationMessageException', 'Message is not valid.');
      }
      return { DecodedMessage };
    },
  },
} satisfies Operations<typeof Sts>;
