import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { modernOrigins } from './questions.ts';

/** AWS Security Hub controls reference, CloudFront.10. */
export const definition = propertyControl({
  id: 'CloudFront.10',
  title: text(
    'Distributions do not speak SSLv3 to origins',
    'オリジンとの通信に非推奨のSSLプロトコルを使わない',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::CloudFront::Distribution'],
  configRule: 'cloudfront-no-deprecated-ssl-protocols',
  mappings: { 'pci-dss-3.2.1': ['2.3', '4.1', '4.1.a', '4.1.e', '4.1.f', '4.1.g'] },
  property: ['DistributionConfig', 'Origins'],
  good: modernOrigins,
  whenAbsent: { good: YES, means: text('no origin', 'オリジンなし') },
  says: {
    pass: text('no origin is spoken to by SSLv3', 'SSLv3で接続されるオリジンはありません'),
    fail: text('an origin may be spoken to by SSLv3', 'SSLv3で接続されるオリジンがあります'),
  },
  remedy: {
    summary: text('Keep only TLSv1.2 in OriginSSLProtocols', 'OriginSSLProtocols を TLSv1.2 だけにする'),
  },
});
