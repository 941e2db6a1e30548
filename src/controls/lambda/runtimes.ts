/**
 * The day on which Lambda ends its support of each runtime, as forecast in the Lambda developer guide
 * ("Lambda runtimes", read in 2026).
 */
const SUPPORTED_UNTIL: ReadonlyMap<string, string> = new Map([
  ['nodejs24.x', '2028-04-30'],
  ['nodejs22.x', '2027-04-30'],
  ['nodejs20.x', '2026-04-30'],
  ['python3.14', '2029-06-30'],
  ['python3.13', '2029-06-30'],
  ['python3.12', '2028-10-31'],
  ['python3.11', '2027-06-30'],
  ['python3.10', '2026-10-31'],
  ['java25', '2029-06-30'],
  ['java21', '2029-06-30'],
  ['java17', '2027-06-30'],
  ['java11', '2027-06-30'],
  ['java8.al2', '2027-06-30'],
  ['dotnet10', '2028-11-14'],
  ['dotnet8', '2026-11-10'],
  ['ruby3.4', '2028-03-31'],
  ['ruby3.3', '2027-03-31'],
  ['ruby3.2', '2026-03-31'],
  ['provided.al2023', '2029-06-30'],
  ['provided.al2', '2026-07-31'],
]);

/** Versions whose support ended before this table begins. */
const RETIRED =
  /^(nodejs(\d|1[0-8])?(\.x|\.\d+)?(-edge)?|python(2\.7|3\.[6-9])|java8|dotnetcore\d\.\d|dotnet[5-7]|ruby2\.\d|go1\.x|provided)$/;

export type RuntimeSupport = 'supported' | 'retired' | 'not-listed';

/** Whether a runtime is supported on a day (ISO 8601); one that is newer than the table is not listed. */
export function runtimeSupport(runtime: string, day: string): RuntimeSupport {
  const until = SUPPORTED_UNTIL.get(runtime);
  if (until) return day.slice(0, 10) <= until ? 'supported' : 'retired';
  return RETIRED.test(runtime) ? 'retired' : 'not-listed';
}
