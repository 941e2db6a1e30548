import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, Redshift.7. */
export const definition = propertyControl({
  id: 'Redshift.7',
  title: text('Redshift traffic stays in the VPC', 'Redshiftの通信がVPC内を通る'),
  severity: 'medium',
  resourceTypes: ['AWS::Redshift::Cluster'],
  configRule: 'redshift-enhanced-vpc-routing-enabled',
  mappings: { 'nist-800-53-r5': ['AC-4(21)', 'SC-7b'], 'pci-dss-3.2.1': ['1.2', '1.3', '1.3.1', '1.3.2'] },
  property: ['EnhancedVpcRouting'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set EnhancedVpcRouting to true', 'EnhancedVpcRouting を true にする'),
    value: true,
  },
});
