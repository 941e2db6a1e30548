import { text } from '../../kernel/texts.ts';
import { publishes } from '../opensearch/questions.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, OpenSearch.5. */
export const definition = propertyControl({
  id: 'OpenSearch.5',
  title: text('OpenSearch domains keep an audit log', 'OpenSearchドメインの監査ログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::OpenSearchService::Domain'],
  configRule: 'opensearch-audit-logging-enabled',
  mappings: { 'pci-dss-3.2.1': ['3.4', '3.4.a', '3.4.b', '10.2', '10.8', '10.8.b'] },
  property: ['LogPublishingOptions', 'AUDIT_LOGS'],
  good: publishes,
  says: {
    pass: text('the audit log is published', '監査ログが送られます'),
    fail: text('the audit log is not published', '監査ログが送られません'),
  },
  remedy: {
    summary: text('Publish AUDIT_LOGS to a log group', 'AUDIT_LOGS をロググループに送る'),
    needs: [text('a log group', 'ロググループ')],
  },
});
