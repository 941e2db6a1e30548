import type * as Sdk from '@aws-sdk/client-organizations';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { placeArn } from './arns.ts';
import { authorised } from './authorise.ts';
import { organizations } from './collections.ts';
import { notFound } from './errors.ts';
import { type Found, ownOrganization } from './find.ts';
import { shownRoot } from './organization.ts';
import { type OrganizationRecord, POLICY_TYPES, type PolicyKind } from './records.ts';
import { resourceTags } from './tag-lists.ts';

/** A type of policy that works here. @throws AwsError PolicyTypeNotAvailableForOrganization. */
export function demandKind(type: string, org: OrganizationRecord): PolicyKind {
  const kind = POLICY_TYPES.find((each) => each === type);
  if (kind !== undefined && org.features === 'ALL') return kind;
  throw awsError(
    'PolicyTypeNotAvailableForOrganizationException',
    "You can't use the specified policy type with the feature set currently enabled for this organization.",
  );
}

function aboutRoot(org: OrganizationRecord, input: { readonly RootId: string; readonly PolicyType: string }) {
  return {
    resource: placeArn(org, input.RootId),
    context: { 'organizations:PolicyType': input.PolicyType, ...resourceTags(org.tags) },
  };
}

function saved(org: Found<OrganizationRecord>, enabled: OrganizationRecord['enabled']) {
  const record = { ...org.value, enabled };
  return change({ Root: shownRoot(record) }, [put(organizations, org.key, record, org.version)]);
}

const KEYS = ['aws:ResourceTag/${TagKey}', 'organizations:PolicyType'];

/** Source: AWS Organizations API Reference, version 2016-11-28. */
export const policyTypeOperations = {
  /** Every place begins with the policy that allows everything. */
  EnablePolicyType: {
    conditionKeys: KEYS,
    authorise: authorised('EnablePolicyType', 'delegable', (input, { org }) => [aboutRoot(org.value, input)]),
    async handle(input, context) {
      const org = await ownOrganization(context);
      if (input.RootId !== org.value.id) throw notFound('root');
      const type = demandKind(input.PolicyType, org.value);
      if (org.value.enabled[type] !== undefined) {
        throw awsError('PolicyTypeAlreadyEnabledException', 'The specified policy type is already enabled.');
      }
      // The version of the record moves with every change: no epoch comes twice.
      return saved(org, { ...org.value.enabled, [type]: org.version });
    },
  },

  DisablePolicyType: {
    conditionKeys: KEYS,
    authorise: authorised('DisablePolicyType', 'delegable', (input, { org }) => [
      aboutRoot(org.value, input),
    ]),
    async handle(input, context) {
      const org = await ownOrganization(context);
      if (input.RootId !== org.value.id) throw notFound('root');
      const type = demandKind(input.PolicyType, org.value);
      demandEnabled(org.value, type);
      const { [type]: _gone, ...enabled } = org.value.enabled;
      return saved(org, enabled);
    },
  },
} satisfies Operations<typeof Sdk>;

/** @throws AwsError PolicyTypeNotEnabled. */
export function demandEnabled(org: OrganizationRecord, type: PolicyKind): void {
  if (org.enabled[type] !== undefined) return;
  throw awsError(
    'PolicyTypeNotEnabledException',
    'This operation can be performed only for enabled policy types.',
  );
}
