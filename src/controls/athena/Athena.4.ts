import { text } from '../../kernel/texts.ts';
import { isTrue, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, Athena.4. */
export const definition = propertyControl({
  id: 'Athena.4',
  title: text('Athena workgroups send metrics', 'Athenaワークグループがメトリクスを記録する'),
  severity: 'medium',
  resourceTypes: ['AWS::Athena::WorkGroup'],
  configRule: 'athena-workgroup-logging-enabled',
  mappings: {},
  property: ['WorkGroupConfiguration', 'PublishCloudWatchMetricsEnabled'],
  good: isTrue,
  whenAbsent: { good: YES, means: text('on by default', '既定で有効') },
  remedy: {
    summary: text(
      'Set PublishCloudWatchMetricsEnabled to true',
      'PublishCloudWatchMetricsEnabled を true にする',
    ),
    value: true,
  },
});
