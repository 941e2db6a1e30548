import type { CallContext } from '../../platform/context.ts';
import { put } from '../../store/operations.ts';
import type { Operation } from '../../store/store.ts';
import { materials } from './collections.ts';
import { accountKeyFor, kept, materialKey } from './material.ts';
import type { KeyRecord } from './records.ts';

/** A new key with its first material; one with imported material waits for it. */
export async function withMaterial(
  context: CallContext,
  key: KeyRecord,
): Promise<{ readonly key: KeyRecord; readonly operations: readonly Operation[] }> {
  const accountKey = await accountKeyFor(context);
  if (key.origin === 'EXTERNAL') return { key, operations: accountKey.operations };
  const { account, id, spec } = key;
  const { materialId, wrapped, publicKey } = await kept(
    context.ports.keeper.generate(account, accountKey.wrapped, id, spec),
  );
  return {
    key: {
      ...key,
      materials: [{ id: materialId, state: 'CURRENT' }],
      current: materialId,
      ...(publicKey.length > 0 && { publicKey: publicKey.toString('base64') }),
    },
    operations: [
      ...accountKey.operations,
      put(
        materials,
        materialKey(account, id, materialId),
        { spec, wrapped: wrapped.toString('base64') },
        'absent',
      ),
    ],
  };
}
