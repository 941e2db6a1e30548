import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, OpenSearch.7. */
export const definition = propertyControl({
  id: 'OpenSearch.7',
  title: text(
    'OpenSearch domains have fine-grained access control',
    'OpenSearchドメインのきめ細かなアクセスコントロールが有効',
  ),
  severity: 'high',
  resourceTypes: ['AWS::OpenSearchService::Domain'],
  configRule: 'opensearch-access-control-enabled',
  mappings: { 'pci-dss-3.2.1': ['7.1', '7.1.2', '7.1.2.a'] },
  property: ['AdvancedSecurityOptions', 'Enabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Turn on AdvancedSecurityOptions', 'AdvancedSecurityOptions を有効にする'),
    value: true,
  },
});
