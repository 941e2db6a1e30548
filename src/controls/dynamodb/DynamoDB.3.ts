import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, DynamoDB.3. */
export const definition = propertyControl({
  id: 'DynamoDB.3',
  title: text('DAX clusters are encrypted', 'DAXクラスターが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::DAX::Cluster'],
  configRule: 'dax-encryption-enabled',
  mappings: {
    'pci-dss-3.2.1': ['3.4', '3.4.1', '3.4.1.a', '3.4.1.c', '3.4.a', '3.4.b', '8.2', '8.2.1', '8.2.1.a'],
  },
  property: ['SSESpecification', 'SSEEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set SSEEnabled to true', 'SSEEnabled を true にする'),
    value: true,
  },
});
