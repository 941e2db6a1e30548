/** Questions about search domains; Amazon OpenSearch Service kept the property shapes of Elasticsearch. */
import { type Answer, all, any, isNumber, isOneOf, isTrue, NO, undecided, YES } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';
import { isArn } from '../arn.ts';

/** Whether a log publishing option names a log group and is switched on. */
export function publishes(option: Value, whenAbsent: Answer): Answer {
  if (option.kind === 'absent') return whenAbsent;
  if (option.kind === 'unknown') return undecided(option);
  return all([isArn(get(option, 'CloudWatchLogsLogGroupArn')), isTrue(get(option, 'Enabled'))]);
}

/** Whether a cluster has three data nodes or more, spread over zones. */
export function faultTolerant(cluster: Value, whenAbsent: Answer): Answer {
  if (cluster.kind === 'absent') return whenAbsent;
  return all([
    isNumber(get(cluster, 'InstanceCount'), (count) => count >= 3),
    any([isTrue(get(cluster, 'ZoneAwarenessEnabled')), isTrue(get(cluster, 'MultiAZWithStandbyEnabled'))]),
  ]);
}

/**
 * Whether a cluster has three dedicated master nodes or more. Where the count is left out it cannot be
 * lower: the service takes none below three (OpenSearch Service API, `DedicatedMasterCount`).
 */
export function dedicatedMasters(cluster: Value, whenAbsent: Answer): Answer {
  if (cluster.kind === 'absent') return whenAbsent;
  return all([
    isTrue(get(cluster, 'DedicatedMasterEnabled')),
    isNumber(get(cluster, 'DedicatedMasterCount'), (count) => count >= 3, YES),
  ]);
}

/** The security policies that refuse everything before TLS 1.2. */
const MODERN_POLICIES = [
  'Policy-Min-TLS-1-2-2019-07',
  'Policy-Min-TLS-1-2-PFS-2023-10',
  'Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08',
];

/** Whether an endpoint takes HTTPS only, with TLS 1.2 or later. */
export function modernTls(endpoint: Value, whenAbsent: Answer): Answer {
  if (endpoint.kind === 'absent') return whenAbsent;
  return all([
    isTrue(get(endpoint, 'EnforceHTTPS')),
    isOneOf(get(endpoint, 'TLSSecurityPolicy'), MODERN_POLICIES, NO),
  ]);
}
