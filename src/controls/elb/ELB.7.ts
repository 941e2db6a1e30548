import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ELB.7. */
export const definition = propertyControl({
  id: 'ELB.7',
  title: text(
    'Classic load balancers let running requests finish',
    'Classic Load Balancer の Connection Draining が有効',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  configRule: 'elb-connection-draining-enabled',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  property: ['ConnectionDrainingPolicy', 'Enabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Turn on ConnectionDrainingPolicy', 'ConnectionDrainingPolicy を有効にする'),
    value: true,
  },
});
