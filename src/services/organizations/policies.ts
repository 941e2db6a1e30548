import type * as Sdk from '@aws-sdk/client-organizations';
import type { StoreReader } from '../../platform/context.ts';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { put, remove } from '../../store/operations.ts';
import { isAwsManaged, policyArn } from './arns.ts';
import { targetsOf } from './attachments.ts';
import { aboutPolicy, authorised } from './authorise.ts';
import { fullAccess, ownPolicy, policyNamed } from './aws-policies.ts';
import { policies } from './collections.ts';
import { invalidInput, notFound } from './errors.ts';
import { everyOf, ownOrganization } from './find.ts';
import { newId } from './ids.ts';
import { pageOf } from './paging.ts';
import { demandPolicyDocument } from './policy-documents.ts';
import { policySummary } from './policy-summary.ts';
import { demandKind } from './policy-types.ts';
import type { OrganizationRecord, PolicyRecord } from './records.ts';
import { requestTags, withTags } from './tag-lists.ts';

function shownPolicy(org: OrganizationRecord, policy: PolicyRecord): Sdk.Policy {
  return { PolicySummary: policySummary(org, policy), Content: policy.content };
}

async function demandFreeName(store: StoreReader, policy: PolicyRecord): Promise<void> {
  const equals = `${policy.org}/${policy.type}/${policy.name.toLowerCase()}`;
  const [taken] = (await store.list(policies, { index: 'name', equals, limit: 1 })).records;
  const managed = fullAccess(policy.type).some(
    ({ name }) => name.toLowerCase() === policy.name.toLowerCase(),
  );
  if (managed || (taken !== undefined && taken.key !== policy.id)) {
    throw awsError('DuplicatePolicyException', 'A policy with the same name already exists.');
  }
}

function demandWritable(id: string): void {
  if (!isAwsManaged(id)) return;
  throw invalidInput(
    'IMMUTABLE_POLICY',
    'You specified a policy that is managed by AWS and cannot be modified.',
  );
}

/** Source: AWS Organizations API Reference, version 2016-11-28. */
export const policyOperations = {
  CreatePolicy: {
    conditionKeys: ['aws:RequestTag/${TagKey}', 'aws:TagKeys', 'organizations:PolicyType'],
    authorise: authorised('CreatePolicy', 'delegable', (input, { org }) => [
      {
        resource: `${policyArn(org.value, 'p-new', demandKind(input.Type, org.value)).slice(0, -'p-new'.length)}*`,
        context: { 'organizations:PolicyType': input.Type, ...requestTags(input.Tags) },
      },
    ]),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const type = demandKind(input.Type, org);
      demandPolicyDocument(input.Content, type);
      const policy: PolicyRecord = {
        org: org.org,
        id: newId.policy(),
        type,
        name: input.Name,
        description: input.Description,
        content: input.Content,
        tags: withTags([], input.Tags),
      };
      await demandFreeName(context.store, policy);
      return change({ Policy: shownPolicy(org, policy) }, [put(policies, policy.id, policy, 'absent')]);
    },
  },

  DescribePolicy: {
    conditionKeys: ['aws:ResourceTag/${TagKey}', 'organizations:PolicyType'],
    authorise: authorised('DescribePolicy', 'reader', async (input, scene) => [
      await aboutPolicy(input.PolicyId, scene),
    ]),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const policy = await policyNamed(context.store, org.org, input.PolicyId);
      if (policy === undefined) throw notFound('policy');
      return { Policy: shownPolicy(org, policy) };
    },
  },

  UpdatePolicy: {
    conditionKeys: ['aws:ResourceTag/${TagKey}', 'organizations:PolicyType'],
    authorise: authorised('UpdatePolicy', 'delegable', async (input, scene) => [
      await aboutPolicy(input.PolicyId, scene),
    ]),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      demandWritable(input.PolicyId);
      const { key, value, version } = await ownPolicy(context.store, org.org, input.PolicyId);
      const updated: PolicyRecord = {
        ...value,
        name: input.Name ?? value.name,
        description: input.Description ?? value.description,
        content: input.Content ?? value.content,
      };
      if (input.Content !== undefined) demandPolicyDocument(input.Content, value.type);
      await demandFreeName(context.store, updated);
      return change({ Policy: shownPolicy(org, updated) }, [put(policies, key, updated, version)]);
    },
  },

  DeletePolicy: {
    conditionKeys: ['aws:ResourceTag/${TagKey}', 'organizations:PolicyType'],
    authorise: authorised('DeletePolicy', 'delegable', async (input, scene) => [
      await aboutPolicy(input.PolicyId, scene),
    ]),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      demandWritable(input.PolicyId);
      const policy = await ownPolicy(context.store, org.org, input.PolicyId);
      if ((await targetsOf(context.store, org, policy.value)).length > 0) {
        throw awsError(
          'PolicyInUseException',
          'The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.',
        );
      }
      return change({}, [remove(policies, policy.key, policy.version)]);
    },
  },

  ListPolicies: {
    conditionKeys: ['organizations:PolicyType'],
    authorise: authorised('ListPolicies', 'reader', (input) => [
      { resource: '*', context: { 'organizations:PolicyType': input.Filter } },
    ]),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const type = demandKind(input.Filter, org);
      const own = await everyOf(context.store, policies, { index: 'type', equals: `${org.org}/${type}` });
      const all = [...fullAccess(type), ...own.map(({ value }) => value)];
      const { items, next } = pageOf(all, ({ id }) => id, input);
      return { Policies: items.map((policy) => policySummary(org, policy)), ...next };
    },
  },
} satisfies Operations<typeof Sdk>;
