import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { hasItems } from '../questions.ts';
import { zones } from './attributes.ts';

/** AWS Security Hub controls reference, ELB.10. */
export const definition = propertyControl({
  id: 'ELB.10',
  title: text(
    'Classic load balancers stand in two zones or more',
    'Classic Load Balancer が複数のアベイラビリティーゾーンにまたがる',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  configRule: 'clb-multiple-az',
  mappings: { 'nist-800-53-r5': ['CP-6(2)', 'CP-10', 'SC-5(2)', 'SC-36', 'SI-13(5)'] },
  property: ['Subnets'],
  read: (resource) => zones(resource),
  good: hasItems(2),
  remedy: {
    summary: text(
      'List subnets in two Availability Zones or more',
      '2つ以上のアベイラビリティーゾーンのサブネットを指定する',
    ),
    needs: [text('a subnet in another zone', '別ゾーンのサブネット')],
  },
});
