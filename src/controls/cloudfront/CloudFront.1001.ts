import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { identifiesItself } from './questions.ts';

/** AWS Config managed rule cloudfront-origin-access-identity-enabled (formerly CloudFront.2); an origin access control, its successor, counts as well. */
export const definition = propertyControl({
  id: 'CloudFront.1001',
  title: text(
    'Distributions reach buckets with an identity of their own',
    'ディストリビューションが専用のIDでS3オリジンに接続する',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::CloudFront::Distribution'],
  configRule: 'cloudfront-origin-access-identity-enabled',
  mappings: {},
  property: ['DistributionConfig'],
  label: 'origin access',
  good: identifiesItself,
  whenAbsent: { good: YES, means: text('no origin', 'オリジンなし') },
  says: {
    pass: text(
      'every bucket is reached with an identity of the distribution',
      'すべてのS3オリジンに専用のIDで接続します',
    ),
    fail: text(
      'a bucket is reached without an identity of the distribution',
      '専用のIDを使わないS3オリジンがあります',
    ),
  },
  remedy: {
    summary: text(
      'Make an origin access control and admit only the distribution in the bucket policy',
      'オリジンアクセスコントロールを作り、バケットポリシーでディストリビューションだけを許可する',
    ),
  },
});
