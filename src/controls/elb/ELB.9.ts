import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ELB.9. */
export const definition = propertyControl({
  id: 'ELB.9',
  title: text(
    'Classic load balancers spread requests over the zones',
    'Classic Load Balancer のクロスゾーン負荷分散が有効',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  configRule: 'elb-cross-zone-load-balancing-enabled',
  mappings: {
    'nist-800-53-r5': [
      'CP-1a.1(b)',
      'CP-1a.2',
      'CP-2(5)',
      'CP-2(6)',
      'CP-2a',
      'CP-2a.6',
      'CP-2a.7',
      'CP-2d',
      'CP-2e',
      'CP-6(2)',
      'CP-10',
      'SC-5(2)',
      'SC-6',
      'SC-22',
      'SC-36',
      'SI-13(5)',
    ],
  },
  property: ['CrossZone'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set CrossZone to true', 'CrossZone を true にする'),
    value: true,
  },
});
