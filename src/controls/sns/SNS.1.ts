import { text } from '../../kernel/texts.ts';
import { isSet, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, SNS.1. */
export const definition = propertyControl({
  id: 'SNS.1',
  title: text('Topics are encrypted with a KMS key', 'トピックがKMSキーで暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::SNS::Topic'],
  configRule: 'sns-encrypted-kms',
  mappings: {
    'nist-800-53-r5': ['AU-9(3)', 'CP-9d', 'SC-8(3)', 'SC-8(4)', 'SC-13a', 'SC-28(1)'],
    'pci-dss-3.2.1': ['8.2.1'],
  },
  property: ['KmsMasterKeyId'],
  good: isSet,
  whenAbsent: { good: NO, means: text('no KMS key', 'KMSキーなし') },
  remedy: {
    summary: text('Set KmsMasterKeyId', 'KmsMasterKeyId を指定する'),
    value: 'alias/aws/sns',
  },
});
