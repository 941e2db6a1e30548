import { text } from '../kernel/texts.ts';
import type { Collection } from './collection.ts';
import type { Selection } from './engine.ts';
import { StoreError } from './errors.ts';
import { afterPrefix } from './index-key.ts';
import { STORE_LIMITS } from './limits.ts';
import { readPageToken, selectionId } from './page-token.ts';
import { checkedIndexKey, checkKey } from './prepare-transaction.ts';
import type { PageQuery } from './store.ts';

const DEFAULT_LIMIT = 100;

/**
 * A query with its values in comparable form.
 *
 * @throws StoreError `store-query` for contradictory conditions or an unknown index, `store-token` for a
 * page token of another query.
 */
export function prepareQuery<T>(collection: Collection<T>, query: PageQuery): Selection {
  const { index, equals, prefix, from, before, limit = DEFAULT_LIMIT } = query;
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > STORE_LIMITS.pageRecords) {
    throw badQuery(
      `a page has 1 to ${STORE_LIMITS.pageRecords} records`,
      `1ページは1〜${STORE_LIMITS.pageRecords}件です`,
    );
  }
  if (index !== undefined && !collection.indexes.some((each) => each.name === index)) {
    throw badQuery(
      `${collection.name} has no index ${index}`,
      `${collection.name}に索引${index}はありません`,
    );
  }
  const range = from !== undefined || before !== undefined;
  if ([equals !== undefined, prefix !== undefined, range].filter(Boolean).length > 1) {
    throw badQuery(
      'a query has one condition: equals, prefix, or from and before',
      '条件はequals、prefix、fromとbeforeのうち一つだけです',
    );
  }
  const comparable = (value: string | number | undefined) =>
    value === undefined ? undefined : comparableOf(collection, index, value);
  const start = comparable(prefix);
  const selection: Selection = {
    collection: collection.name,
    index,
    equals: comparable(equals),
    from: start ?? comparable(from),
    before: start === undefined ? comparable(before) : afterPrefix(start),
    after: undefined,
    descending: query.descending ?? false,
    limit,
  };
  if (query.after === undefined) return selection;
  return { ...selection, after: readPageToken(query.after, selectionId(selection)) };
}

/** Keys are compared as they are, index values in the form of `indexKey`. */
function comparableOf<T>(
  collection: Collection<T>,
  index: string | undefined,
  value: string | number,
): string {
  if (index !== undefined) return checkedIndexKey(collection, index, value);
  if (typeof value === 'number') throw badQuery('keys are strings', 'キーは文字列です');
  if (value !== '') checkKey(value);
  return value;
}

function badQuery(en: string, ja: string): StoreError {
  return new StoreError('store-query', text(en, ja));
}
