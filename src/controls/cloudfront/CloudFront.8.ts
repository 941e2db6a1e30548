import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, CloudFront.8. */
export const definition = propertyControl({
  id: 'CloudFront.8',
  title: text('Distributions serve HTTPS by server name', 'ディストリビューションがSNIでHTTPSを提供する'),
  severity: 'low',
  resourceTypes: ['AWS::CloudFront::Distribution'],
  configRule: 'cloudfront-sni-enabled',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  property: ['DistributionConfig', 'ViewerCertificate', 'SslSupportMethod'],
  good: oneOf('sni-only'),
  remedy: {
    summary: text('Set SslSupportMethod to sni-only', 'SslSupportMethod を sni-only にする'),
    value: 'sni-only',
  },
});
