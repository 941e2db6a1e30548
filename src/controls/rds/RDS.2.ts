import { text } from '../../kernel/texts.ts';
import { isFalse, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, RDS.2. */
export const definition = propertyControl({
  id: 'RDS.2',
  title: text(
    'Database instances are not publicly accessible',
    'データベースインスタンスがパブリックアクセス可能でない',
  ),
  severity: 'critical',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-instance-public-access-check',
  mappings: {
    'cis-5.0': ['2.2.3'],
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
  basis: 'template',
  property: ['PubliclyAccessible'],
  good: isFalse,
  whenAbsent: {
    good: NO,
    means: text(
      'whether it gets a public address then depends on its subnets',
      '公開アドレスの有無はサブネットに左右されます',
    ),
  },
  remedy: {
    summary: text(
      'Set PubliclyAccessible to false and reach the database from inside the network',
      'PubliclyAccessible を false にし、ネットワーク内から接続する',
    ),
    value: false,
  },
});
