import { text } from '../../kernel/texts.ts';
import { isSet, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, CloudTrail.2. */
export const definition = propertyControl({
  id: 'CloudTrail.2',
  title: text('Trails are encrypted with a KMS key', '証跡がKMSキーで暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  configRule: 'cloud-trail-encryption-enabled',
  mappings: {
    'cis-5.0': ['3.5'],
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
    'pci-dss-3.2.1': ['2.2', '3.4', '10.5'],
  },
  property: ['KMSKeyId'],
  good: isSet,
  whenAbsent: { good: NO, means: text(`S3's own key`, 'S3が管理する鍵') },
  remedy: {
    summary: text('Name a KMS key in KMSKeyId', 'KMSKeyId にKMSキーを指定する'),
    needs: [text('a KMS key whose policy lets CloudTrail use it', 'CloudTrailの利用を許可したKMSキー')],
  },
});
