import type { ContextValue } from '../../iam/request.ts';
import { constraint, invalidInput } from './errors.ts';
import type { Tag } from './records.ts';

const MOST_TAGS = 50;

/** Tags with others added; keys are told apart by case. @throws AwsError InvalidInput, ConstraintViolation. */
export function withTags(present: readonly Tag[], added: readonly Tag[] = []): readonly Tag[] {
  const fresh = new Map(added.map(({ Key, Value }) => [Key, { Key, Value }]));
  if (fresh.size < added.length) {
    throw invalidInput(
      'DUPLICATE_TAG_KEY',
      'Tag keys must be unique among the tags attached to the same resource.',
    );
  }
  if (added.some(({ Key }) => Key.toLowerCase().startsWith('aws:'))) {
    throw invalidInput(
      'INVALID_SYSTEM_TAGS_PARAMETER',
      "You specified a tag key that's reserved for system use.",
    );
  }
  const all = [...present.filter(({ Key }) => !fresh.has(Key)), ...fresh.values()];
  if (all.length > MOST_TAGS) {
    throw constraint(
      'MAX_TAG_LIMIT_EXCEEDED',
      'You have exceeded the number of tags allowed on this resource.',
    );
  }
  return all;
}

/** Condition keys about the tags that a request gives. */
export function requestTags(tags: readonly Tag[] | undefined): Record<string, ContextValue> {
  if (tags === undefined || tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    'aws:TagKeys': tags.map(({ Key }) => Key),
  };
}

/** Condition keys about the tags that something has. */
export function resourceTags(tags: readonly Tag[]): Record<string, ContextValue> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value]));
}
