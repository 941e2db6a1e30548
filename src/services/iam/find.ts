import { ACCOUNTS } from '../../platform/accounts.ts';
import type { CallContext, StoreReader } from '../../platform/context.ts';
import type { Collection } from '../../store/collection.ts';
import { put, remove } from '../../store/operations.ts';
import type { Expected, Operation } from '../../store/store.ts';
import { groups, instanceProfiles, nameKey, roles, serverCertificates, users } from './collections.ts';
import { NO_SUCH, overQuota, validationError } from './errors.ts';
import { parseArn } from './names.ts';
import { countNamed } from './paging.ts';
import { QUOTAS } from './quotas.ts';
import type {
  GroupRecord,
  InstanceProfileRecord,
  Named,
  RoleRecord,
  ServerCertificateRecord,
  UserRecord,
} from './records.ts';

/** A record as it was read, with the version that a change must meet. */
export interface Found<T> {
  readonly key: string;
  readonly value: T;
  readonly version: Expected;
}

/** Writes a record that was read, with some members changed. */
export function save<T>(collection: Collection<T>, found: Found<T>, changes: Partial<T> = {}): Operation {
  return put(collection, found.key, { ...found.value, ...changes }, found.version);
}

/** Deletes a record that was read. */
export function erase<T>(collection: Collection<T>, found: Found<T>): Operation {
  return found.version === 'absent'
    ? remove(collection, found.key)
    : remove(collection, found.key, found.version);
}

const KEPT = /^[ -~]{1,1000}$/;

/** Whether something may be kept under an id or a name: clients also ask for what the store cannot look for. */
function mayBeKept(text: string): boolean {
  return KEPT.test(text);
}

/** The thing of an account with a name, whatever its case. */
export async function named<T extends Named>(
  store: StoreReader,
  collection: Collection<T>,
  account: string,
  name: string,
): Promise<Found<T> | undefined> {
  if (!mayBeKept(name)) return undefined;
  const query = { index: 'name', equals: nameKey(account, name), limit: 1 };
  return (await store.list(collection, query)).records[0];
}

export async function byId<T>(
  store: StoreReader,
  collection: Collection<T>,
  id: string,
): Promise<Found<T> | undefined> {
  return mayBeKept(id) ? store.get(collection, id) : undefined;
}

/** The records of ids; ids without a record are left out. */
export async function eachOf<T>(
  store: StoreReader,
  collection: Collection<T>,
  ids: readonly string[],
): Promise<readonly Found<T>[]> {
  const found = await Promise.all(ids.map((id) => store.get(collection, id)));
  return found.filter((each) => each !== undefined);
}

export async function userNamed({ store, account }: CallContext, name: string): Promise<Found<UserRecord>> {
  const found = await named(store, users, account, name);
  if (found === undefined) throw NO_SUCH.user(name);
  return found;
}

export async function groupNamed({ store, account }: CallContext, name: string): Promise<Found<GroupRecord>> {
  const found = await named(store, groups, account, name);
  if (found === undefined) throw NO_SUCH.group(name);
  return found;
}

export async function roleNamed({ store, account }: CallContext, name: string): Promise<Found<RoleRecord>> {
  const found = await named(store, roles, account, name);
  if (found === undefined) throw NO_SUCH.role(name);
  return found;
}

export async function profileNamed(
  { store, account }: CallContext,
  name: string,
): Promise<Found<InstanceProfileRecord>> {
  const found = await named(store, instanceProfiles, account, name);
  if (found === undefined) throw NO_SUCH.instanceProfile(name);
  return found;
}

export async function serverCertificateNamed(
  { store, account }: CallContext,
  name: string,
): Promise<Found<ServerCertificateRecord>> {
  const found = await named(store, serverCertificates, account, name);
  if (found === undefined) throw NO_SUCH.serverCertificate(name);
  return found;
}

/** The user of a name or, without one, the user or root user that calls. */
export async function userOrCaller(
  context: CallContext,
  name: string | undefined,
): Promise<Found<UserRecord>> {
  if (name !== undefined) return userNamed(context, name);
  const { caller, store, account } = context;
  if (caller.kind === 'root') return rootUser(store, account);
  const found = caller.kind === 'user' && (await byId(store, users, caller.principal?.id ?? ''));
  if (!found) throw validationError('Must specify userName when calling with non-User credentials');
  return found;
}

/** The root user, whose record exists from when it first has a credential. */
export async function rootUser(store: StoreReader, account: string): Promise<Found<UserRecord>> {
  const found = await byId(store, users, account);
  if (found !== undefined) return found;
  const born = (await store.get(ACCOUNTS, account))?.value.created;
  const createdAt = born === undefined ? 0 : Date.parse(born);
  return { key: account, version: 'absent', value: bareUser(account, createdAt) };
}

function bareUser(account: string, createdAt: number): UserRecord {
  const facts = { account, id: account, name: 'root', path: '/', createdAt, tags: [] };
  return { ...facts, ...NOTHING_HELD, ...NO_CREDENTIALS, groups: [] };
}

/** What a fresh user, group or role holds. */
export const NOTHING_HELD = { inline: [], attached: [] } as const;
export const NO_CREDENTIALS = {
  accessKeys: [],
  mfaDevices: [],
  sshKeys: [],
  signingCertificates: [],
  serviceCredentials: [],
} as const;

/** The user or role that an ARN names now, in whichever account. */
export async function principalRecord(
  store: StoreReader,
  arn: string,
): Promise<{ kind: 'user'; value: UserRecord } | { kind: 'role'; value: RoleRecord } | undefined> {
  const parsed = parseArn(arn);
  if (parsed === undefined) return undefined;
  const { account, kind, name, path } = parsed;
  if (kind === 'user') {
    const user = await named(store, users, account, name);
    return isAt(user?.value, path, name) ? { kind, value: user.value } : undefined;
  }
  if (kind !== 'role') return undefined;
  const role = await named(store, roles, account, name);
  return isAt(role?.value, path, name) ? { kind, value: role.value } : undefined;
}

/** ARNs are compared with case, names in requests without. */
function isAt<T extends Named>(record: T | undefined, path: string, name: string): record is T {
  return record !== undefined && record.path === path && record.name === name;
}

/** @throws AwsError LimitExceeded when the account has as many as its quota allows. */
export async function demandRoom<T extends Named>(
  { store, account }: CallContext,
  collection: Collection<T>,
  quota: keyof typeof QUOTAS,
): Promise<void> {
  const most = QUOTAS[quota];
  if ((await countNamed(store, collection, account)) >= most) throw overQuota(quota, most);
}
