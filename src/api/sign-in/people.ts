import { principalOf, samePerson } from '../../decisions/person.ts';
import { NAMESPACE } from '../../decisions/ssh.ts';
import { users } from '../../services/iam/collections.ts';
import { collection } from '../../store/collection.ts';
import type { Store, StoredRecord } from '../../store/store.ts';
import { sshPublicKey } from '../decisions/ssh-passkey.ts';
import { PASSKEYS, type PasskeyRecord } from './passkey-records.ts';

/** For whom a user proposes and decides. Key: account and unique id. */
export interface PersonRecord {
  readonly account: string;
  readonly person: string;
}

export const PEOPLE = collection<PersonRecord>({
  name: 'console-people',
  indexes: { account: ({ account }) => account },
});

export function personKey(account: string, userId: string): string {
  return `${account}/${userId}`;
}

/** The name under which a user acts: the one that an administrator gave, else the user's own. */
export async function personOf(
  store: Store,
  account: string,
  user: { readonly id: string; readonly name: string },
): Promise<string> {
  return (await store.get(PEOPLE, personKey(account, user.id)))?.value.person ?? user.name;
}

export interface UserAndPerson {
  readonly id: string;
  readonly user: string;
  readonly person: string;
}

/** The users of an account with the names under which they act. */
export async function everyPerson(store: Store, account: string): Promise<readonly UserAndPerson[]> {
  const found: UserAndPerson[] = [];
  for (let after: string | undefined; ; ) {
    const page = await store.list(users, {
      index: 'name',
      prefix: `${account}/`,
      limit: 1_000,
      ...(after === undefined ? {} : { after }),
    });
    for (const { value } of page.records) {
      found.push({ id: value.id, user: value.name, person: await personOf(store, account, value) });
    }
    if (page.next === undefined) return found;
    after = page.next;
  }
}

/** The passkeys of whoever acts as the owner, as lines of `allowed_signers` (ssh-keygen(1), "ALLOWED SIGNERS"). */
export async function ownersSigners(
  store: Store,
  account: string,
  owner: string | undefined,
): Promise<string> {
  if (owner === undefined) return '';
  const owners = new Set<string>();
  const { records } = await store.list(PASSKEYS, { index: 'account', equals: account, limit: 1_000 });
  if (records.length === 0) return '';
  for (const { id, person } of await everyPerson(store, account)) {
    if (samePerson(person, owner)) owners.add(id);
  }
  return records
    .filter(({ value }) => owners.has(value.userId))
    .map((record) => signerLine(record, owner))
    .join('');
}

function signerLine({ value }: StoredRecord<PasskeyRecord>, owner: string): string {
  const { x, y, rpId, removedAt } = value;
  const key = { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') };
  const name = principalOf(owner).replaceAll('"', '');
  const principal = /\s/.test(name) ? `"${name}"` : name;
  const until = removedAt === undefined ? '' : ` valid-before="${stamp(removedAt)}"`;
  return `${principal} namespaces="${NAMESPACE}"${until} ${sshPublicKey(key, rpId)}\n`;
}

/** `YYYYMMDDHHMMSSZ` */
function stamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}
