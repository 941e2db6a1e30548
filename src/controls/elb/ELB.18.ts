import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, ELB.18. */
export const definition = propertyControl({
  id: 'ELB.18',
  title: text('Listeners take encrypted connections only', 'リスナーが暗号化された通信だけを受け付ける'),
  severity: 'medium',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::Listener'],
  configRule: 'elbv2-listener-encryption-in-transit',
  mappings: {},
  property: ['Protocol'],
  good: oneOf('HTTPS', 'TLS'),
  remedy: {
    summary: text(
      'Listen on HTTPS (or TLS) with a certificate',
      '証明書を付けてHTTPS(またはTLS)で待ち受ける',
    ),
    value: 'HTTPS',
    needs: [text('a certificate', '証明書')],
  },
});
