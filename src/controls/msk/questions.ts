import { type Answer, any, isTrue } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';

/** Whether the broker logs go to some destination. */
export function keepsBrokerLogs(logs: Value, whenAbsent: Answer): Answer {
  if (logs.kind === 'absent') return whenAbsent;
  return any(['CloudWatchLogs', 'S3', 'Firehose'].map((name) => isTrue(get(logs, name, 'Enabled'))));
}
