import { text } from '../../kernel/texts.ts';
import { webAclControl } from '../waf/association.ts';
import { APPLICATION } from './attributes.ts';

/** AWS Security Hub controls reference, ELB.16. */
export const definition = webAclControl({
  id: 'ELB.16',
  title: text(
    'Application load balancers stand behind a web ACL',
    'Application Load Balancer にWAFのウェブACLが付いている',
  ),
  severity: 'medium',
  configRule: 'alb-waf-enabled',
  mappings: { 'nist-800-53-r5': ['AC-4(21)'], 'pci-dss-3.2.1': ['6.6'] },
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  onlyIf: APPLICATION,
});
