import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { encryptsOrigins } from './questions.ts';

/** AWS Security Hub controls reference, CloudFront.9. */
export const definition = propertyControl({
  id: 'CloudFront.9',
  title: text('Distributions reach their origins by HTTPS', 'オリジンとの通信が暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::CloudFront::Distribution'],
  configRule: 'cloudfront-traffic-to-origin-encrypted',
  mappings: { 'pci-dss-3.2.1': ['4.1', '4.1.a', '4.1.g'] },
  property: ['DistributionConfig'],
  label: 'OriginProtocolPolicy',
  good: encryptsOrigins,
  says: {
    pass: text('every origin is reached by HTTPS', 'すべてのオリジンにHTTPSで接続します'),
    fail: text('an origin may be reached by plain HTTP', '平文のHTTPで接続されるオリジンがあります'),
  },
  remedy: {
    summary: text('Set OriginProtocolPolicy to https-only', 'OriginProtocolPolicy を https-only にする'),
    needs: [text('a certificate on the origin', 'オリジン側の証明書')],
  },
});
