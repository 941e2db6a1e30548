import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { hasItems } from '../questions.ts';

/** AWS Security Hub controls reference, Lambda.3. */
export const definition = propertyControl({
  id: 'Lambda.3',
  title: text('Functions run inside a VPC', 'Lambda関数がVPC内で動く'),
  severity: 'low',
  resourceTypes: ['AWS::Lambda::Function'],
  configRule: 'lambda-inside-vpc',
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
      'SC-7(9)(a)',
      'SC-7(11)',
      'SC-7(12)',
      'SC-7(16)',
      'SC-7(20)',
      'SC-7(21)',
      'SC-7(24)(b)',
      'SC-7a',
      'SC-7b',
      'SC-7c',
      'SC-25',
    ],
    'pci-dss-3.2.1': ['1.2', '1.2.1', '1.3', '1.3.1', '1.3.2', '1.3.4', '2.2.2'],
  },
  property: ['VpcConfig', 'SubnetIds'],
  good: hasItems(1),
  whenAbsent: { good: NO, means: text('outside your network', 'VPCの外で動きます') },
  remedy: {
    summary: text(
      'Give the function subnets and a security group',
      '関数にサブネットとセキュリティグループを指定する',
    ),
    needs: [text('private subnets and a security group', 'プライベートサブネットとセキュリティグループ')],
  },
});
