import { ACCOUNTS, type Account } from '../../platform/accounts.ts';
import type { StoreReader } from '../../platform/context.ts';
import type { Collection } from '../../store/collection.ts';
import { check, put } from '../../store/operations.ts';
import type { Operation, PageQuery, StoredRecord } from '../../store/store.ts';
import { members, organizations, units } from './collections.ts';
import { notFound, notInUse } from './errors.ts';
import type { MemberRecord, OrganizationRecord, Place, UnitRecord } from './records.ts';

export type Found<T> = StoredRecord<T>;

interface Asking {
  readonly store: StoreReader;
  readonly account: string;
}

/** The organisation that an account is in. */
export async function organizationOf(
  store: StoreReader,
  account: string,
): Promise<Found<OrganizationRecord> | undefined> {
  const member = await store.get(members, account);
  return member && store.get(organizations, member.value.org);
}

/** The organisation of the caller. @throws AwsError AWSOrganizationsNotInUse. */
export async function ownOrganization({ store, account }: Asking): Promise<Found<OrganizationRecord>> {
  const found = await organizationOf(store, account);
  if (found === undefined) throw notInUse();
  return found;
}

/** Every record that a query selects. */
export async function everyOf<T>(
  store: StoreReader,
  collection: Collection<T>,
  query: PageQuery,
): Promise<readonly Found<T>[]> {
  const records: Found<T>[] = [];
  let after: string | undefined;
  do {
    const page = await store.list(collection, { ...query, limit: 1_000, ...(after && { after }) });
    records.push(...page.records);
    after = page.next;
  } while (after !== undefined);
  return records;
}

/** A member of the organisation. @throws AwsError AccountNotFound. */
export async function memberOf(
  store: StoreReader,
  org: string,
  account: string,
): Promise<Found<MemberRecord>> {
  const found = await store.get(members, account);
  if (found?.value.org !== org) throw notFound('account');
  return found;
}

/** @throws AwsError OrganizationalUnitNotFound. */
export async function unitOf(store: StoreReader, org: string, id: string): Promise<Found<UnitRecord>> {
  const found = await store.get(units, id);
  if (found?.value.org !== org) throw notFound('unit');
  return found;
}

/** A root, unit or account of the organisation as something that policies and tags hang on. */
export type FoundPlace =
  | { readonly kind: 'root'; readonly found: Found<OrganizationRecord> }
  | { readonly kind: 'unit'; readonly found: Found<UnitRecord> }
  | { readonly kind: 'account'; readonly found: Found<MemberRecord> };

export async function placeOf(
  store: StoreReader,
  org: Found<OrganizationRecord>,
  id: string,
): Promise<FoundPlace | undefined> {
  if (id === org.value.id) return { kind: 'root', found: org };
  if (id.startsWith('ou-')) {
    const found = await store.get(units, id);
    return found?.value.org === org.value.org ? { kind: 'unit', found } : undefined;
  }
  const found = await store.get(members, id);
  return found?.value.org === org.value.org ? { kind: 'account', found } : undefined;
}

/** Writes a place that was read, with some members changed. */
export function savePlace({ kind, found }: FoundPlace, changes: Partial<Place>): Operation {
  const { key, version } = found;
  if (kind === 'root') return put(organizations, key, { ...found.value, ...changes }, version);
  if (kind === 'unit') return put(units, key, { ...found.value, ...changes }, version);
  return put(members, key, { ...found.value, ...changes }, version);
}

/** Demands at the commit that a root or unit is still there as it was read. */
export function holdParent({ kind, found }: FoundPlace): Operation {
  return kind === 'root'
    ? check(organizations, found.key, found.version)
    : check(units, found.key, found.version);
}

/** A root or unit, which accounts and units can be in. */
export async function parentOf(
  store: StoreReader,
  org: Found<OrganizationRecord>,
  id: string,
): Promise<FoundPlace | undefined> {
  const place = await placeOf(store, org, id);
  return place?.kind === 'account' ? undefined : place;
}

/** The places above one, from its parent up to the root. */
export async function pathUp(
  store: StoreReader,
  root: OrganizationRecord,
  parent: string,
): Promise<readonly Place[]> {
  const path: Place[] = [];
  let id = parent;
  while (id !== root.id) {
    const unit = (await store.get(units, id))?.value;
    if (unit === undefined) break;
    path.push(unit);
    id = unit.parent;
  }
  return [...path, root];
}

/** What the platform knows of an account. */
export async function accountFacts(store: StoreReader, account: string): Promise<Account> {
  const found = await store.get(ACCOUNTS, account);
  if (found === undefined) throw notFound('account');
  return found.value;
}
