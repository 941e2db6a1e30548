import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { encryption } from './volume.ts';

/** AWS Security Hub controls reference, EC2.3. Judged on what the template says: the account may encrypt by default (EC2.7). */
export const definition = propertyControl({
  id: 'EC2.3',
  title: text('Volumes are encrypted', 'EBSボリュームが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::EC2::Volume'],
  configRule: 'encrypted-volumes',
  mappings: {
    'cis-5.0': ['5.1.1'],
    'nist-800-53-r5': [
      'AU-9(3)',
      'CM-6a',
      'CM-9b',
      'CP-9d',
      'SC-8(3)',
      'SC-8(4)',
      'SC-13a',
      'SC-28(1)',
      'SI-19(4)',
    ],
    'pci-dss-3.2.1': ['2.2', '3.4', '8.2.1'],
  },
  basis: 'template',
  property: ['Encrypted'],
  read: (resource) => encryption(resource),
  good: isTrue,
  whenAbsent: {
    good: NO,
    means: text(
      `not encrypted unless the account's default says so`,
      'アカウントの既定設定がなければ暗号化されません',
    ),
  },
  remedy: {
    summary: text(
      'Set Encrypted to true (replaces the volume: copy it through a snapshot)',
      'Encrypted を true にする(ボリュームは置換されるため、スナップショット経由で移す)',
    ),
    value: true,
  },
});
