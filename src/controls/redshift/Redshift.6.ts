import { text } from '../../kernel/texts.ts';
import { isTrue, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, Redshift.6. */
export const definition = propertyControl({
  id: 'Redshift.6',
  title: text(
    'Redshift clusters install new versions by themselves',
    'Redshiftクラスターのバージョンアップグレードが自動',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Redshift::Cluster'],
  configRule: 'redshift-cluster-maintenancesettings-check',
  mappings: {
    'nist-800-53-r5': [
      'CM-2b',
      'CM-2b.1',
      'CM-2b.2',
      'CM-2b.3',
      'CM-3(3)',
      'CP-9a',
      'CP-9b',
      'CP-9c',
      'SC-5(2)',
      'SI-2(2)',
      'SI-2(5)',
      'SI-2c',
      'SI-2d',
    ],
    'pci-dss-3.2.1': ['6.2'],
  },
  property: ['AllowVersionUpgrade'],
  good: isTrue,
  whenAbsent: { good: YES, means: text('on by default', '既定で有効') },
  remedy: {
    summary: text('Set AllowVersionUpgrade to true', 'AllowVersionUpgrade を true にする'),
    value: true,
  },
});
