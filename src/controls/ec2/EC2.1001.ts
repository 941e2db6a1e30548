import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Config managed rule ec2-instance-detailed-monitoring-enabled, which no AWS control uses. */
export const definition = propertyControl({
  id: 'EC2.1001',
  title: text('Instances send metrics every minute', 'インスタンスの詳細モニタリングが有効'),
  severity: 'low',
  resourceTypes: ['AWS::EC2::Instance'],
  configRule: 'ec2-instance-detailed-monitoring-enabled',
  mappings: {},
  property: ['Monitoring'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('every five minutes', '5分間隔') },
  remedy: {
    summary: text('Set Monitoring to true', 'Monitoring を true にする'),
    value: true,
  },
});
