import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { endsTls } from './classic.ts';

/** AWS Security Hub controls reference, ELB.3. */
export const definition = propertyControl({
  id: 'ELB.3',
  title: text(
    'Classic load balancers end TLS on every listener',
    'Classic Load Balancer の全リスナーがHTTPSまたはTLSで終端する',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  configRule: 'elb-tls-https-listeners-only',
  mappings: {
    'nist-800-53-r5': [
      'AC-4',
      'AC-4(22)',
      'AC-17(2)',
      'AC-24(1)',
      'AU-9(3)',
      'CA-9b',
      'IA-5(1)(c)',
      'PM-17b',
      'SC-7(4)(b)',
      'SC-7(4)(g)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SC-8(3)',
      'SC-8(4)',
      'SC-8(5)',
      'SC-13a',
      'SC-23',
      'SI-1a.2',
      'SI-1c.2',
    ],
    'pci-dss-3.2.1': ['2.3', '4.1', '8.2.1'],
  },
  property: ['Listeners'],
  good: endsTls,
  whenAbsent: { good: YES, means: text('no listener', 'リスナーなし') },
  remedy: {
    summary: text('Serve on HTTPS or SSL listeners only', 'HTTPSまたはSSLのリスナーだけで提供する'),
    needs: [text('a certificate', '証明書')],
  },
});
