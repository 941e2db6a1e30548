import { type Answer, answer, NO, undecided } from '../../model/answer.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';

/** Sources of findings: services that say that something is wrong. */
const FINDING_SOURCES = [
  'aws.guardduty',
  'aws.securityhub',
  'aws.inspector2',
  'aws.macie',
  'aws.access-analyzer',
  'aws.config',
  'aws.health',
  'aws.trustedadvisor',
];

/** Whether an event pattern matches findings of some security service. */
export function fitsFindings(pattern: Value): Answer {
  if (pattern.kind === 'absent') return NO;
  if (pattern.kind === 'unknown') return undecided(pattern);
  const source = get(pattern, 'source');
  const detail = get(pattern, 'detail-type');
  if (source.kind === 'unknown') return undecided(source);
  const sources = itemsOf(source);
  if (sources.length > 0) return answer(sources.some(isFindingSource));
  return answer(itemsOf(detail).some((each) => /finding/i.test(stringFrom(each) ?? '')));
}

/** A source by name, by `prefix`, or by a wildcard. */
function isFindingSource(value: Value): boolean {
  const name = stringFrom(value);
  if (name !== undefined) return FINDING_SOURCES.includes(name);
  const prefix = stringFrom(get(value, 'prefix')) ?? stringFrom(get(value, 'wildcard'))?.replace(/\*.*$/, '');
  return prefix !== undefined && FINDING_SOURCES.some((source) => source.startsWith(prefix));
}

/** The names of API calls that a pattern matches, out of `AWS API Call via CloudTrail` events. */
export function apiCallsIn(pattern: Value): readonly string[] {
  return itemsOf(get(pattern, 'detail', 'eventName')).flatMap((each) => stringFrom(each) ?? []);
}
