import type * as Sdk from '@aws-sdk/client-organizations';
import { ACCOUNTS } from '../../platform/accounts.ts';
import type { CallContext, StoreReader } from '../../platform/context.ts';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { check } from '../../store/operations.ts';
import { isAwsManaged, placeArn } from './arns.ts';
import { aboutPlace, aboutPolicy, authorised, type Scene, type Subject } from './authorise.ts';
import { attachedTo, fullAccess, policyNamed } from './aws-policies.ts';
import { members, policies, units } from './collections.ts';
import { constraint, invalidInput, notFound } from './errors.ts';
import { everyOf, type FoundPlace, ownOrganization, placeOf, savePlace } from './find.ts';
import { pageOf } from './paging.ts';
import { policySummary } from './policy-summary.ts';
import { demandEnabled, demandKind } from './policy-types.ts';
import type { OrganizationRecord, Place, PolicyKind, PolicyRecord } from './records.ts';

/** Policies of one type that a place takes. Source: "Quotas for AWS Organizations". */
const MOST_ATTACHED: Readonly<Record<PolicyKind, number>> = {
  SERVICE_CONTROL_POLICY: 5,
  RESOURCE_CONTROL_POLICY: 5,
  TAG_POLICY: 10,
};

interface Target {
  readonly id: string;
  readonly name: string;
  readonly type: Sdk.TargetType;
}

/** Where a policy is attached. */
export async function targetsOf(
  store: StoreReader,
  org: OrganizationRecord,
  { id, type }: Pick<PolicyRecord, 'id' | 'type'>,
): Promise<readonly Target[]> {
  const holds = (place: Place) => attachedTo(place, org, type).includes(id);
  const query = { index: 'org', equals: org.org };
  const found: Target[] = holds(org) ? [{ id: org.id, name: 'Root', type: 'ROOT' }] : [];
  for (const { value } of await everyOf(store, units, query)) {
    if (holds(value)) found.push({ id: value.id, name: value.name, type: 'ORGANIZATIONAL_UNIT' });
  }
  for (const { value } of await everyOf(store, members, query)) {
    if (!holds(value)) continue;
    const name = (await store.get(ACCOUNTS, value.id))?.value.name ?? '';
    found.push({ id: value.id, name, type: 'ACCOUNT' });
  }
  return found;
}

interface Pair {
  readonly PolicyId: string;
  readonly TargetId: string;
}

async function aboutBoth({ PolicyId, TargetId }: Pair, scene: Scene): Promise<readonly Subject[]> {
  const policy = await aboutPolicy(PolicyId, scene);
  const target = await aboutPlace(TargetId, scene);
  const type = policy.context?.['organizations:PolicyType'];
  if (type === undefined) return [policy, target];
  return [policy, { ...target, context: { ...target.context, 'organizations:PolicyType': type } }];
}

interface Attachment {
  readonly org: OrganizationRecord;
  readonly policy: PolicyRecord;
  readonly target: FoundPlace;
  /** The policies of that type which are attached now. */
  readonly ids: readonly string[];
}

/** @throws AwsError PolicyNotFound, TargetNotFound, PolicyTypeNotEnabled. */
async function attachmentOf({ PolicyId, TargetId }: Pair, context: CallContext): Promise<Attachment> {
  const org = await ownOrganization(context);
  const policy = await policyNamed(context.store, org.value.org, PolicyId);
  if (policy === undefined) throw notFound('policy');
  demandEnabled(org.value, policy.type);
  const target = await placeOf(context.store, org, TargetId);
  if (target === undefined) throw notFound('target');
  const ids = attachedTo(target.found.value, org.value, policy.type);
  return { org: org.value, policy, target, ids };
}

function withIds({ org, policy, target }: Attachment, ids: readonly string[]) {
  const epoch = org.enabled[policy.type] ?? 0;
  const attached = { ...target.found.value.attached, [policy.type]: { epoch, ids } };
  return savePlace(target, { attached });
}

const KEYS = ['aws:ResourceTag/${TagKey}', 'organizations:PolicyType'];

/** Source: AWS Organizations API Reference, version 2016-11-28. */
export const attachmentOperations = {
  AttachPolicy: {
    conditionKeys: KEYS,
    authorise: authorised('AttachPolicy', 'delegable', aboutBoth),
    async handle(input, context) {
      const attachment = await attachmentOf(input, context);
      const { policy, ids } = attachment;
      if (ids.includes(policy.id)) {
        throw awsError(
          'DuplicatePolicyAttachmentException',
          'The selected policy is already attached to the specified target.',
        );
      }
      if (ids.length >= MOST_ATTACHED[policy.type]) {
        throw constraint(
          'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
          'You have attached the maximum number of policies of this type to the target.',
        );
      }
      const still = isAwsManaged(policy.id) ? undefined : await context.store.get(policies, policy.id);
      return change({}, [
        withIds(attachment, [...ids, policy.id]),
        ...(still ? [check(policies, still.key, still.version)] : []),
      ]);
    },
  },

  DetachPolicy: {
    conditionKeys: KEYS,
    authorise: authorised('DetachPolicy', 'delegable', aboutBoth),
    async handle(input, context) {
      const attachment = await attachmentOf(input, context);
      const { policy, ids } = attachment;
      if (!ids.includes(policy.id)) {
        throw awsError('PolicyNotAttachedException', "The policy isn't attached to the specified target.");
      }
      if (policy.id === 'p-RCPFullAWSAccess') {
        throw invalidInput('NON_DETACHABLE_POLICY', "You can't detach this AWS-managed policy.");
      }
      if (ids.length === 1 && fullAccess(policy.type).length > 0) {
        throw constraint(
          'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
          'You cannot remove the last policy of this type from the target.',
        );
      }
      return change({}, [
        withIds(
          attachment,
          ids.filter((id) => id !== policy.id),
        ),
      ]);
    },
  },

  ListPoliciesForTarget: {
    conditionKeys: KEYS,
    authorise: authorised('ListPoliciesForTarget', 'reader', async (input, scene) => {
      const { resource, context } = await aboutPlace(input.TargetId, scene);
      return [{ resource, context: { ...context, 'organizations:PolicyType': input.Filter } }];
    }),
    async handle(input, context) {
      const org = await ownOrganization(context);
      const type = demandKind(input.Filter, org.value);
      const place = await placeOf(context.store, org, input.TargetId);
      if (place === undefined) throw notFound('target');
      const ids = attachedTo(place.found.value, org.value, type);
      const found = await Promise.all(ids.map((id) => policyNamed(context.store, org.value.org, id)));
      const all = found.filter((each) => each !== undefined);
      const { items, next } = pageOf(all, ({ id }) => id, input);
      return { Policies: items.map((policy) => policySummary(org.value, policy)), ...next };
    },
  },

  ListTargetsForPolicy: {
    conditionKeys: KEYS,
    authorise: authorised('ListTargetsForPolicy', 'reader', async (input, scene) => [
      await aboutPolicy(input.PolicyId, scene),
    ]),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const policy = await policyNamed(context.store, org.org, input.PolicyId);
      if (policy === undefined) throw notFound('policy');
      const { items, next } = pageOf(await targetsOf(context.store, org, policy), ({ id }) => id, input);
      return {
        Targets: items.map(({ id, name, type }) => ({
          TargetId: id,
          Arn: placeArn(org, id),
          Name: name,
          Type: type,
        })),
        ...next,
      };
    },
  },
} satisfies Operations<typeof Sdk>;
