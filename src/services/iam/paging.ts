import type { StoreReader } from '../../platform/context.ts';
import type { Collection } from '../../store/collection.ts';
import type { StoredRecord } from '../../store/store.ts';
import { nameKey } from './collections.ts';
import { validationError } from './errors.ts';
import type { Named } from './records.ts';

/** The members that lists of IAM have in common. */
export interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly IsTruncated: boolean;
  readonly Marker?: string;
}

const USUAL_ITEMS = 100;
const STORE_PAGE = 500;

/** A marker names the last item of its page, so that items that come or go hide no others. */
function markerOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function keyOfMarker(marker: string | undefined): string | undefined {
  if (marker === undefined) return undefined;
  const key = Buffer.from(marker, 'base64url').toString();
  if (markerOf(key) !== marker) throw invalidMarker();
  return key;
}

function invalidMarker() {
  return validationError('Invalid Marker.');
}

const NAME = /^[!-~]{1,128}$/;

/** The name in a marker of {@link pageOfNamed}: what is no name was made by nobody here. @throws AwsError ValidationError. */
function nameOfMarker(marker: string | undefined): string | undefined {
  const name = keyOfMarker(marker);
  if (name !== undefined && !NAME.test(name)) throw invalidMarker();
  return name;
}

/** A page of items that are at hand, in the order of their keys; keys are distinct. */
export function pageOf<T>(items: readonly T[], keyOf: (item: T) => string, input: PageInput): Page<T> {
  const after = keyOfMarker(input.Marker);
  const sorted = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  return page(sorted, input.MaxItems ?? USUAL_ITEMS);
}

/** A page of the named things of an account, in the order of their names. */
export async function pageOfNamed<T extends Named>(
  store: StoreReader,
  collection: Collection<T>,
  account: string,
  input: PageInput & { readonly PathPrefix?: string | undefined },
): Promise<Page<StoredRecord<T>>> {
  const most = input.MaxItems ?? USUAL_ITEMS;
  const marked = nameOfMarker(input.Marker);
  const found: { item: StoredRecord<T>; key: string }[] = [];
  let from = nameKey(account, marked === undefined ? '' : `${marked}\u0001`);
  const before = `${account}0`;
  while (found.length <= most) {
    const { records, next } = await store.list(collection, {
      index: 'name',
      from,
      before,
      limit: STORE_PAGE,
    });
    for (const item of records) {
      const key = item.value.name.toLowerCase();
      from = nameKey(account, `${key}\u0001`);
      if (item.value.path.startsWith(input.PathPrefix ?? '/')) found.push({ item, key });
    }
    if (next === undefined) break;
  }
  return page(found, most);
}

function page<T>(sorted: readonly { readonly item: T; readonly key: string }[], most: number): Page<T> {
  const shown = sorted.slice(0, most);
  const items = shown.map(({ item }) => item);
  const last = shown.at(-1);
  if (last === undefined || sorted.length <= most) return { items, IsTruncated: false };
  return { items, IsTruncated: true, Marker: markerOf(last.key) };
}

/** The answer's members about paging: `Marker` is there only when more follows. */
export function paging({ IsTruncated, Marker }: Page<unknown>): { IsTruncated: boolean; Marker?: string } {
  return Marker === undefined ? { IsTruncated } : { IsTruncated, Marker };
}

/** Every record of an account in a collection that has an index `account`, or `name` of named things. */
export async function everyRecord<T>(
  store: StoreReader,
  collection: Collection<T>,
  account: string,
): Promise<readonly StoredRecord<T>[]> {
  const named = collection.indexes.some((index) => index.name === 'name');
  const query = named
    ? { index: 'name', from: `${account}/`, before: `${account}0` }
    : { index: 'account', equals: account };
  const records: StoredRecord<T>[] = [];
  let after: string | undefined;
  do {
    const found = await store.list(collection, {
      ...query,
      limit: STORE_PAGE,
      ...(after === undefined ? {} : { after }),
    });
    records.push(...found.records);
    after = found.next;
  } while (after !== undefined);
  return records;
}

/** How many named things an account has in a collection. */
export function countNamed<T extends Named>(
  store: StoreReader,
  collection: Collection<T>,
  account: string,
): Promise<number> {
  return store.count(collection, { index: 'name', from: `${account}/`, before: `${account}0` });
}
