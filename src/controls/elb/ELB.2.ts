import { text } from '../../kernel/texts.ts';
import { get } from '../../model/value.ts';
import { control, notApplicable, verdict } from '../control.ts';
import { hasSecureListener, usesAcm } from './classic.ts';

/** AWS Security Hub controls reference, ELB.2. */
export const definition = control({
  id: 'ELB.2',
  title: text('Classic load balancers use certificates of ACM', 'Classic Load Balancer がACMの証明書を使う'),
  severity: 'medium',
  resourceTypes: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  configRule: 'elb-acm-certificate-required',
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
      'SC-23(5)',
      'SI-1a.2',
      'SI-1c.2',
    ],
    'pci-dss-3.2.1': ['4.1', '8.2.1'],
  },
  basis: 'effective',
  evaluate(loadBalancer, graph) {
    if (hasSecureListener(loadBalancer).is === 'no') return notApplicable(NO_TLS);
    return verdict(
      usesAcm(loadBalancer, graph),
      {
        pass: text('every certificate comes from ACM', 'すべての証明書がACMのものです'),
        fail: text(
          'a certificate does not come from ACM and does not renew by itself',
          'ACM以外の証明書があり、自動更新されません',
        ),
        unknown: text('where a certificate comes from cannot be decided', '証明書の発行元を決められません'),
      },
      get(loadBalancer.properties, 'Listeners'),
    );
  },
  remedy: () => ({
    summary: text('Use a certificate of ACM, which renews by itself', '自動更新されるACMの証明書を使う'),
    edits: [],
  }),
});

const NO_TLS = text('no listener ends TLS', 'TLSを終端するリスナーがありません');
