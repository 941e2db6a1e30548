import type { ServiceHost } from '../../platform/service.ts';
import type { StoredRecord } from '../../store/store.ts';
import { keys } from './collections.ts';
import { deleteKey } from './deletion.ts';
import { saveShared } from './fresh.ts';
import { changingKeys } from './known-keys.ts';
import type { KeyRecord } from './records.ts';
import { rotated } from './rotation.ts';
import { destroyInToken } from './stores/new-key.ts';

const PAGE = 100;

/**
 * Does what is due: deletes keys at the end of their waiting period, rotates, drops imported material that expired.
 * Several nodes may do it at once: whoever is slower finds the key changed and leaves it.
 */
export async function doWhatIsDue(host: ServiceHost, onDefect: (error: unknown) => void): Promise<void> {
  const now = host.now().getTime();
  const { records } = await host.store.list(keys, { index: 'due', before: now + 1, limit: PAGE });
  for (const key of records) {
    try {
      await doDue(host, key, now);
    } catch (error) {
      if ((error as { readonly code?: string }).code !== 'store-conflict') onDefect(error);
    }
  }
}

async function doDue(host: ServiceHost, key: StoredRecord<KeyRecord>, now: number): Promise<void> {
  const { store, ports } = host;
  const { deletion, rotation, materials } = key.value;
  if (deletion && deletion.at <= now) {
    const gone = await deleteKey(store, key, now);
    for (const each of gone) await ports.keeper.forget(each);
    await destroyInToken(host, key.value);
    return;
  }
  const expired = materials.filter(
    ({ expiresAt, missing }) => expiresAt !== undefined && expiresAt <= now && !missing,
  );
  if (expired.length > 0) {
    await dropExpired(host, key, expired, now);
    return;
  }
  if (!rotation || rotation.next > now || deletion) return;
  const { changed, operations } = await rotated({ store, ports, now: new Date(now) }, key.value, 'AUTOMATIC');
  const saved = await saveShared({ store }, key.value, () => changed);
  await store.transact(changingKeys([...operations, ...saved], now));
}

async function dropExpired(
  { store, ports }: ServiceHost,
  key: StoredRecord<KeyRecord>,
  expired: KeyRecord['materials'],
  now: number,
): Promise<void> {
  const { account, id, materials } = key.value;
  const left = materials.map((each) => (expired.includes(each) ? { ...each, missing: true } : each));
  const saved = await saveShared({ store }, key.value, (record) =>
    record.region === key.value.region ? { materials: left } : {},
  );
  await store.transact(changingKeys(saved, now));
  for (const each of expired) await ports.keeper.forget({ account, keyId: id, materialId: each.id });
}
