import type { Policy } from '../../iam/index.ts';
import type { CallContext } from '../../platform/context.ts';
import { groups, roles, users } from './collections.ts';
import { policyOf } from './documents.ts';
import { notFound, validationError } from './errors.ts';
import { eachOf, named } from './find.ts';
import { documentInForce, managedPolicy } from './managed-policies.ts';
import { parseArn } from './names.ts';
import type { PolicyHolder } from './records.ts';

/** The user, group or role whose policies are looked at. */
export interface PolicySource {
  readonly kind: 'user' | 'group' | 'role';
  readonly record: PolicyHolder;
  /** Its own policies and those of a user's groups; named as the simulator names them. */
  readonly policies: readonly Policy[];
  /** The same, with where each is from. */
  readonly entries: readonly PolicyEntry[];
  /** The ARN of the permissions boundary. */
  readonly boundary: string | undefined;
}

export interface PolicyEntry {
  readonly policy: Policy;
  readonly name: string;
  readonly type: 'INLINE' | 'MANAGED';
  /** Of a managed policy. */
  readonly arn?: string;
  readonly ownerKind: 'USER' | 'GROUP' | 'ROLE';
  readonly owner: string;
}

/** @throws AwsError NoSuchEntity, ValidationError. */
export async function policySource(context: CallContext, arn: string): Promise<PolicySource> {
  const { store, account } = context;
  const parsed = parseArn(arn);
  if (parsed === undefined) throw validationError(`Invalid Entity Arn: ${arn}`);
  const { kind, name } = parsed;
  if (parsed.account !== account || (kind !== 'user' && kind !== 'group' && kind !== 'role')) {
    throw validationError(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  }
  if (kind === 'user') {
    const found = await named(store, users, account, name);
    if (found === undefined) throw missing(arn);
    const memberships = await eachOf(store, groups, found.value.groups);
    const entries = [
      ...(await entriesOf(context, 'user', found.value)),
      ...(await Promise.all(memberships.map(({ value }) => entriesOf(context, 'group', value)))).flat(),
    ];
    return sourceOf(kind, found.value, entries, found.value.boundary);
  }
  const found =
    kind === 'group' ? await named(store, groups, account, name) : await named(store, roles, account, name);
  if (found === undefined) throw missing(arn);
  const boundary = 'boundary' in found.value ? found.value.boundary : undefined;
  return sourceOf(kind, found.value, await entriesOf(context, kind, found.value), boundary);
}

function sourceOf(
  kind: PolicySource['kind'],
  record: PolicyHolder,
  entries: readonly PolicyEntry[],
  boundary: string | undefined,
): PolicySource {
  return { kind, record, entries, policies: entries.map(({ policy }) => policy), boundary };
}

function missing(arn: string) {
  return notFound(`The entity with ARN ${arn} cannot be found.`);
}

const OWNERS = { user: 'USER', group: 'GROUP', role: 'ROLE' } as const;

async function entriesOf(
  { store, account }: CallContext,
  kind: keyof typeof OWNERS,
  holder: PolicyHolder,
): Promise<readonly PolicyEntry[]> {
  const ownerKind = OWNERS[kind];
  const entries = holder.inline.map(({ name, document }): PolicyEntry => {
    const policy = policyOf(document, `${kind}_${holder.name}_${name}`);
    return { policy, name, type: 'INLINE', ownerKind, owner: holder.name };
  });
  for (const arn of holder.attached) {
    const managed = await managedPolicy(store, account, arn);
    if (managed === undefined) continue;
    const name = parseArn(arn)?.name ?? arn;
    const policy = policyOf(documentInForce(managed), name);
    entries.push({ policy, name, type: 'MANAGED', arn, ownerKind, owner: holder.name });
  }
  return entries;
}
