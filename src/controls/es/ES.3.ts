import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ES.3. */
export const definition = propertyControl({
  id: 'ES.3',
  title: text(
    'Nodes of Elasticsearch domains talk by TLS',
    'Elasticsearchドメインのノード間通信が暗号化されている',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Elasticsearch::Domain'],
  configRule: 'elasticsearch-node-to-node-encryption-check',
  mappings: {
    'nist-800-53-r5': [
      'AC-4',
      'AC-4(22)',
      'AC-24(1)',
      'AU-9(3)',
      'CA-9b',
      'PM-17b',
      'SC-7(4)(b)',
      'SC-7(4)(g)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SC-8(3)',
      'SC-8(4)',
      'SC-8(5)',
      'SC-13a',
      'SC-23',
      'SI-1a.2',
      'SI-1c.2',
    ],
    'pci-dss-3.2.1': ['4.1'],
  },
  property: ['NodeToNodeEncryptionOptions', 'Enabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Turn on NodeToNodeEncryptionOptions', 'NodeToNodeEncryptionOptions を有効にする'),
    value: true,
  },
});
