import type { Material, SealedMaterial } from '../../keeper/client/index.ts';
import type { CallContext, StoreReader } from '../../platform/context.ts';
import { put } from '../../store/operations.ts';
import type { Operation } from '../../store/store.ts';
import { accountKeys, materials } from './collections.ts';
import { underCurrentRoot } from './current-root.ts';
import { invalidCiphertext, keeperRefusal } from './errors.ts';
import type { KeyRecord } from './records.ts';
import { isMissing } from './state.ts';

type Field = string | Uint8Array;

/** The material of a key as the keeper is asked for it. */
export function materialOf(
  { store }: { readonly store: StoreReader },
  { account, id }: KeyRecord,
  materialId: string,
): Material {
  return {
    account,
    keyId: id,
    materialId,
    async load(): Promise<SealedMaterial> {
      const [material, accountKey] = await Promise.all([
        store.get(materials, materialKey(account, id, materialId)),
        store.get(accountKeys, account),
      ]);
      if (!material || !accountKey) throw new Error(`the material of key ${id} is not in the store`);
      return {
        spec: material.value.spec,
        wrapped: Buffer.from(material.value.wrapped, 'base64'),
        accountKey: Buffer.from(accountKey.value.wrapped, 'base64'),
      };
    },
  };
}

export function materialKey(account: string, keyId: string, materialId: string): string {
  return `${account}/${keyId}/${materialId}`;
}

/** Asks the keeper with the current material of a key. @throws AwsError what the keeper refuses. */
export function useKey(
  context: CallContext,
  key: KeyRecord,
  operation: string,
  ...fields: readonly Field[]
): Promise<readonly Buffer[]> {
  return useMaterial(context, key, key.current ?? '', operation, ...fields);
}

export function useMaterial(
  context: CallContext,
  key: KeyRecord,
  materialId: string,
  operation: string,
  ...fields: readonly Field[]
): Promise<readonly Buffer[]> {
  return kept(context.ports.keeper.use(materialOf(context, key, materialId), operation, ...fields));
}

const NOTHING = Buffer.alloc(0);

/** The first field of an answer. */
export function first([field]: readonly Buffer[]): Buffer {
  return field ?? NOTHING;
}

/** The answer of the keeper, its refusals in the words of KMS. */
export function kept<T>(asked: Promise<T>): Promise<T> {
  return asked.catch(refuse);
}

function refuse(error: unknown): never {
  throw keeperRefusal(error);
}

/** The material that a ciphertext names by the beginning of its id. @throws AwsError InvalidCiphertextException */
export function materialNamed({ materials: held }: KeyRecord, beginning: string, now: Date): string {
  const found = held.find(({ id, state }) => state !== 'PENDING_ROTATION' && id.startsWith(beginning));
  if (!found || isMissing(found, now.getTime())) throw invalidCiphertext();
  return found.id;
}

/** The account's key, sealed under the root key; the first key of an account makes it. */
export async function accountKeyFor({
  store,
  account,
  ports,
}: Pick<CallContext, 'store' | 'account' | 'ports'>): Promise<{
  readonly wrapped: Buffer;
  readonly operations: readonly Operation[];
}> {
  const stored = await store.get(accountKeys, account);
  if (stored) return { wrapped: Buffer.from(stored.value.wrapped, 'base64'), operations: [] };
  const demand = await underCurrentRoot({ store, ports });
  const [wrapped = Buffer.alloc(0)] = await kept(ports.keeper.ask('new-account-key', [account]));
  return {
    wrapped,
    operations: [demand, put(accountKeys, account, { wrapped: wrapped.toString('base64') }, 'absent')],
  };
}
