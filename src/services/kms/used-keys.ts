import type { KeyFact } from '../../model/key-fact.ts';
import type { CallContext, Permission } from '../../platform/context.ts';
import type { Store } from '../../store/store.ts';
import { authorisedKey } from './authorise.ts';
import { aliases, goneKeys, keys } from './collections.ts';
import { invalidState } from './errors.ts';
import { aliasKey, keyArn } from './find.ts';
import { lastUseOf } from './last-use.ts';
import type { GoneKeyRecord, KeyRecord } from './records.ts';
import { stateOf } from './state.ts';

const DAY_MILLISECONDS = 24 * 3_600_000;
const PAGE = 500;
const MOST_TOLD = 3;

export const USAGE_CONDITION = 'kms:TrailingDaysWithoutKeyUsage';

/**
 * Adds for how many whole days the key was not used, or is there unused.
 * Source: AWS KMS Developer Guide, "AWS KMS condition keys" (kms:TrailingDaysWithoutKeyUsage).
 */
export async function withUsage(
  context: CallContext,
  given: string,
  permission: Permission,
): Promise<Permission> {
  const { record } = authorisedKey(context, given);
  const since = (await lastUseOf(context, record))?.at ?? record.createdAt;
  const days = Math.floor(Math.max(0, context.now.getTime() - since) / DAY_MILLISECONDS);
  return { ...permission, context: { ...permission.context, [USAGE_CONDITION]: days } };
}

/** What others are told of a key. */
export function keyFact(record: KeyRecord, now: number): KeyFact {
  const { id, aliases, deletion } = record;
  return {
    id,
    arn: keyArn(record),
    aliases,
    state: stateOf(record, now),
    ...(deletion && { deletionDate: new Date(deletion.at).toISOString() }),
  };
}

/**
 * Only where the installation is set to it: a key under which the assessed environment keeps data stays usable.
 *
 * @throws AwsError KMSInvalidStateException that names what depends on the key.
 */
export async function refuseLoss(key: KeyRecord, { now, ports }: CallContext): Promise<void> {
  if (!ports.dependents.protectsKeys) return;
  const users = await ports.dependents.ofKey(keyFact(key, now.getTime()));
  if (users.length === 0) return;
  const more = users.length > MOST_TOLD ? ` and ${users.length - MOST_TOLD} more` : '';
  throw invalidState(
    `${keyArn(key)} is in use by ${users.slice(0, MOST_TOLD).join(', ')}${more}; this installation keeps keys that are in use (--protect-used-keys).`,
  );
}

/** More keys in trouble than a person looks at; the console asks for them again and again. */
const MOST_TROUBLED = 2_000;

/**
 * The keys of an account, in all Regions, that open nothing now or soon nothing any more, and those that are gone; of
 * each kind the first 2,000.
 */
export async function troubledKeys(
  store: Pick<Store, 'list' | 'get'>,
  account: string,
  now: number,
): Promise<readonly KeyFact[]> {
  return [...(await closedKeys(store, account, now)), ...(await lostKeys(store, account))];
}

/** An alias that was given to another key since means that one. */
async function lostKeys(store: Pick<Store, 'list' | 'get'>, account: string): Promise<readonly KeyFact[]> {
  const found: KeyFact[] = [];
  let after: string | undefined;
  do {
    const page = await store.list(goneKeys, {
      prefix: `${account}/`,
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    for (const { value } of page.records) found.push(await goneFact(store, value));
    after = page.next;
  } while (after !== undefined && found.length < MOST_TROUBLED);
  return found;
}

async function goneFact(store: Pick<Store, 'get'>, gone: GoneKeyRecord): Promise<KeyFact> {
  const { account, region, id, at } = gone;
  const free: string[] = [];
  for (const name of gone.aliases) {
    if (!(await store.get(aliases, aliasKey(account, region, name)))) free.push(name);
  }
  return {
    id,
    arn: keyArn(gone),
    aliases: free,
    state: 'Deleted',
    deletionDate: new Date(at).toISOString(),
  };
}

async function closedKeys(
  store: Pick<Store, 'list'>,
  account: string,
  now: number,
): Promise<readonly KeyFact[]> {
  const found: KeyFact[] = [];
  let after: string | undefined;
  do {
    const page = await store.list(keys, {
      index: 'troubled',
      equals: account,
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    found.push(...page.records.map(({ value }) => keyFact(value, now)));
    after = page.next;
  } while (after !== undefined && found.length < MOST_TROUBLED);
  return found;
}
