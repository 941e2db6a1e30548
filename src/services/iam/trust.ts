import type { StoreReader } from '../../platform/context.ts';
import { roles, users } from './collections.ts';
import { demandDocument } from './documents.ts';
import { malformedDocument } from './errors.ts';
import { byId, principalRecord } from './find.ts';
import { rootArn } from './names.ts';
import type { TrustDocument } from './records.ts';

/**
 * Checks a trust policy and notes the unique ids of the users and roles that it names, so that whoever gets
 * the name of a deleted one is not trusted. Source: IAM User Guide, "AWS JSON policy elements: Principal".
 *
 * @throws AwsError MalformedPolicyDocument, LimitExceeded.
 */
export async function newTrust(store: StoreReader, text: string): Promise<TrustDocument> {
  demandDocument(text, 'trust');
  const ids: Record<string, string> = {};
  for (const { type, value } of principalsIn(JSON.parse(text))) {
    if (type === 'Service' && !isService(value)) throw invalidPrincipal('SERVICE', value);
    if (type !== 'AWS' || isAccount(value)) continue;
    const id = await idOf(store, value);
    if (id === undefined) throw invalidPrincipal(type, value);
    if (id !== '') ids[value] = id;
  }
  return { text, ids };
}

/**
 * The text of a trust policy as it stands now: principals that are gone are shown by their unique ids, accounts by
 * the ARNs of their root users.
 */
export async function currentTrust(store: StoreReader, trust: TrustDocument): Promise<string> {
  const replaced = new Map<string, string>();
  for (const [arn, id] of Object.entries(trust.ids)) {
    const now = await principalRecord(store, arn);
    if (now?.value.id === id) continue;
    replaced.set(arn, (await arnNow(store, id)) ?? id);
  }
  const document: unknown = JSON.parse(trust.text);
  let changed = false;
  for (const each of principalsIn(document)) {
    if (each.type !== 'AWS') continue;
    const substitute = ACCOUNT.test(each.value) ? rootArn(each.value) : replaced.get(each.value);
    if (substitute === undefined) continue;
    each.replace(substitute);
    changed = true;
  }
  return changed ? JSON.stringify(document) : trust.text;
}

const ACCOUNT = /^\d{12}$/;

/** A user or role that was renamed keeps its id and is still meant. */
async function arnNow(store: StoreReader, id: string): Promise<string | undefined> {
  const user = await byId(store, users, id);
  const role = user === undefined ? await byId(store, roles, id) : undefined;
  const found = user?.value ?? role?.value;
  if (found === undefined) return undefined;
  return `arn:aws:iam::${found.account}:${user ? 'user' : 'role'}${found.path}${found.name}`;
}

interface NamedPrincipal {
  readonly type: string;
  readonly value: string;
  replace(by: string): void;
}

/** The entries of every Principal and NotPrincipal element of a checked document. */
function* principalsIn(document: unknown): Generator<NamedPrincipal> {
  for (const statement of listOf(recordOf(document)?.Statement)) {
    const fields = recordOf(statement);
    for (const element of [fields?.Principal, fields?.NotPrincipal]) {
      const types = recordOf(element);
      for (const [type, given] of Object.entries(types ?? {})) {
        for (const [index, value] of listOf(given).entries()) {
          if (typeof value !== 'string') continue;
          yield { type, value, replace: (by) => substitute(types, type, index, by) };
        }
      }
    }
  }
}

function substitute(
  types: Record<string, unknown> | undefined,
  type: string,
  index: number,
  by: string,
): void {
  if (types === undefined) return;
  const given = types[type];
  if (Array.isArray(given)) given[index] = by;
  else types[type] = by;
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isAccount(value: string): boolean {
  return value === '*' || ACCOUNT.test(value) || /^arn:aws:iam::\d{12}:root$/.test(value);
}

function isService(value: string): boolean {
  return (
    value === '*' ||
    /^[a-z0-9.-]{1,100}\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws|aws\.internal)$/.test(value)
  );
}

/** The unique id of a principal; empty for a session, which has none of its own; undefined when nobody is meant. */
async function idOf(store: StoreReader, value: string): Promise<string | undefined> {
  if (/^arn:aws:sts::\d{12}:(?:assumed-role|federated-user)\/[^\s*]+$/.test(value)) return '';
  if (/^A(?:IDA|ROA)[A-Z0-9]{12,124}$/.test(value)) {
    return (await arnNow(store, value)) === undefined ? undefined : '';
  }
  return (await principalRecord(store, value))?.value.id;
}

function invalidPrincipal(type: string, value: string) {
  return malformedDocument(`Invalid principal in policy: "${type}":"${value}"`);
}
