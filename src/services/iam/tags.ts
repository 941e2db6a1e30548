import { type Change, change } from '../../platform/service.ts';
import type { Collection } from '../../store/collection.ts';
import { invalidInput, limitExceeded } from './errors.ts';
import { type Found, save } from './find.ts';
import { type Page, type PageInput, pageOf, paging } from './paging.ts';
import { QUOTAS } from './quotas.ts';
import type { Tag } from './records.ts';

/** Tags of a request. @throws AwsError InvalidInput, LimitExceeded. */
export function newTags(tags: readonly Tag[] | undefined): readonly Tag[] {
  return addTags([], tags ?? []);
}

/** Tags with others added; a key that differs only in case is the same tag. */
function addTags(present: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  const fresh = new Map<string, Tag>();
  for (const { Key, Value } of added) {
    const key = Key.toLowerCase();
    if (key.startsWith('aws:')) {
      throw invalidInput("Tag keys that start with 'aws:' are reserved for system use.");
    }
    if (fresh.has(key)) {
      throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
    }
    fresh.set(key, { Key, Value });
  }
  const kept = present.filter((tag) => !fresh.has(tag.Key.toLowerCase()));
  const all = [...kept, ...fresh.values()];
  if (all.length > QUOTAS.TagsPerResource) {
    throw limitExceeded('The number of tags has reached the maximum limit.');
  }
  return all;
}

/** What Tag… operations do. */
export function tag<T extends { readonly tags: readonly Tag[] }>(
  collection: Collection<T>,
  found: Found<T>,
  added: readonly Tag[],
): Change<Record<never, never>> {
  return retag(collection, found, addTags(found.value.tags, added));
}

/** What Untag… operations do; a key that is not there is no fault. */
export function untag<T extends { readonly tags: readonly Tag[] }>(
  collection: Collection<T>,
  found: Found<T>,
  keys: readonly string[],
): Change<Record<never, never>> {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return retag(
    collection,
    found,
    found.value.tags.filter(({ Key }) => !gone.has(Key.toLowerCase())),
  );
}

function retag<T extends { readonly tags: readonly Tag[] }>(
  collection: Collection<T>,
  found: Found<T>,
  tags: readonly Tag[],
): Change<Record<never, never>> {
  return change({}, [save(collection, found, { tags } as Partial<T>)]);
}

/** What List…Tags operations answer. */
export function tagPage(
  { value }: { readonly value: { readonly tags: readonly Tag[] } },
  input: PageInput,
): ReturnType<typeof paging> & { Tags: Tag[] } {
  const page: Page<Tag> = pageOf(value.tags, (each) => each.Key, input);
  return { Tags: [...page.items], ...paging(page) };
}

/** `Tags` of an answer: left out when there are none. */
export function shownTags(tags: readonly Tag[]): { Tags?: Tag[] } {
  return tags.length === 0 ? {} : { Tags: [...tags] };
}

/** Tags as the policy engine takes them. */
export function tagRecord(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}
