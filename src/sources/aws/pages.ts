import type { Output } from './api.ts';

/** Where AWS's services put the mark of the next page, and what they call it in the next request. */
const MARKS: readonly (readonly [answer: string, request: string])[] = [
  ['NextToken', 'NextToken'],
  ['nextToken', 'nextToken'],
  ['NextMarker', 'Marker'],
  ['Marker', 'Marker'],
  ['ContinuationToken', 'ContinuationToken'],
  ['LastEvaluatedTableName', 'ExclusiveStartTableName'],
  ['position', 'position'],
];

/** Services that answer and ask with the same `NextMarker`. */
const SAME_MARKER = new Set(['wafv2']);

/** Most pages of one listing; a service that never ends is not followed for ever. */
export const MOST_PAGES = 10_000;

/** What to add to the request for the next page; undefined on the last one. */
export function nextPage(service: string, answer: Output): Output | undefined {
  for (const [mark, request] of MARKS) {
    const value = answer[mark];
    if (typeof value !== 'string' || value === '') continue;
    // IAM and KMS repeat a mark on the last page; only this flag says that there is more.
    if (answer.IsTruncated === false || answer.Truncated === false || answer.HasMoreStreams === false)
      return undefined;
    const name = mark === 'NextMarker' && SAME_MARKER.has(service) ? 'NextMarker' : request;
    return { [name]: value };
  }
  return undefined;
}
