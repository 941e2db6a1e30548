import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, OpenSearch.1. */
export const definition = propertyControl({
  id: 'OpenSearch.1',
  title: text('OpenSearch domains are encrypted on disk', 'OpenSearchドメインが保存時に暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::OpenSearchService::Domain'],
  configRule: 'opensearch-encrypted-at-rest',
  mappings: {
    'nist-800-53-r5': ['AU-9(3)', 'CP-9(d)', 'SC-8(3)', 'SC-8(4)', 'SC-13(a)', 'SC-28(1)', 'SI-19(4)'],
    'pci-dss-3.2.1': ['3.4', '3.4.1', '3.4.1.a', '3.4.1.c', '3.4.a', '3.4.b', '8.2', '8.2.1', '8.2.1.a'],
  },
  property: ['EncryptionAtRestOptions', 'Enabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Turn on EncryptionAtRestOptions', 'EncryptionAtRestOptions を有効にする'),
    value: true,
  },
});
