import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { faultTolerant } from '../opensearch/questions.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, OpenSearch.6. */
export const definition = propertyControl({
  id: 'OpenSearch.6',
  title: text(
    'OpenSearch domains survive the loss of a data node',
    'OpenSearchドメインがデータノードの障害に耐える',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::OpenSearchService::Domain'],
  configRule: 'opensearch-data-node-fault-tolerance',
  mappings: { 'nist-800-53-r5': ['CP-6(2)', 'CP-10', 'SC-5(2)', 'SC-36', 'SI-13(5)'] },
  property: ['ClusterConfig'],
  good: faultTolerant,
  whenAbsent: { good: NO, means: text('one data node', 'データノード1台') },
  says: {
    pass: text(
      'three data nodes or more stand in several zones',
      '3台以上のデータノードが複数ゾーンにあります',
    ),
    fail: text(
      'fewer than three data nodes, or all in one zone',
      'データノードが3台未満か、単一ゾーンにあります',
    ),
  },
  remedy: {
    summary: text(
      'Use three data nodes with zone awareness',
      'データノードを3台以上にし、ゾーン認識を有効にする',
    ),
  },
});
