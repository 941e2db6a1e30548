import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { controlsOrigins, hasBucketOrigin } from './questions.ts';

/** AWS Security Hub controls reference, CloudFront.13. */
export const definition = propertyControl({
  id: 'CloudFront.13',
  title: text(
    'Bucket origins are reached through an origin access control',
    'S3オリジンがオリジンアクセスコントロール(OAC)を使う',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::CloudFront::Distribution'],
  configRule: 'cloudfront-s3-origin-access-control-enabled',
  mappings: {},
  property: ['DistributionConfig', 'Origins'],
  good: controlsOrigins,
  says: {
    pass: text(
      'every bucket is reached through an origin access control',
      'すべてのS3オリジンがOACを使います',
    ),
    fail: text('a bucket is reached without an origin access control', 'OACを使わないS3オリジンがあります'),
  },
  onlyIf: { holds: hasBucketOrigin, otherwise: text('no origin is a bucket', 'S3のオリジンがありません') },
  remedy: {
    summary: text(
      'Make an AWS::CloudFront::OriginAccessControl and name it in the origin',
      'AWS::CloudFront::OriginAccessControl を作り、オリジンに指定する',
    ),
  },
});
