import { inSlices } from '../workers/slices.ts';

/** How the rows of a list are filtered and sorted. */
export interface ListDefinition<Item> {
  /** By the name of the query field; several values let the row through when one of them fits. */
  readonly fields: Readonly<Record<string, (item: Item) => FieldValue>>;
  readonly sorts: Readonly<Record<string, (item: Item) => string | number>>;
  /** What `text` is looked for in. */
  words(item: Item): string;
}

type FieldValue = string | readonly string[] | undefined;

/** What every list query has; its fields come beside it, see `listQuery` of the contract. */
export interface ListQuery {
  readonly page: number;
  readonly size: number;
  readonly sort?: string | undefined;
  readonly descending: boolean;
  readonly text?: string | undefined;
  readonly [field: string]: unknown;
}

export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly size: number;
}

/** A list of which pages can be asked; what pages need again is made once. */
export interface PreparedList<Item> {
  readonly items: readonly Item[];
  /** Everything that the filter lets through, in order. */
  matching(query: ListQuery): readonly Item[];
  /** Makes what the first search would have to wait for; requests are answered meanwhile. */
  warm(): Promise<void>;
}

export function preparedList<Item>(
  items: readonly Item[],
  definition: ListDefinition<Item>,
): PreparedList<Item> {
  const orders = new Map<string, readonly number[]>();
  const results = new Map<string, readonly Item[]>();
  let words: readonly string[] | undefined;

  function orderBy(sort: string | undefined): readonly number[] | undefined {
    const key = sort === undefined ? undefined : definition.sorts[sort];
    if (sort === undefined || !key) return undefined;
    const known = orders.get(sort);
    if (known) return known;
    const keys = items.map(key);
    const order = keys
      .map((_, index) => index)
      .sort((a, b) => compareKeys(keys[a] ?? '', keys[b] ?? '') || a - b);
    orders.set(sort, order);
    return order;
  }

  const searchText = (item: Item) => definition.words(item).toLowerCase();

  function searchTexts(): readonly string[] {
    words ??= items.map(searchText);
    return words;
  }

  function filtered(query: ListQuery): readonly Item[] {
    const tests = testsOf(definition, query);
    const searched = searchedWords(query.text);
    const texts = searched.length > 0 ? searchTexts() : [];
    const order = orderBy(query.sort);
    if (tests.length === 0 && searched.length === 0 && !order && !query.descending) return items;
    const kept: Item[] = [];
    const last = items.length - 1;
    for (let at = 0; at <= last; at += 1) {
      const place = query.descending ? last - at : at;
      const index = order ? (order[place] ?? place) : place;
      const item = items[index];
      if (item === undefined) continue;
      if (!tests.every((test) => test(item))) continue;
      if (!searched.every((word) => texts[index]?.includes(word))) continue;
      kept.push(item);
    }
    return kept;
  }

  return {
    items,
    async warm() {
      const made: string[] = [];
      await inSlices(items, (item) => made.push(searchText(item)));
      words ??= made;
    },
    matching(query) {
      const key = filterKey(definition, query);
      const known = results.get(key);
      if (known) return known;
      const kept = filtered(query);
      const [oldest] = results.keys();
      if (results.size >= MOST_RESULTS && oldest !== undefined) results.delete(oldest);
      results.set(key, kept);
      return kept;
    },
  };
}

/** Results that are kept: people page through one filter, and several look at the same. */
const MOST_RESULTS = 12;

function filterKey<Item>({ fields }: ListDefinition<Item>, query: ListQuery): string {
  const values = Object.keys(fields).flatMap((name) => [query[name], query[`${name}.not`]]);
  return JSON.stringify([query.sort, query.descending, query.text, values]);
}

/** One page of what a filter let through. */
export function cutPage<Item>(kept: readonly Item[], { page, size }: ListQuery): ListPage<Item> {
  const from = (page - 1) * size;
  return {
    items: kept.slice(from, from + size),
    total: kept.length,
    page,
    pages: Math.max(1, Math.ceil(kept.length / size)),
    size,
  };
}

function compareKeys(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return one < other ? -1 : one > other ? 1 : 0;
}

function searchedWords(text: string | undefined): readonly string[] {
  return (text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function testsOf<Item>(
  { fields }: ListDefinition<Item>,
  query: ListQuery,
): readonly ((item: Item) => boolean)[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const wanted = valuesOf(query[name]);
    const unwanted = valuesOf(query[`${name}.not`]);
    const tests: ((item: Item) => boolean)[] = [];
    if (wanted.size > 0) tests.push((item) => has(value(item), wanted));
    if (unwanted.size > 0) tests.push((item) => !has(value(item), unwanted));
    return tests;
  });
}

function valuesOf(given: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(given) ? given.map(String) : []);
}

function has(value: FieldValue, wanted: ReadonlySet<string>): boolean {
  if (value === undefined) return false;
  return typeof value === 'string' ? wanted.has(value) : value.some((each) => wanted.has(each));
}
