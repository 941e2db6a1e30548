import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { hasItems } from '../questions.ts';
import { zones } from './zones.ts';

/** AWS Security Hub controls reference, AutoScaling.2. */
export const definition = propertyControl({
  id: 'AutoScaling.2',
  title: text(
    'Auto Scaling groups span two zones or more',
    'Auto Scaling グループが複数のアベイラビリティーゾーンにまたがる',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup'],
  configRule: 'autoscaling-multiple-az',
  mappings: { 'nist-800-53-r5': ['CP-2(2)', 'CP-6(2)', 'CP-10', 'SC-5(2)', 'SC-36', 'SI-13(5)'] },
  property: ['VPCZoneIdentifier'],
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
