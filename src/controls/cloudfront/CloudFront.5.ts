import { text } from '../../kernel/texts.ts';
import { isSet, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { logging } from './logging.ts';

/** AWS Security Hub controls reference, CloudFront.5. Logs delivered by CloudWatch (standard logging v2) count too. */
export const definition = propertyControl({
  id: 'CloudFront.5',
  title: text('Distributions log requests', 'ディストリビューションのアクセスログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::CloudFront::Distribution'],
  configRule: 'cloudfront-accesslogs-enabled',
  mappings: {
    'nist-800-53-r5': [
      'AC-2(4)',
      'AC-4(26)',
      'AC-6(9)',
      'AU-2',
      'AU-3',
      'AU-6(3)',
      'AU-6(4)',
      'AU-10',
      'AU-12',
      'CA-7',
      'SC-7(9)',
      'SI-3(8)',
      'SI-4(20)',
      'SI-7(8)',
    ],
  },
  property: ['DistributionConfig', 'Logging'],
  read: (distribution, graph) => logging(distribution, graph),
  good: isSet,
  whenAbsent: { good: NO, means: text('requests leave no standard log', '標準ログは残りません') },
  says: {
    pass: text('requests are logged', 'リクエストが記録されます'),
    fail: text('requests are not logged', 'リクエストが記録されません'),
  },
  remedy: {
    summary: text('Name a log bucket in Logging', 'Logging にログ用バケットを指定する'),
    needs: [text('the name of a bucket for logs', 'ログ用バケットの名前')],
  },
});
