import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { present } from '../questions.ts';
import { hasBucketOrigin } from './questions.ts';

/** AWS Security Hub controls reference, CloudFront.1 (only distributions with S3 origins). */
export const definition = propertyControl({
  id: 'CloudFront.1',
  title: text(
    'Distributions in front of a bucket name a root object',
    'バケットを配信するディストリビューションにデフォルトルートオブジェクトがある',
  ),
  severity: 'high',
  resourceTypes: ['AWS::CloudFront::Distribution'],
  configRule: 'cloudfront-default-root-object-configured',
  mappings: { 'nist-800-53-r5': ['SC-7(11)', 'SC-7(16)'] },
  property: ['DistributionConfig', 'DefaultRootObject'],
  good: present,
  whenAbsent: {
    good: NO,
    means: text('the list of objects may be shown', 'オブジェクトの一覧が見えるおそれがあります'),
  },
  onlyIf: { holds: hasBucketOrigin, otherwise: text('no origin is a bucket', 'S3のオリジンがありません') },
  remedy: {
    summary: text('Set DefaultRootObject', 'DefaultRootObject を指定する'),
    value: 'index.html',
  },
});
