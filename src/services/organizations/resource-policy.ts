import type * as Sdk from '@aws-sdk/client-organizations';
import { readPolicyDocument } from '../../iam/index.ts';
import { change, type Operations } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { resourcePolicyArn } from './arns.ts';
import { authorised } from './authorise.ts';
import { organizations } from './collections.ts';
import { invalidInput, notFound } from './errors.ts';
import { ownOrganization } from './find.ts';
import { newId } from './ids.ts';
import type { OrganizationRecord, ResourcePolicyRecord } from './records.ts';
import { requestTags, withTags } from './tag-lists.ts';

function shown(org: OrganizationRecord, { id, content }: ResourcePolicyRecord): Sdk.ResourcePolicy {
  return { ResourcePolicySummary: { Id: id, Arn: resourcePolicyArn(org, id) }, Content: content };
}

/** @throws AwsError InvalidInput for a document that lets nobody in, or does not say whom. */
function demandContent(content: string): void {
  const { policy, problems } = readable(content);
  const named = policy.statements.every(({ principals }) => principals !== undefined);
  if (problems.length > 0 || policy.statements.length === 0 || !named) throw invalidPolicy();
  const foreign = policy.statements.some(
    ({ actions }) =>
      actions.negated || actions.items.some(({ text }) => !/^organizations:/i.test(String(text))),
  );
  if (foreign) {
    throw invalidInput(
      'UNSUPPORTED_ACTION_IN_RESOURCE_POLICY',
      'You provided a resource policy with an action that cannot be delegated.',
    );
  }
}

function readable(content: string): ReturnType<typeof readPolicyDocument> {
  try {
    return readPolicyDocument({ path: 'resource policy', text: content });
  } catch {
    throw invalidPolicy();
  }
}

function invalidPolicy() {
  return invalidInput('INVALID_RESOURCE_POLICY_JSON', 'The provided resource policy is invalid.');
}

/**
 * The policy by which the management account lets members do its work.
 * Source: AWS Organizations API Reference, "PutResourcePolicy".
 */
export const resourcePolicyOperations = {
  PutResourcePolicy: {
    conditionKeys: ['aws:RequestTag/${TagKey}', 'aws:TagKeys'],
    authorise: authorised('PutResourcePolicy', 'management', (input, { org }) => [
      {
        resource: resourcePolicyArn(org.value, org.value.resourcePolicy?.id ?? '*'),
        context: requestTags(input.Tags),
      },
    ]),
    async handle(input, context) {
      const org = await ownOrganization(context);
      demandContent(input.Content);
      const before = org.value.resourcePolicy;
      const resourcePolicy: ResourcePolicyRecord = {
        id: before?.id ?? newId.resourcePolicy(),
        content: input.Content,
        tags: withTags(before?.tags ?? [], input.Tags),
      };
      return change({ ResourcePolicy: shown(org.value, resourcePolicy) }, [
        put(organizations, org.key, { ...org.value, resourcePolicy }, org.version),
      ]);
    },
  },

  DescribeResourcePolicy: {
    authorise: authorised('DescribeResourcePolicy', 'reader'),
    async handle(_input, context) {
      const org = (await ownOrganization(context)).value;
      if (org.resourcePolicy === undefined) throw notFound('resourcePolicy');
      return { ResourcePolicy: shown(org, org.resourcePolicy) };
    },
  },

  DeleteResourcePolicy: {
    authorise: authorised('DeleteResourcePolicy', 'management'),
    async handle(_input, context) {
      const org = await ownOrganization(context);
      const { resourcePolicy, ...rest } = org.value;
      if (resourcePolicy === undefined) throw notFound('resourcePolicy');
      return change({}, [put(organizations, org.key, rest, org.version)]);
    },
  },
} satisfies Operations<typeof Sdk>;
