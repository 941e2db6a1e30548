import { compilePolicies, parsePolicyText } from '../../iam/engine.ts';
import type { ContextValue } from '../../iam/request.ts';
import type { CallContext, Permission } from '../../platform/context.ts';
import { placeArn, policyArn } from './arns.ts';
import { policyNamed } from './aws-policies.ts';
import { members } from './collections.ts';
import { accessDenied } from './errors.ts';
import { type Found, organizationOf, placeOf } from './find.ts';
import type { OrganizationRecord } from './records.ts';
import { resourceTags } from './tag-lists.ts';

/**
 * Who may be allowed to call an operation at all: `management`: the management account only; `delegable`: also
 * members that the organisation's resource policy names; `reader`: also delegated administrators; `member`: every
 * account of the organisation. Source: AWS Organizations User Guide, "Delegated administrator for AWS Organizations".
 */
type Reach = 'management' | 'delegable' | 'reader' | 'member';

/** What a call is about, for the policies. */
export interface Subject {
  readonly resource: string;
  readonly context?: Readonly<Record<string, ContextValue>>;
}

export interface Scene {
  readonly org: Found<OrganizationRecord>;
  readonly context: CallContext;
}

type Subjects<Input> = (input: Input, scene: Scene) => readonly Subject[] | Promise<readonly Subject[]>;

/** How an operation is authorised: `authorise` of its declaration. */
export function authorised<Input>(operation: string, reach: Reach, subjects: Subjects<Input> = () => [ANY]) {
  const action = `organizations:${operation}`;
  return async (input: Input, context: CallContext): Promise<readonly Permission[]> => {
    const org = await organizationOf(context.store, context.account);
    // Who has no organisation is told so by the handler, once the call itself is allowed.
    if (org === undefined) return [{ action, resource: '*' }];
    const standing = await standingOf(org.value, reach, context);
    const about = await subjects(input, { org, context });
    return about.map((subject) => ({ action, ...subject, ...standing }));
  };
}

/** As whom the caller acts: as its own account, or as a stranger whom the resource policy must let in. */
async function standingOf(
  org: OrganizationRecord,
  reach: Reach,
  { account, store }: CallContext,
): Promise<Pick<Permission, 'resourceAccount' | 'resourcePolicy'>> {
  if (account === org.management || reach === 'member') return { resourceAccount: account };
  if (reach === 'management') throw accessDenied();
  const member = (await store.get(members, account))?.value;
  if (reach === 'reader' && member && member.administers.length > 0) return { resourceAccount: account };
  if (org.resourcePolicy === undefined) throw accessDenied();
  const policy = parsePolicyText(org.resourcePolicy.content, 'organization resource policy');
  return { resourceAccount: org.management, resourcePolicy: compilePolicies([policy]) };
}

/** Actions that are about the organisation as a whole. */
export const ANY: Subject = { resource: '*' };

/** A root, unit or account with its tags. */
export async function aboutPlace(id: string, { org, context }: Scene): Promise<Subject> {
  const place = await placeOf(context.store, org, id);
  return {
    resource: placeArn(org.value, id),
    context: resourceTags(place?.found.value.tags ?? []),
  };
}

/** A policy with its type and tags. */
export async function aboutPolicy(id: string, { org, context }: Scene): Promise<Subject> {
  const policy = await policyNamed(context.store, org.value.org, id);
  return {
    resource: policyArn(org.value, id, policy?.type),
    context: policy ? { 'organizations:PolicyType': policy.type, ...resourceTags(policy.tags) } : {},
  };
}
