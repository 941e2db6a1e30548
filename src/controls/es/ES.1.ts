import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ES.1. */
export const definition = propertyControl({
  id: 'ES.1',
  title: text(
    'Elasticsearch domains are encrypted on disk',
    'Elasticsearchドメインが保存時に暗号化されている',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Elasticsearch::Domain'],
  configRule: 'elasticsearch-encrypted-at-rest',
  mappings: {
    'nist-800-53-r5': ['AU-9(3)', 'CP-9d', 'SC-8(3)', 'SC-8(4)', 'SC-13a', 'SC-28(1)', 'SI-19(4)'],
    'pci-dss-3.2.1': ['3.4', '8.2.1'],
  },
  property: ['EncryptionAtRestOptions', 'Enabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Turn on EncryptionAtRestOptions', 'EncryptionAtRestOptions を有効にする'),
    value: true,
  },
});
