import { text } from '../../kernel/texts.ts';
import { get } from '../../model/value.ts';
import { control, notApplicable, verdict } from '../control.ts';
import { hasSecureListener, usesStrongPolicy } from './classic.ts';

/** AWS Security Hub controls reference, ELB.8. */
export const definition = control({
  id: 'ELB.8',
  title: text(
    'Classic load balancers use a strong predefined TLS policy',
    'Classic Load Balancer が強力な定義済みセキュリティポリシーを使う',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  configRule: 'elb-predefined-security-policy-ssl-check',
  mappings: { 'pci-dss-3.2.1': ['2.3', '4.1', '8.2.1'] },
  basis: 'effective',
  evaluate(loadBalancer) {
    if (hasSecureListener(loadBalancer).is === 'no') return notApplicable(NO_TLS);
    return verdict(
      usesStrongPolicy(loadBalancer),
      {
        pass: text(
          'every TLS listener uses ELBSecurityPolicy-TLS-1-2-2017-01',
          'すべてのTLSリスナーが ELBSecurityPolicy-TLS-1-2-2017-01 を使います',
        ),
        fail: text(
          'a TLS listener does not use ELBSecurityPolicy-TLS-1-2-2017-01',
          'ELBSecurityPolicy-TLS-1-2-2017-01 を使わないTLSリスナーがあります',
        ),
        unknown: text(
          'which TLS policy a listener uses cannot be decided',
          'リスナーのセキュリティポリシーを決められません',
        ),
      },
      get(loadBalancer.properties, 'Listeners'),
    );
  },
  remedy: () => ({
    summary: text(
      'Use the policy ELBSecurityPolicy-TLS-1-2-2017-01, or move to an application load balancer',
      'ELBSecurityPolicy-TLS-1-2-2017-01 を使うか、Application Load Balancer に移行する',
    ),
    edits: [],
  }),
});

const NO_TLS = text('no listener ends TLS', 'TLSを終端するリスナーがありません');
