import type * as Sdk from '@aws-sdk/client-organizations';
import type { CallContext } from '../../platform/context.ts';
import { change, type Operations } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import type { Operation } from '../../store/store.ts';
import { isAwsManaged, resourcePolicyArn } from './arns.ts';
import { aboutPlace, aboutPolicy, authorised, type Scene, type Subject } from './authorise.ts';
import { organizations, policies } from './collections.ts';
import { invalidInput, notFound } from './errors.ts';
import { ownOrganization, placeOf, savePlace } from './find.ts';
import { pageOf } from './paging.ts';
import type { Tag } from './records.ts';
import { requestTags, resourceTags, withTags } from './tag-lists.ts';

interface Tagged {
  readonly tags: readonly Tag[];
  saved(tags: readonly Tag[]): Operation;
}

/** A root, unit, account, policy or the resource policy. @throws AwsError TargetNotFound, InvalidInput. */
async function taggedOf(id: string, context: CallContext): Promise<Tagged> {
  const { store } = context;
  const org = await ownOrganization(context);
  if (isAwsManaged(id)) {
    throw invalidInput('IMMUTABLE_POLICY', 'You specified a policy that is managed by AWS.');
  }
  if (id.startsWith('p-')) {
    const policy = await store.get(policies, id);
    if (policy?.value.org !== org.value.org) throw notFound('target');
    const { key, value, version } = policy;
    return { tags: value.tags, saved: (tags) => put(policies, key, { ...value, tags }, version) };
  }
  if (id.startsWith('rp-')) {
    const { resourcePolicy } = org.value;
    if (resourcePolicy?.id !== id) throw notFound('target');
    const saved = (tags: readonly Tag[]) =>
      put(organizations, org.key, { ...org.value, resourcePolicy: { ...resourcePolicy, tags } }, org.version);
    return { tags: resourcePolicy.tags, saved };
  }
  const place = await placeOf(store, org, id);
  if (place === undefined) throw notFound('target');
  return { tags: place.found.value.tags, saved: (tags) => savePlace(place, { tags }) };
}

async function about(id: string, scene: Scene): Promise<Subject> {
  if (id.startsWith('p-')) return aboutPolicy(id, scene);
  if (!id.startsWith('rp-')) return aboutPlace(id, scene);
  const { resourcePolicy } = scene.org.value;
  return {
    resource: resourcePolicyArn(scene.org.value, id),
    context: resourceTags(resourcePolicy?.id === id ? resourcePolicy.tags : []),
  };
}

const KEYS = ['aws:ResourceTag/${TagKey}', 'organizations:PolicyType'];

/** Source: AWS Organizations API Reference, version 2016-11-28. */
export const tagOperations = {
  TagResource: {
    conditionKeys: [...KEYS, 'aws:RequestTag/${TagKey}', 'aws:TagKeys'],
    authorise: authorised('TagResource', 'delegable', async (input, scene) => {
      const { resource, context } = await about(input.ResourceId, scene);
      return [{ resource, context: { ...context, ...requestTags(input.Tags) } }];
    }),
    async handle(input, context) {
      const { tags, saved } = await taggedOf(input.ResourceId, context);
      return change({}, [saved(withTags(tags, input.Tags))]);
    },
  },

  UntagResource: {
    conditionKeys: [...KEYS, 'aws:TagKeys'],
    authorise: authorised('UntagResource', 'delegable', async (input, scene) => {
      const { resource, context } = await about(input.ResourceId, scene);
      return [{ resource, context: { ...context, 'aws:TagKeys': input.TagKeys } }];
    }),
    async handle(input, context) {
      const { tags, saved } = await taggedOf(input.ResourceId, context);
      return change({}, [saved(tags.filter(({ Key }) => !input.TagKeys.includes(Key)))]);
    },
  },

  ListTagsForResource: {
    conditionKeys: KEYS,
    authorise: authorised('ListTagsForResource', 'reader', async (input, scene) => [
      await about(input.ResourceId, scene),
    ]),
    async handle(input, context) {
      const { tags } = await taggedOf(input.ResourceId, context);
      const { items, next } = pageOf(tags, ({ Key }) => Key, input);
      return { Tags: items.map(({ Key, Value }) => ({ Key, Value })), ...next };
    },
  },
} satisfies Operations<typeof Sdk>;
