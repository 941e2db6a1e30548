import { compilePolicies, type Policy, type PolicyProgram, parsePolicyText } from '../../iam/engine.ts';
import { recent } from '../../kernel/recent.ts';
import type { CallContext } from '../../platform/context.ts';
import { limitExceeded, malformedPolicy } from './errors.ts';
import type { PolicyRecord } from './records.ts';

const LONGEST_POLICY = 32_768;

/** The policy of a key that is made without one. Source: AWS KMS Developer Guide, "Default key policy". */
export function defaultPolicy(account: string): string {
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Id: 'key-default-1', Statement: [statement] }, undefined, 2);
}

/**
 * Checks a key policy and notes the unique ids of the users and roles that it names, so that whoever gets the name
 * of a deleted one has no access.
 *
 * @throws AwsError MalformedPolicyDocumentException, LimitExceededException
 */
export async function newPolicy(text: string, { ports }: CallContext): Promise<PolicyRecord> {
  if (Buffer.byteLength(text) > LONGEST_POLICY) throw limitExceeded('A key policy has at most 32 KB.');
  const ids: Record<string, string> = {};
  for (const statement of parsed(text).statements) {
    if (!statement.principals) throw malformedPolicy('Policy contains a statement with no principal.');
    if (!statement.resources) throw malformedPolicy('Policy contains a statement with no resource.');
    for (const { type, text: name } of statement.principals.items) {
      if (type !== 'AWS' || typeof name !== 'string' || isAccount(name)) continue;
      if (/^A(?:IDA|ROA)[A-Z0-9]{12,124}$/.test(name)) continue;
      const id = await principalId(name, ports);
      if (id === undefined) {
        throw malformedPolicy('Policy contains a statement with one or more invalid principals.');
      }
      if (id !== '') ids[name] = id;
    }
  }
  return { text, ids };
}

function parsed(text: string): Policy {
  try {
    const policy = parsePolicyText(text, 'key policy');
    if (policy.statements.length > 0) return policy;
  } catch {
    // Said below in the words of KMS.
  }
  throw malformedPolicy('The new key policy is not a valid policy document.');
}

/**
 * The unique id of a user or role; empty for a session, which has none of its own; undefined when nobody is meant.
 */
export async function principalId(
  arn: string,
  { identity }: Pick<CallContext['ports'], 'identity'>,
): Promise<string | undefined> {
  if (/^arn:aws:sts::\d{12}:(?:assumed-role|federated-user)\/[^\s*]+$/.test(arn)) return '';
  if (!/^arn:aws:iam::\d{12}:(?:user|role)\/[^\s*]+$/.test(arn)) return undefined;
  return (await identity.principalByArn(arn))?.id;
}

/** Accounts are not looked up: one may be made later, or belong to somebody else's organisation. */
export function isAccount(name: string): boolean {
  return name === '*' || /^\d{12}$/.test(name) || /^arn:aws:iam::\d{12}:root$/.test(name);
}

/** Thousands of keys have the same policy, the one that AWS writes. */
const compiledBefore = recent<PolicyProgram>(500);
const LONGEST_KEPT = 4_096;

/** The policy as it is enforced: users and roles by their unique ids. */
export function compiledPolicy(record: PolicyRecord): PolicyProgram {
  const name = `${JSON.stringify(record.ids)}${record.text}`;
  const before = compiledBefore.get(name);
  if (before) return before;
  const made = compiledAnew(record);
  if (name.length <= LONGEST_KEPT) compiledBefore.set(name, made);
  return made;
}

function compiledAnew({ text, ids }: PolicyRecord): PolicyProgram {
  const policy = parsePolicyText(text, 'key policy');
  const statements = policy.statements.map((statement) => {
    const { principals } = statement;
    if (!principals) return statement;
    const items = principals.items.map((item) => {
      const id = typeof item.text === 'string' && Object.hasOwn(ids, item.text) ? ids[item.text] : undefined;
      return id === undefined ? item : { ...item, text: id };
    });
    return { ...statement, principals: { ...principals, items } };
  });
  return compilePolicies([{ ...policy, statements }]);
}
