import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { present } from '../questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'RDS.1004',
  title: text(
    'Performance Insights are encrypted with a key of your own',
    'Performance Insights が自分のKMSキーで暗号化されている',
  ),
  severity: 'low',
  resourceTypes: ['AWS::RDS::DBInstance'],
  mappings: {},
  property: ['PerformanceInsightsKMSKeyId'],
  good: present,
  whenAbsent: { good: NO, means: text('the key aws/rds', '鍵 aws/rds') },
  onlyIf: {
    holds: (resource) => isTrue(get(resource.properties, 'EnablePerformanceInsights'), NO),
    otherwise: text('Performance Insights are off', 'Performance Insights は無効です'),
  },
  remedy: {
    summary: text('Name a key of your own', '自分で管理するKMSキーを指定する'),
    needs: [text('a KMS key', 'KMSキー')],
  },
});
