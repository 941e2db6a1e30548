import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, MSK.2. */
export const definition = propertyControl({
  id: 'MSK.2',
  title: text('Kafka clusters send metrics of topics', 'Kafkaクラスターの拡張モニタリングが有効'),
  severity: 'low',
  resourceTypes: ['AWS::MSK::Cluster'],
  configRule: 'msk-enhanced-monitoring-enabled',
  mappings: {},
  property: ['EnhancedMonitoring'],
  good: oneOf('PER_TOPIC_PER_BROKER', 'PER_TOPIC_PER_PARTITION'),
  whenAbsent: { good: NO, means: text('DEFAULT', '既定は DEFAULT') },
  remedy: {
    summary: text(
      'Set EnhancedMonitoring to PER_TOPIC_PER_BROKER',
      'EnhancedMonitoring を PER_TOPIC_PER_BROKER にする',
    ),
    value: 'PER_TOPIC_PER_BROKER',
  },
});
