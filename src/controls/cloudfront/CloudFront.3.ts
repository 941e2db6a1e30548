import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { httpsOnly } from './questions.ts';

/** AWS Security Hub controls reference, CloudFront.3. */
export const definition = propertyControl({
  id: 'CloudFront.3',
  title: text('Viewers use HTTPS', '閲覧者との通信にHTTPSを使う'),
  severity: 'medium',
  resourceTypes: ['AWS::CloudFront::Distribution'],
  configRule: 'cloudfront-viewer-policy-https',
  mappings: {
    'nist-800-53-r5': [
      'AC-4',
      'AC-17(2)',
      'IA-5(1)',
      'SC-7(4)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SC-12(3)',
      'SC-13',
      'SC-23',
      'SC-23(3)',
      'SI-7(6)',
    ],
  },
  property: ['DistributionConfig'],
  label: 'ViewerProtocolPolicy',
  good: httpsOnly,
  says: {
    pass: text(
      'every cache behaviour demands HTTPS or redirects to it',
      'すべてのキャッシュビヘイビアがHTTPSを要求またはリダイレクトします',
    ),
    fail: text('a cache behaviour answers plain HTTP', '平文のHTTPに応答するキャッシュビヘイビアがあります'),
  },
  remedy: {
    summary: text(
      'Set ViewerProtocolPolicy to redirect-to-https in every behaviour',
      'すべてのビヘイビアで ViewerProtocolPolicy を redirect-to-https にする',
    ),
  },
});
