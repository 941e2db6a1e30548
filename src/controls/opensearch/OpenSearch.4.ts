import { text } from '../../kernel/texts.ts';
import { publishes } from '../opensearch/questions.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, OpenSearch.4. */
export const definition = propertyControl({
  id: 'OpenSearch.4',
  title: text(
    'OpenSearch domains send their error log to CloudWatch Logs',
    'OpenSearchドメインのエラーログを CloudWatch Logs に送る',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::OpenSearchService::Domain'],
  configRule: 'opensearch-logs-to-cloudwatch',
  mappings: { 'nist-800-53-r5': ['AU-10'], 'pci-dss-3.2.1': ['10.2', '10.8', '10.8.b'] },
  property: ['LogPublishingOptions', 'ES_APPLICATION_LOGS'],
  good: publishes,
  says: {
    pass: text('the error log is published', 'エラーログが送られます'),
    fail: text('the error log is not published', 'エラーログが送られません'),
  },
  remedy: {
    summary: text('Publish ES_APPLICATION_LOGS to a log group', 'ES_APPLICATION_LOGS をロググループに送る'),
    needs: [text('a log group', 'ロググループ')],
  },
});
