import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, CloudFront.15. */
export const definition = propertyControl({
  id: 'CloudFront.15',
  title: text('Distributions refuse old TLS', 'ディストリビューションが古いTLSを拒否する'),
  severity: 'medium',
  resourceTypes: ['AWS::CloudFront::Distribution'],
  configRule: 'cloudfront-ssl-policy-check',
  mappings: {},
  property: ['DistributionConfig', 'ViewerCertificate', 'MinimumProtocolVersion'],
  good: oneOf('TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025'),
  whenAbsent: { good: NO, means: text('TLS 1.0 is taken', 'TLS 1.0も受け付けます') },
  remedy: {
    summary: text(
      'Set MinimumProtocolVersion to TLSv1.2_2021',
      'MinimumProtocolVersion を TLSv1.2_2021 にする',
    ),
    value: 'TLSv1.2_2021',
    needs: [text('a certificate of your own', '独自の証明書')],
  },
});
