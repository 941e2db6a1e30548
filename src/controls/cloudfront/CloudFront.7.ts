import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { ownCertificate } from './questions.ts';

/** AWS Security Hub controls reference, CloudFront.7. */
export const definition = propertyControl({
  id: 'CloudFront.7',
  title: text('Distributions use a certificate of their own', 'ディストリビューションが独自の証明書を使う'),
  severity: 'medium',
  resourceTypes: ['AWS::CloudFront::Distribution'],
  configRule: 'cloudfront-custom-ssl-certificate',
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
  property: ['DistributionConfig', 'ViewerCertificate'],
  good: ownCertificate,
  whenAbsent: { good: NO, means: text(`CloudFront's default certificate`, 'CloudFrontの既定の証明書') },
  says: {
    pass: text('the certificate is one of your own', '独自の証明書を使います'),
    fail: text(`the certificate is CloudFront's own`, 'CloudFrontの既定の証明書を使います'),
  },
  remedy: {
    summary: text('Use an ACM certificate for a domain of yours', '自分のドメインのACM証明書を使う'),
    needs: [text('a domain name and its certificate in us-east-1', 'ドメイン名と us-east-1 の証明書')],
  },
});
