import { text } from '../../kernel/texts.ts';
import { dedicatedMasters } from '../opensearch/questions.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ES.7. */
export const definition = propertyControl({
  id: 'ES.7',
  title: text(
    'Elasticsearch domains have three dedicated master nodes',
    'Elasticsearchドメインに専用マスターノードが3台ある',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Elasticsearch::Domain'],
  configRule: 'elasticsearch-primary-node-fault-tolerance',
  mappings: { 'nist-800-53-r5': ['CP-6(2)', 'CP-10', 'SC-5(2)', 'SC-36', 'SI-13(5)'] },
  property: ['ElasticsearchClusterConfig'],
  good: dedicatedMasters,
  says: {
    pass: text('three dedicated master nodes', '専用マスターノードが3台あります'),
    fail: text('fewer than three dedicated master nodes', '専用マスターノードが3台未満です'),
  },
  remedy: {
    summary: text('Use three dedicated master nodes', '専用マスターノードを3台にする'),
  },
});
