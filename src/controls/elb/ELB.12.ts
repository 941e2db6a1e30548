import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';
import { APPLICATION, attribute } from './attributes.ts';

/** AWS Security Hub controls reference, ELB.12. */
export const definition = propertyControl({
  id: 'ELB.12',
  title: text(
    'Application load balancers stop request smuggling',
    'Application Load Balancer がHTTPデシンク攻撃を防ぐ',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  configRule: 'alb-desync-mode-check',
  mappings: { 'pci-dss-3.2.1': ['6.6'] },
  property: ['LoadBalancerAttributes'],
  label: 'routing.http.desync_mitigation_mode',
  read: attribute('routing.http.desync_mitigation_mode'),
  good: oneOf('defensive', 'strictest'),
  whenAbsent: { good: YES, means: text('defensive by default', '既定は defensive') },
  onlyIf: APPLICATION,
  remedy: {
    summary: text(
      'Set the attribute routing.http.desync_mitigation_mode to defensive',
      '属性 routing.http.desync_mitigation_mode を defensive にする',
    ),
    adds: [{ Key: 'routing.http.desync_mitigation_mode', Value: 'defensive' }],
  },
});
