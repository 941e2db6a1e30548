import { text } from '../../kernel/texts.ts';
import { publishes } from '../opensearch/questions.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ES.4. */
export const definition = propertyControl({
  id: 'ES.4',
  title: text(
    'Elasticsearch domains send their error log to CloudWatch Logs',
    'Elasticsearchドメインのエラーログを CloudWatch Logs に送る',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Elasticsearch::Domain'],
  configRule: 'elasticsearch-logs-to-cloudwatch',
  mappings: {
    'nist-800-53-r5': ['AU-10'],
    'pci-dss-3.2.1': [
      '10.1',
      '10.2.1',
      '10.2.2',
      '10.2.3',
      '10.2.4',
      '10.2.5',
      '10.3.1',
      '10.3.2',
      '10.3.3',
      '10.3.4',
      '10.3.5',
      '10.3.6',
    ],
  },
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
