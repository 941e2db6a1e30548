import type { ContextValue } from '../../iam/request.ts';
import { contextBytes } from '../../keeper/client/index.ts';
import { type Recent, recent } from '../../kernel/recent.ts';
import type { CallContext, StoreReader } from '../../platform/context.ts';
import type { StoredRecord } from '../../store/store.ts';
import { aliases, grants, keyStores, keys, policies } from './collections.ts';
import { notFound, validation } from './errors.ts';
import type { FoundKey, KeyPlace } from './found-key.ts';
import { grantProgram } from './grant-program.ts';
import { rememberKey } from './known-keys.ts';
import { compiledPolicy } from './policy-document.ts';
import type { GrantRecord, KeyRecord } from './records.ts';

const ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;
const ARN = /^arn:aws:kms:([a-z0-9-]{1,32}):(\d{12}):(?:key\/([^/]+)|(alias\/.+))$/;
const MOST_KEPT = 20_000;

export function keyArn({ account, region, id }: Pick<KeyRecord, 'account' | 'region' | 'id'>): string {
  return `arn:aws:kms:${region}:${account}:key/${id}`;
}

export function keyKey({ account, region, id }: Pick<KeyRecord, 'account' | 'region' | 'id'>): string {
  return `${account}/${region}/${id}`;
}

export function aliasKey(account: string, region: string, name: string): string {
  return `${account}/${region}/${name}`;
}

/** Reads a key id, key ARN, alias name or alias ARN. @throws AwsError NotFoundException, as AWS does for nonsense. */
export function placeOf(
  given: string,
  { account, region }: Pick<CallContext, 'account' | 'region'>,
): KeyPlace {
  if (ID.test(given)) return { account, region, id: given };
  if (given.startsWith('alias/')) return { account, region, alias: given };
  const [, theirRegion = '', owner = '', id, alias] = ARN.exec(given) ?? [];
  if (owner === '') throw notFound.invalidId(given);
  if (theirRegion !== region) throw notFound.region(theirRegion);
  if (alias !== undefined) return { account: owner, region, alias };
  if (id === undefined || !ID.test(id)) throw notFound.invalidId(given);
  return { account: owner, region, id };
}

/** The key at a place; undefined when there is none. @throws AwsError NotFoundException for an unknown alias of one's own. */
export async function keyAt(context: CallContext, place: KeyPlace): Promise<FoundKey | undefined> {
  const { account, region, alias } = place;
  let id = place.id;
  if (alias !== undefined) {
    const found = await context.store.get(aliases, aliasKey(account, region, alias));
    if (!found) {
      if (account !== context.account) return undefined;
      throw notFound.alias(`arn:aws:kms:${region}:${account}:${alias}`);
    }
    id = found.value.keyId;
  }
  const known = await foundKey(context.store, `${account}/${region}/${id}`);
  if (!known) return undefined;
  const found = known.record.keyStore ? await withAvailability(context.store, known) : known;
  const named = alias === undefined ? found : { ...found, alias };
  if (!found.record.keyStore) rememberKey(context, place, named);
  return named;
}

/** A key in a custom key store can be used as long as that is connected. */
async function withAvailability(store: StoreReader, found: FoundKey): Promise<FoundKey> {
  const { account, region, keyStore } = found.record;
  const place = await store.get(keyStores, `${account}/${region}/${keyStore?.id}`);
  if (place?.value.state === 'CONNECTED') return found;
  return { ...found, record: { ...found.record, unavailable: true } };
}

/** The key of a store key, compiled; undefined when there is none. */
export async function foundKey(store: StoreReader, key: string): Promise<FoundKey | undefined> {
  const stored = await store.get(keys, key);
  return stored && compiled(store, stored);
}

const kept = new WeakMap<StoreReader, Recent<FoundKey>>();

async function compiled(store: StoreReader, stored: StoredRecord<KeyRecord>): Promise<FoundKey> {
  let cache = kept.get(store);
  if (!cache) {
    cache = recent(MOST_KEPT);
    kept.set(store, cache);
  }
  const before = cache.get(stored.key);
  if (before?.stored.version === stored.version) return before;
  const record = stored.value;
  const same = before?.record.revision === record.revision && before.record.createdAt === record.createdAt;
  const policy = same ? undefined : await store.get(policies, stored.key);
  const made: FoundKey = {
    stored,
    record,
    arn: keyArn(record),
    policy: same ? before.policy : policy && compiledPolicy(policy.value),
    grants: same ? before.grants : grantProgram(await grantsOf(store, stored.key)),
    context: contextOf(record),
  };
  cache.set(stored.key, made);
  return made;
}

function contextOf(record: KeyRecord): Record<string, ContextValue> {
  const { multiRegion, tags, region } = record;
  return {
    'kms:KeySpec': record.spec,
    'kms:KeyUsage': record.usage,
    'kms:KeyOrigin': record.origin,
    'kms:MultiRegion': multiRegion !== undefined,
    ...(multiRegion && { 'kms:MultiRegionKeyType': multiRegion.primary === region ? 'PRIMARY' : 'REPLICA' }),
    'kms:ResourceAliases': record.aliases,
    ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:ResourceTag/${name}`, value])),
  };
}

const GRANTS_PAGE = 1_000;

/** Every grant of a key. */
export async function grantsOf(store: StoreReader, key: string): Promise<readonly GrantRecord[]> {
  const all: GrantRecord[] = [];
  let after: string | undefined;
  do {
    const { records, next } = await store.list(grants, {
      from: `${key}/`,
      before: `${key}0`,
      limit: GRANTS_PAGE,
      ...(after !== undefined && { after }),
    });
    all.push(...records.map(({ value }) => value));
    after = next;
  } while (after !== undefined);
  return all;
}

/** All records of a multi-Region key, or the one of another key, as they are now. */
export async function relatedKeys(
  store: StoreReader,
  record: KeyRecord,
): Promise<readonly StoredRecord<KeyRecord>[]> {
  if (!record.multiRegion) {
    const own = await store.get(keys, keyKey(record));
    return own ? [own] : [];
  }
  const { records } = await store.list(keys, { index: 'related', equals: `${record.account}/${record.id}` });
  return records;
}

/** An operation that takes no alias. @throws AwsError NotFoundException */
export function refuseAlias(given: string): void {
  if (given.startsWith('alias/') || /^arn:aws:kms:[^:]*:[^:]*:alias\//.test(given))
    throw notFound.invalidId(given);
}

/** Two contexts of a re-encryption, the ciphertext and the material have to fit into one question to the keeper. */
const MOST_CONTEXT_BYTES = 16 * 1024;

/**
 * Names of an encryption context must not be empty, and it must not be too large for the keeper.
 *
 * @throws AwsError ValidationException
 */
export function contextKeys(context: Readonly<Record<string, string>> | undefined): readonly string[] {
  if (context === undefined) return [];
  const names = Object.keys(context);
  if (names.includes('')) throw validation('Encryption context keys cannot be empty.');
  if (isTooLarge(context, names))
    throw validation(`Encryption context must not be larger than ${MOST_CONTEXT_BYTES} bytes.`);
  return names;
}

/** A small one, as nearly all are, is not turned into bytes for that. */
function isTooLarge(context: Readonly<Record<string, string>>, names: readonly string[]): boolean {
  let most = 0;
  for (const name of names) most += 8 + 3 * (name.length + (context[name] ?? '').length);
  return most > MOST_CONTEXT_BYTES && contextBytes(context).length > MOST_CONTEXT_BYTES;
}
