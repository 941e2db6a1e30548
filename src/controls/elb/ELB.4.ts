import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { APPLICATION, attribute } from './attributes.ts';

/** AWS Security Hub controls reference, ELB.4. */
export const definition = propertyControl({
  id: 'ELB.4',
  title: text(
    'Application load balancers drop malformed headers',
    'Application Load Balancer が不正なヘッダーを破棄する',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  configRule: 'alb-http-drop-invalid-header-enabled',
  mappings: { 'pci-dss-3.2.1': ['4.1', '8.2.1'] },
  property: ['LoadBalancerAttributes'],
  label: 'routing.http.drop_invalid_header_fields.enabled',
  read: attribute('routing.http.drop_invalid_header_fields.enabled'),
  good: isTrue,
  whenAbsent: { good: NO, means: text('false by default', '既定は false') },
  onlyIf: APPLICATION,
  remedy: {
    summary: text(
      'Set the attribute routing.http.drop_invalid_header_fields.enabled to true',
      '属性 routing.http.drop_invalid_header_fields.enabled を true にする',
    ),
    adds: [{ Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' }],
  },
});
