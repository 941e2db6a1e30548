import type * as Sdk from '@aws-sdk/client-kms';
import type { CallContext } from '../../../platform/context.ts';
import { change, type Operations } from '../../../platform/service.ts';
import { put } from '../../../store/operations.ts';
import type { Operation, StoredRecord } from '../../../store/store.ts';
import { keyStores } from '../collections.ts';
import { kept } from '../material.ts';
import type { KeyStoreRecord } from '../records.ts';
import { storeOf, wrongStoreState } from './find-store.ts';
import { connectHsm } from './hsm.ts';
import { storePermission } from './permission.ts';
import { demandHealth } from './xks/external-key.ts';
import { connectionError } from './xks/refusal.ts';

/**
 * Connecting ends before the answer, where AWS takes minutes: CONNECTING and DISCONNECTING are never seen. As in AWS the
 * answer is empty also when connecting failed; `DescribeCustomKeyStores` says why.
 */
export const connecting = {
  ConnectCustomKeyStore: {
    conditionKeys: ['kms:CallerAccount'],
    authorise: (_input, context) => [storePermission(context, 'ConnectCustomKeyStore')],
    async handle({ CustomKeyStoreId }, context) {
      const found = await storeOf(context, CustomKeyStoreId);
      if (found.value.state === 'CONNECTED') return {};
      if (found.value.state === 'FAILED') throw wrongStoreState(found.value, 'ConnectCustomKeyStore');
      const error = await connected(context, found.value);
      return change({}, [moved(found, error === undefined ? 'CONNECTED' : 'FAILED', error)]);
    },
  },

  DisconnectCustomKeyStore: {
    conditionKeys: ['kms:CallerAccount'],
    authorise: (_input, context) => [storePermission(context, 'DisconnectCustomKeyStore')],
    async handle({ CustomKeyStoreId }, context) {
      const found = await storeOf(context, CustomKeyStoreId);
      if (found.value.state === 'DISCONNECTED')
        throw wrongStoreState(found.value, 'DisconnectCustomKeyStore');
      if (found.value.hsm) await kept(context.ports.keeper.ask('hsm-disconnect', [CustomKeyStoreId]));
      return change({}, [moved(found, 'DISCONNECTED')]);
    },
  },
} satisfies Operations<typeof Sdk>;

/** The connection error, undefined when it is connected. */
async function connected(context: CallContext, store: KeyStoreRecord): Promise<string | undefined> {
  if (store.hsm) return connectHsm(context, { ...store, hsm: store.hsm });
  if (!store.xks) throw new Error(`key store ${store.id} is of no kind`);
  try {
    await demandHealth(context, { ...store, xks: store.xks }, 'ConnectCustomKeyStore');
    return undefined;
  } catch (error) {
    return connectionError(error);
  }
}

function moved(
  { key, value, version }: StoredRecord<KeyStoreRecord>,
  state: KeyStoreRecord['state'],
  error?: string,
): Operation {
  const { error: _before, ...rest } = value;
  return put(keyStores, key, { ...rest, state, ...(error !== undefined && { error }) }, version);
}
