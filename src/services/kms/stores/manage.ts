import { randomBytes } from 'node:crypto';
import type * as Sdk from '@aws-sdk/client-kms';
import { awsError, change, type Operations } from '../../../platform/service.ts';
import { put, remove } from '../../../store/operations.ts';
import { keyStores, keys } from '../collections.ts';
import { limitExceeded, validation } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { KeyStoreRecord } from '../records.ts';
import { storeKey, storeNotFound, storeOf, storesOf, wrongStoreState } from './find-store.ts';
import { changedHsm, newHsm } from './hsm-facts.ts';
import { storePermission } from './permission.ts';
import { shownStore } from './shown-store.ts';
import { changedXks, newXks } from './xks/facts.ts';

/** Source: AWS KMS Developer Guide, "Resource quotas". */
const MOST_STORES = 10;
const HSM_INPUTS = ['CloudHsmClusterId', 'TrustAnchorCertificate', 'KeyStorePassword'] as const;
const XKS_INPUTS = [
  'XksProxyUriEndpoint',
  'XksProxyUriPath',
  'XksProxyConnectivity',
  'XksProxyVpcEndpointServiceName',
  'XksProxyVpcEndpointServiceOwner',
  'XksProxyAuthenticationCredential',
] as const;

/** Source: AWS KMS API Reference, "CreateCustomKeyStore" and its neighbours; docs/kms.md says what a cluster is here. */
export const keyStoreOperations = {
  CreateCustomKeyStore: {
    conditionKeys: ['kms:CallerAccount'],
    redact: ['KeyStorePassword', 'XksProxyAuthenticationCredential'],
    authorise: (_input, context) => [storePermission(context, 'CreateCustomKeyStore')],
    async handle(input, context) {
      const { account, region, now } = context;
      const type = input.CustomKeyStoreType ?? 'AWS_CLOUDHSM';
      refuseInputs(input, type === 'AWS_CLOUDHSM' ? XKS_INPUTS : HSM_INPUTS, type);
      const others = await storesOf(context);
      if (others.length >= MOST_STORES) {
        throw limitExceeded(`An account has at most ${MOST_STORES} custom key stores in a Region.`);
      }
      demandName(
        others.map(({ value }) => value),
        '',
        input.CustomKeyStoreName,
      );
      const id = `cks-${randomBytes(9).toString('hex').slice(0, 17)}`;
      const identity = {
        account,
        region,
        id,
        name: input.CustomKeyStoreName,
        createdAt: now.getTime(),
        state: 'DISCONNECTED' as const,
      };
      const { operations, ...facts } =
        type === 'AWS_CLOUDHSM'
          ? await newHsm(context, id, input)
          : { xks: await newXks(context, identity, input), operations: [] };
      return change({ CustomKeyStoreId: id }, [
        ...operations,
        put(keyStores, storeKey(identity), { ...identity, ...facts }, 'absent'),
      ]);
    },
  },

  UpdateCustomKeyStore: {
    conditionKeys: ['kms:CallerAccount'],
    redact: ['KeyStorePassword', 'XksProxyAuthenticationCredential'],
    authorise: (_input, context) => [storePermission(context, 'UpdateCustomKeyStore')],
    async handle(input, context) {
      const found = await storeOf(context, input.CustomKeyStoreId);
      const store = found.value;
      refuseInputs(input, store.hsm ? XKS_INPUTS : HSM_INPUTS, shownStore(store).CustomKeyStoreType ?? '');
      const more = [...HSM_INPUTS, ...XKS_INPUTS].some((name) => Object.hasOwn(input, name));
      if (!mayUpdate(store, input)) throw wrongStoreState(store, 'UpdateCustomKeyStore');
      const name = input.NewCustomKeyStoreName ?? store.name;
      demandName(
        (await storesOf(context)).map(({ value }) => value),
        store.id,
        name,
      );
      const changed: KeyStoreRecord = {
        ...store,
        name,
        ...(store.hsm && { hsm: await changedHsm(context, store.id, store.hsm, input) }),
        ...(store.xks && more && { xks: await changedXks(context, store, store.xks, input) }),
      };
      return change({}, [put(keyStores, found.key, changed, found.version)]);
    },
  },

  DeleteCustomKeyStore: {
    conditionKeys: ['kms:CallerAccount'],
    authorise: (_input, context) => [storePermission(context, 'DeleteCustomKeyStore')],
    async handle({ CustomKeyStoreId }, context) {
      const found = await storeOf(context, CustomKeyStoreId);
      const { account, region, id, state, name } = found.value;
      const held = await context.store.list(keys, {
        index: 'store',
        equals: `${account}/${region}/${id}`,
        limit: 1,
      });
      if (held.records.length > 0) {
        throw awsError('CustomKeyStoreHasCMKsException', `Custom key store ${name} contains KMS keys.`);
      }
      if (state === 'CONNECTED') throw wrongStoreState(found.value, 'DeleteCustomKeyStore');
      return change({}, [remove(keyStores, found.key, found.version)]);
    },
  },

  DescribeCustomKeyStores: {
    conditionKeys: ['kms:CallerAccount'],
    authorise: (_input, context) => [storePermission(context, 'DescribeCustomKeyStores')],
    async handle(input, context) {
      const { CustomKeyStoreId, CustomKeyStoreName } = input;
      if (CustomKeyStoreId !== undefined && CustomKeyStoreName !== undefined) {
        throw validation('CustomKeyStoreId and CustomKeyStoreName cannot both be set.');
      }
      if (CustomKeyStoreId !== undefined) {
        const { value } = await storeOf(context, CustomKeyStoreId);
        return { CustomKeyStores: [shownStore(value)], Truncated: false };
      }
      const all = (await storesOf(context)).map(({ value }) => value);
      const named = all.filter(({ name }) => CustomKeyStoreName === undefined || name === CustomKeyStoreName);
      if (CustomKeyStoreName !== undefined && named.length === 0) throw storeNotFound(CustomKeyStoreName);
      const { items, ...page } = pageOf(named, ({ id }) => id, input, MOST_STORES);
      return { CustomKeyStores: items.map(shownStore), ...page };
    },
  },
} satisfies Operations<typeof Sdk>;

const WHILE_CONNECTED: ReadonlySet<string> = new Set(['XksProxyAuthenticationCredential', 'XksProxyUriPath']);

/** Source: AWS KMS API Reference, "UpdateCustomKeyStore": what may change while a store is connected. */
function mayUpdate({ state }: KeyStoreRecord, input: object): boolean {
  if (state === 'DISCONNECTED') return true;
  const given = [...HSM_INPUTS, ...XKS_INPUTS].filter((name) => Object.hasOwn(input, name));
  return state === 'CONNECTED' && given.every((name) => WHILE_CONNECTED.has(name));
}

function demandName(stores: readonly KeyStoreRecord[], id: string, name: string): void {
  if (!stores.some((each) => each.id !== id && each.name === name)) return;
  throw awsError('CustomKeyStoreNameInUseException', `Custom key store name ${name} is already in use.`);
}

function refuseInputs(input: object, names: readonly string[], type: string): void {
  const given = names.find((name) => Object.hasOwn(input, name));
  if (given !== undefined) throw validation(`${given} is not valid for CustomKeyStoreType ${type}.`);
}
