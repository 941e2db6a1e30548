import type * as Sdk from '@aws-sdk/client-organizations';
import type { StoreReader } from '../../platform/context.ts';
import type { TagRule } from '../../platform/identity.ts';
import { awsError, type Operations } from '../../platform/service.ts';
import { authorised } from './authorise.ts';
import { attachedTo, policyNamed } from './aws-policies.ts';
import { members } from './collections.ts';
import { notFound } from './errors.ts';
import { ownOrganization, pathUp } from './find.ts';
import { demandEnabled, demandKind } from './policy-types.ts';
import type { OrganizationRecord, Place } from './records.ts';
import { type EffectiveTags, effectiveTags } from './tag-policy.ts';

/** What the tag policies of the places from the root down to an account come to. */
export async function tagsInForce(
  store: StoreReader,
  org: OrganizationRecord,
  levels: readonly Place[],
): Promise<EffectiveTags> {
  const contents = levels.map(async (place) => {
    const ids = attachedTo(place, org, 'TAG_POLICY');
    const found = await Promise.all(ids.map((id) => policyNamed(store, org.org, id)));
    return found.flatMap((policy) => (policy ? [policy.content] : []));
  });
  return effectiveTags(await Promise.all(contents));
}

/** The part of tag policies that is enforced: what requests that tag may say. */
export async function tagRules(
  store: StoreReader,
  org: OrganizationRecord,
  levels: readonly Place[],
): Promise<{ tagRules?: readonly TagRule[] }> {
  if (org.enabled.TAG_POLICY === undefined) return {};
  const rules = Object.values(await tagsInForce(store, org, levels)).flatMap(
    ({ tag_key, tag_value, enforced_for = [] }) =>
      enforced_for.length === 0
        ? []
        : [{ key: tag_key, resources: enforced_for, ...(tag_value && { values: tag_value }) }],
  );
  return rules.length === 0 ? {} : { tagRules: rules };
}

/** Source: AWS Organizations API Reference, version 2016-11-28. */
export const effectivePolicyOperations = {
  /** Every account may read its own. */
  DescribeEffectivePolicy: {
    conditionKeys: ['organizations:PolicyType'],
    authorise(input, context) {
      const own = input.TargetId === undefined || input.TargetId === context.account;
      const about = { resource: '*', context: { 'organizations:PolicyType': input.PolicyType } };
      return authorised('DescribeEffectivePolicy', own ? 'member' : 'reader', () => [about])(input, context);
    },
    async handle(input, context) {
      const { store, account } = context;
      const org = (await ownOrganization(context)).value;
      const type = demandKind(input.PolicyType, org);
      demandEnabled(org, type);
      const member = (await store.get(members, input.TargetId ?? account))?.value;
      if (member?.org !== org.org) throw notFound('target');
      const levels = [...(await pathUp(store, org, member.parent)).toReversed(), member];
      const tags = await tagsInForce(store, org, levels);
      if (Object.keys(tags).length === 0) {
        throw awsError(
          'EffectivePolicyNotFoundException',
          'If you ran this action on the management account, this policy type is not enabled. If you ran the action on a member account, the account doesn’t have an effective policy of this type.',
        );
      }
      return {
        EffectivePolicy: {
          PolicyContent: JSON.stringify({ tags }),
          TargetId: member.id,
          PolicyType: input.PolicyType,
        },
      };
    },
  },
} satisfies Operations<typeof Sdk>;
