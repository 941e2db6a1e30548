import { text } from '../../kernel/texts.ts';
import { isFalse, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, AutoScaling.5. */
export const definition = propertyControl({
  id: 'AutoScaling.5',
  title: text('Launch configurations give no public address', '起動設定がパブリックIPを割り当てない'),
  severity: 'high',
  resourceTypes: ['AWS::AutoScaling::LaunchConfiguration'],
  configRule: 'autoscaling-launch-config-public-ip-disabled',
  mappings: {
    'nist-800-53-r5': ['AC-3', 'AC-4(21)', 'CM-6a', 'SC-7(3)'],
    'pci-dss-3.2.1': ['1.2', '1.2.1', '1.3', '1.3.1', '1.3.2', '1.3.4', '1.3.6', '2.2.2'],
  },
  basis: 'template',
  property: ['AssociatePublicIpAddress'],
  good: isFalse,
  whenAbsent: { good: NO, means: text('the subnet decides', 'サブネットの設定に左右されます') },
  remedy: {
    summary: text('Set AssociatePublicIpAddress to false', 'AssociatePublicIpAddress を false にする'),
    value: false,
  },
});
