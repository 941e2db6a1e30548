import { text } from '../../kernel/texts.ts';
import { isTrue, YES } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { accountControl } from '../account.ts';

/** AWS Security Hub controls reference, EC2.7. */
export const definition = accountControl({
  id: 'EC2.7',
  title: text('New volumes are encrypted by default', '新しいEBSボリュームが既定で暗号化される'),
  severity: 'medium',
  configRule: 'ec2-ebs-encryption-by-default',
  mappings: {
    'nist-800-53-r5': [
      'AU-9(3)',
      'CM-6(a)',
      'CM-9(b)',
      'CP-9(d)',
      'SC-8(3)',
      'SC-8(4)',
      'SC-13(a)',
      'SC-28(1)',
      'SI-19(4)',
    ],
    'pci-dss-3.2.1': ['3.4', '3.4.1', '3.4.1.a', '3.4.1.c', '3.4.a', '3.4.b', '8.2', '8.2.1', '8.2.1.a'],
  },
  place: 'region',
  types: ['Account::EbsEncryptionByDefault'],
  declarable: false,
  fulfils: (setting) => isTrue(get(setting.properties, 'Enabled'), YES),
  what: text('EBS encryption by default', 'EBSの既定の暗号化'),
  ask: 'aws ec2 get-ebs-encryption-by-default',
  remedy: {
    summary: text(
      'Switch EBS encryption by default on in every Region that is used',
      '使用している全リージョンでEBSの既定の暗号化を有効にする',
    ),
    edits: [{ kind: 'command', command: 'aws ec2 enable-ebs-encryption-by-default' }],
  },
});
