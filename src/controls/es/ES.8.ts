import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { modernTls } from '../opensearch/questions.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ES.8. */
export const definition = propertyControl({
  id: 'ES.8',
  title: text(
    'Elasticsearch domains answer only modern TLS',
    'Elasticsearchドメインが新しいTLSだけを受け付ける',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Elasticsearch::Domain'],
  configRule: 'elasticsearch-https-required',
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
  property: ['DomainEndpointOptions'],
  good: modernTls,
  whenAbsent: { good: NO, means: text('plain HTTP is answered', '平文のHTTPも受け付けます') },
  says: {
    pass: text('only HTTPS with TLS 1.2 or later is answered', 'TLS 1.2以上のHTTPSだけを受け付けます'),
    fail: text('plain HTTP or TLS before 1.2 is answered', '平文のHTTPまたは1.2より古いTLSを受け付けます'),
  },
  remedy: {
    summary: text(
      'Enforce HTTPS with the policy for TLS 1.2 and forward secrecy',
      'HTTPSを必須にし、TLS 1.2と前方秘匿性のポリシーを使う',
    ),
    value: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
  },
});
