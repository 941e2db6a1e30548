import { text } from '../../kernel/texts.ts';
import { isFalse, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, EC2.15. */
export const definition = propertyControl({
  id: 'EC2.15',
  title: text('Subnets give no public address by themselves', 'サブネットがパブリックIPを自動で割り当てない'),
  severity: 'medium',
  resourceTypes: ['AWS::EC2::Subnet'],
  configRule: 'subnet-auto-assign-public-ip-disabled',
  mappings: {
    'nist-800-53-r5': [
      'AC-2(6)',
      'AC-3',
      'AC-3(7)',
      'AC-4(21)',
      'AC-6',
      'AC-17(1)',
      'AC-17(4)(a)',
      'AC-17(9)',
      'AC-17(10)',
      'AC-17b',
      'MP-2',
      'SC-7(2)',
      'SC-7(3)',
      'SC-7(7)',
      'SC-7(9)(a)',
      'SC-7(11)',
      'SC-7(12)',
      'SC-7(16)',
      'SC-7(20)',
      'SC-7(21)',
      'SC-7(24)(b)',
      'SC-7(25)',
      'SC-7(26)',
      'SC-7(27)',
      'SC-7(28)',
      'SC-7a',
      'SC-7b',
      'SC-7c',
      'SC-25',
    ],
    'pci-dss-3.2.1': ['1.2', '1.2.1', '1.3', '1.3.1', '1.3.2', '1.3.4', '1.3.6', '2.2.2'],
  },
  property: ['MapPublicIpOnLaunch'],
  good: isFalse,
  whenAbsent: { good: YES, means: text('off by default', '既定で無効') },
  remedy: {
    summary: text(
      'Set MapPublicIpOnLaunch to false and put what must be public behind a load balancer',
      'MapPublicIpOnLaunch を false にし、公開するものはロードバランサーの背後に置く',
    ),
    value: false,
  },
});
