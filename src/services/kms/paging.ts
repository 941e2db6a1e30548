import { awsError } from '../../platform/service.ts';

/** The members that the lists of KMS have in common. */
export interface PageInput {
  readonly Limit?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface PageAnswer {
  readonly Truncated: boolean;
  readonly NextMarker?: string;
}

/** A marker names the last item of its page, so that items that come or go hide no others. */
export function markerOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}

/** @throws AwsError InvalidMarkerException */
export function keyOfMarker(marker: string | undefined): string | undefined {
  if (marker === undefined) return undefined;
  const key = Buffer.from(marker, 'base64url').toString();
  if (markerOf(key) !== marker) throw awsError('InvalidMarkerException', '');
  return key;
}

/** A page of items that are at hand, in the order of their keys. */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { Limit, Marker }: PageInput,
  usual: number,
): PageAnswer & { readonly items: T[] } {
  const after = keyOfMarker(Marker);
  const most = Limit ?? usual;
  const rest = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const shown = rest.slice(0, most);
  const last = shown.at(-1);
  return {
    items: shown.map(({ item }) => item),
    ...(last !== undefined && rest.length > most
      ? { Truncated: true, NextMarker: markerOf(last.key) }
      : { Truncated: false }),
  };
}
