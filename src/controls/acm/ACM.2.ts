import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { noneOf } from '../questions.ts';

/** AWS Security Hub controls reference, ACM.2. */
export const definition = propertyControl({
  id: 'ACM.2',
  title: text('Certificates have a strong key', '証明書の鍵が十分に長い'),
  severity: 'high',
  resourceTypes: ['AWS::CertificateManager::Certificate'],
  configRule: 'acm-certificate-rsa-check',
  mappings: {},
  property: ['KeyAlgorithm'],
  good: noneOf('RSA_1024'),
  whenAbsent: { good: YES, means: text('RSA 2048 by default', '既定は RSA 2048') },
  remedy: {
    summary: text('Use RSA 2048 or an elliptic curve', 'RSA 2048または楕円曲線の鍵を使う'),
    value: 'RSA_2048',
  },
});
