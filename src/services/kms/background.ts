import type { ServiceHost } from '../../platform/service.ts';
import { check, remove } from '../../store/operations.ts';
import type { StoredRecord } from '../../store/store.ts';
import { keys, materials } from './collections.ts';
import { deleteKey } from './deletion.ts';
import { relatedKeys } from './find.ts';
import { save, saveShared } from './fresh.ts';
import { changingKeys } from './known-keys.ts';
import { materialKey } from './material.ts';
import type { KeyRecord, MaterialFacts } from './records.ts';
import { rotated } from './rotation.ts';
import { isMissing } from './state.ts';
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
  const { deletion, rotation } = key.value;
  if (deletion && deletion.at <= now) {
    const gone = await deleteKey(store, key, now);
    for (const each of gone) await ports.keeper.forget(each);
    await destroyInToken(host, key.value);
    return;
  }
  const expired = key.value.materials.filter(
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

/** The stored material goes with its last use: related multi-Region keys share it, and each has an expiry of its own. */
async function dropExpired(
  { store, ports }: ServiceHost,
  key: StoredRecord<KeyRecord>,
  expired: readonly MaterialFacts[],
  now: number,
): Promise<void> {
  const { account, id: keyId } = key.value;
  const related = await relatedKeys(store, key.value);
  const others = related.filter((each) => each.key !== key.key);
  const isShared = ({ id }: MaterialFacts) =>
    others.some(({ value }) => value.materials.some((each) => each.id === id && !isMissing(each, now)));
  const left = key.value.materials.map((each) =>
    expired.includes(each) ? { ...each, missing: true } : each,
  );
  const gone = expired.filter((each) => !isShared(each));
  await store.transact(
    changingKeys(
      [
        save(key, { materials: left }),
        ...others.map(({ key: name, version }) => check(keys, name, version)),
        ...gone.map(({ id }) => remove(materials, materialKey(account, keyId, id))),
      ],
      now,
    ),
  );
  for (const { id } of gone) await ports.keeper.forget({ account, keyId, materialId: id });
}
