import type { ContextValue } from '../../iam/request.ts';
import type { Session } from '../../platform/caller.ts';
import { awsError } from '../../platform/service.ts';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface TagInput {
  readonly Tags?: readonly Tag[] | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
}

/**
 * The tags of a new session: those of the request and, when roles are chained, the transitive ones of the session
 * that asks, which cannot be set anew. Source: IAM User Guide, "Pass session tags in AWS STS".
 *
 * @throws AwsError InvalidParameterValue.
 */
export function sessionTags(
  { Tags = [], TransitiveTagKeys = [] }: TagInput,
  before: Session | undefined,
): Pick<Session, 'tags' | 'transitiveTagKeys'> {
  const inherited = inheritedTags(before);
  const given = new Map<string, Tag>();
  for (const tag of Tags) {
    const key = tag.Key.toLowerCase();
    if (key.startsWith('aws:')) throw invalid('Tag keys that start with aws: are reserved.');
    if (given.has(key)) {
      throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
    }
    if (inherited.has(key)) {
      throw invalid(
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
      );
    }
    given.set(key, tag);
  }
  for (const key of TransitiveTagKeys) {
    if (!given.has(key.toLowerCase())) {
      throw invalid('The specified transitive tag key must be included in the requested tags.');
    }
  }
  const all = [...inherited.values(), ...given.values()];
  if (all.length === 0) return {};
  return {
    tags: Object.fromEntries(all.map(({ Key, Value }) => [Key, Value])),
    transitiveTagKeys: [...[...inherited.values()].map(({ Key }) => Key), ...TransitiveTagKeys],
  };
}

function inheritedTags(session: Session | undefined): ReadonlyMap<string, Tag> {
  const transitive = new Set((session?.transitiveTagKeys ?? []).map((key) => key.toLowerCase()));
  return new Map(
    Object.entries(session?.tags ?? {})
      .filter(([Key]) => transitive.has(Key.toLowerCase()))
      .map(([Key, Value]) => [Key.toLowerCase(), { Key, Value }]),
  );
}

/** Condition keys about the tags that a request asks for. */
export function tagContext({ Tags = [], TransitiveTagKeys = [] }: TagInput): Record<string, ContextValue> {
  return {
    ...Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    ...(Tags.length === 0 ? {} : { 'aws:TagKeys': Tags.map(({ Key }) => Key) }),
    ...(TransitiveTagKeys.length === 0 ? {} : { 'sts:TransitiveTagKeys': [...TransitiveTagKeys] }),
  };
}

function invalid(message: string) {
  return awsError('InvalidParameterValue', message, { status: 400 });
}
