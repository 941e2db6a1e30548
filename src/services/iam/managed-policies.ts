import { compilePolicies, type PolicyProgram } from '../../iam/index.ts';
import type { StoreReader } from '../../platform/context.ts';
import type { Operation } from '../../store/store.ts';
import { type AwsPolicy, awsPolicy } from './aws-policies/documents.ts';
import { policies, policyUses } from './collections.ts';
import { policyOf } from './documents.ts';
import { NO_SUCH, validationError } from './errors.ts';
import { type Found, named, save } from './find.ts';
import { parseArn } from './names.ts';
import type { PolicyRecord, PolicyUseRecord } from './records.ts';

/** A managed policy: one of AWS's with the use that this account makes of it, or one of the account's own. */
export type ManagedPolicy =
  | { readonly owner: 'aws'; readonly policy: AwsPolicy; readonly use: Found<PolicyUseRecord> }
  | { readonly owner: 'account'; readonly policy: Found<PolicyRecord> };

/**
 * The managed policy of an ARN as an account sees it; undefined when there is none.
 *
 * @throws AwsError ValidationError when the text is no ARN.
 */
export async function managedPolicy(
  store: StoreReader,
  account: string,
  arn: string,
): Promise<ManagedPolicy | undefined> {
  if (!arn.startsWith('arn:')) throw validationError(`Invalid ARN:  Could not be parsed!`);
  const aws = awsPolicy(arn);
  if (aws !== undefined) return { owner: 'aws', policy: aws, use: await useOf(store, account, arn) };
  const parsed = parseArn(arn);
  if (parsed?.kind !== 'policy' || parsed.account !== account) return undefined;
  const found = await named(store, policies, account, parsed.name);
  const same = found?.value.path === parsed.path && found.value.name === parsed.name;
  return found !== undefined && same ? { owner: 'account', policy: found } : undefined;
}

/** @throws AwsError NoSuchEntity "… was not found." */
export async function demandPolicy(store: StoreReader, account: string, arn: string): Promise<ManagedPolicy> {
  const found = await managedPolicy(store, account, arn);
  if (found === undefined) throw NO_SUCH.policy(arn);
  return found;
}

/** @throws AwsError NoSuchEntity "… does not exist or is not attachable." */
export async function demandAttachable(
  store: StoreReader,
  account: string,
  arn: string,
): Promise<ManagedPolicy> {
  const found = await managedPolicy(store, account, arn);
  if (found === undefined) throw NO_SUCH.unattachable(arn);
  return found;
}

/** A policy of the account's own. @throws AwsError NoSuchEntity. */
export async function demandOwnPolicy(
  store: StoreReader,
  account: string,
  arn: string,
): Promise<Found<PolicyRecord>> {
  const found = await demandPolicy(store, account, arn);
  if (found.owner === 'account') return found.policy;
  throw validationError('Policy is not in the scope of this account: it is managed by AWS.');
}

async function useOf(store: StoreReader, account: string, arn: string): Promise<Found<PolicyUseRecord>> {
  const key = `${account}/${arn}`;
  const unused = { account, arn, attachments: 0, boundaries: 0 };
  return (await store.get(policyUses, key)) ?? { key, value: unused, version: 'absent' };
}

/** Counts that a policy is attached or a boundary once more (or once less). */
export function countUse(
  managed: ManagedPolicy,
  { attachments = 0, boundaries = 0 }: { readonly attachments?: number; readonly boundaries?: number },
): Operation {
  const { value } = managed.owner === 'aws' ? managed.use : managed.policy;
  const counts = {
    attachments: Math.max(0, value.attachments + attachments),
    boundaries: Math.max(0, value.boundaries + boundaries),
  };
  return managed.owner === 'aws'
    ? save(policyUses, managed.use, counts)
    : save(policies, managed.policy, counts);
}

/** The document that is in force. */
export function documentInForce(managed: ManagedPolicy): string {
  return managed.owner === 'aws' ? managed.policy.document : defaultDocument(managed.policy.value);
}

function defaultDocument(policy: PolicyRecord): string {
  const version = policy.versions.find(({ id }) => id === policy.defaultVersion);
  return version?.document ?? '';
}

/** Compiles managed policies of an account by their ARNs; ARNs of nothing allow nothing. */
export async function compileManaged(
  store: StoreReader,
  account: string,
  arns: readonly string[],
): Promise<PolicyProgram> {
  const found = await Promise.all(
    arns.map(async (arn) => {
      const document = await documentOf(store, account, arn);
      return document === undefined ? [] : [policyOf(document, arn)];
    }),
  );
  return compilePolicies(found.flat());
}

async function documentOf(store: StoreReader, account: string, arn: string): Promise<string | undefined> {
  const aws = awsPolicy(arn);
  if (aws !== undefined) return aws.document;
  const found = await managedPolicy(store, account, arn);
  return found && documentInForce(found);
}
