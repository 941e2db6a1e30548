import { invalidInput } from './errors.ts';

interface PageInput {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

const USUAL_ITEMS = 20;

/**
 * A page of items in the order of their keys, which are distinct; the token names the last item of its page, so
 * that items that come or go hide no others.
 *
 * @throws AwsError InvalidInput for a token that is none.
 */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { NextToken, MaxResults = USUAL_ITEMS }: PageInput,
): { readonly items: T[]; readonly next: { NextToken?: string } } {
  const after = keyOfToken(NextToken);
  const rest = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const shown = rest.slice(0, MaxResults);
  const last = shown.at(-1);
  const more = last !== undefined && rest.length > shown.length;
  return {
    items: shown.map(({ item }) => item),
    next: more ? { NextToken: Buffer.from(last.key).toString('base64url') } : {},
  };
}

function keyOfToken(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const key = Buffer.from(token, 'base64url').toString();
  if (Buffer.from(key).toString('base64url') === token) return key;
  throw invalidInput('INVALID_PAGINATION_TOKEN', 'You provided an invalid value for NextToken.');
}
