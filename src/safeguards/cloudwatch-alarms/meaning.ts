/** What an alarm or rule watches for, as the lecture and the CIS benchmark name it. */
export type Meaning = 'root-use' | 'denied-calls' | 'trail-changes';

interface Condition {
  readonly field: string;
  readonly negated: boolean;
  readonly value: string;
}

const MAX_PATTERN = 1024;

/** The comparisons of a filter pattern for JSON events, such as `{ $.eventName = "StopLogging" }`. */
function conditionsOf(pattern: string): readonly Condition[] {
  const found: Condition[] = [];
  const comparison = /\$\.([A-Za-z0-9_.]{1,128})\s{0,4}(!?=)\s{0,4}(?:"([^"]{0,256})"|([^\s()"&|}]{1,256}))/g;
  for (const match of pattern.slice(0, MAX_PATTERN).matchAll(comparison)) {
    found.push({ field: match[1] ?? '', negated: match[2] === '!=', value: match[3] ?? match[4] ?? '' });
  }
  return found;
}

/**
 * What a CloudWatch Logs filter pattern for CloudTrail events means, whatever its exact wording: the
 * comparisons that must hold decide; comparisons with `!=` only exclude (Amazon CloudWatch Logs user
 * guide, "Filter pattern syntax for metric filters").
 */
export function meaningsOfPattern(pattern: string): readonly Meaning[] {
  const wanted = conditionsOf(pattern).filter((each) => !each.negated);
  const has = (field: string, test: (value: string) => boolean) =>
    wanted.some((each) => each.field === field && test(each.value));
  const meanings: Meaning[] = [];
  if (has('userIdentity.type', (value) => value === 'Root')) meanings.push('root-use');
  if (has('errorCode', (value) => /UnauthorizedOperation|AccessDenied/.test(value)))
    meanings.push('denied-calls');
  if (has('eventName', isTrailChange)) meanings.push('trail-changes');
  return meanings;
}

/** What a rule of EventBridge on API calls means. */
export function meaningsOfCalls(calls: readonly string[]): readonly Meaning[] {
  return calls.some(isTrailChange) ? ['trail-changes'] : [];
}

function isTrailChange(eventName: string): boolean {
  return ['StopLogging', 'DeleteTrail', 'UpdateTrail'].includes(eventName);
}
