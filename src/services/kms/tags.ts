import type * as Sdk from '@aws-sdk/client-kms';
import type { CallContext } from '../../platform/context.ts';
import { change, type Operations } from '../../platform/service.ts';
import { demandTagRules } from '../../platform/tag-rules.ts';
import { put } from '../../store/operations.ts';
import { KEY_CONDITIONS, keyPermission } from './authorise.ts';
import { keys } from './collections.ts';
import { tagError } from './errors.ts';
import { freshKey } from './fresh.ts';
import { pageOf } from './paging.ts';
import { refuseStates } from './state.ts';

const MOST_TAGS = 50;
const USUAL_TAGS = 50;

interface Tag {
  readonly TagKey: string;
  readonly TagValue: string;
}

export const tags = {
  TagResource: {
    conditionKeys: [...KEY_CONDITIONS, 'aws:RequestTag/${TagKey}', 'aws:TagKeys'],
    authorise: async ({ KeyId, Tags }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:TagResource', context: tagConditions(Tags) }),
    ],
    async handle({ KeyId, Tags }, context) {
      const added = await newTags(context, Tags);
      const key = await freshKey(context, KeyId);
      refuseStates(key.value, context.now, 'PendingDeletion', 'PendingReplicaDeletion');
      const all = { ...key.value.tags, ...added };
      if (Object.keys(all).length > MOST_TAGS) throw tagError('Too many tags');
      return change({}, [put(keys, key.key, { ...key.value, tags: all }, key.version)]);
    },
  },

  UntagResource: {
    conditionKeys: [...KEY_CONDITIONS, 'aws:TagKeys'],
    authorise: async ({ KeyId, TagKeys }, context) => [
      await keyPermission(context, KeyId, {
        action: 'kms:UntagResource',
        context: { 'aws:TagKeys': TagKeys },
      }),
    ],
    async handle({ KeyId, TagKeys }, context) {
      const key = await freshKey(context, KeyId);
      refuseStates(key.value, context.now, 'PendingDeletion', 'PendingReplicaDeletion');
      const left = Object.entries(key.value.tags).filter(([name]) => !TagKeys.includes(name));
      return change({}, [put(keys, key.key, { ...key.value, tags: Object.fromEntries(left) }, key.version)]);
    },
  },

  ListResourceTags: {
    conditionKeys: [...KEY_CONDITIONS],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:ListResourceTags' }),
    ],
    async handle(input, context) {
      const { value } = await freshKey(context, input.KeyId);
      const { items, ...page } = pageOf(Object.entries(value.tags), ([name]) => name, input, USUAL_TAGS);
      return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...page };
    },
  },
} satisfies Operations<typeof Sdk>;

/** @throws AwsError TagException */
export async function newTags(
  context: CallContext,
  given: readonly Tag[] | undefined,
): Promise<Record<string, string>> {
  const list = given ?? [];
  if (list.length > MOST_TAGS) throw tagError('Too many tags');
  if (list.some(({ TagKey }) => TagKey.toLowerCase().startsWith('aws:'))) {
    throw tagError('Tags beginning with aws: are reserved');
  }
  if (new Set(list.map(({ TagKey }) => TagKey)).size < list.length) throw tagError('Duplicate tag keys');
  const requested = list.map(({ TagKey, TagValue }) => ({ key: TagKey, value: TagValue }));
  await demandTagRules(context, 'kms:key', requested, 'TagException');
  return Object.fromEntries(list.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
}

/** Condition keys of a request that sets tags. */
export function tagConditions(given: readonly Tag[] | undefined): Record<string, string | string[]> {
  if (given === undefined) return {};
  return {
    'aws:TagKeys': given.map(({ TagKey }) => TagKey),
    ...Object.fromEntries(given.map(({ TagKey, TagValue }) => [`aws:RequestTag/${TagKey}`, TagValue])),
  };
}
