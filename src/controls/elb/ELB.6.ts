import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { attribute } from './attributes.ts';

/** AWS Security Hub controls reference, ELB.6. */
export const definition = propertyControl({
  id: 'ELB.6',
  title: text('Load balancers are protected against deletion', 'ロードバランサーの削除保護が有効'),
  severity: 'medium',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  configRule: 'elb-deletion-protection-enabled',
  mappings: {
    'nist-800-53-r5': [
      'CA-7(4)(c)',
      'CM-2(2)',
      'CM-2a',
      'CM-3a',
      'CM-8(6)',
      'CP-1a.1(b)',
      'CP-1a.2',
      'CP-2(5)',
      'CP-2a',
      'CP-2a.6',
      'CP-2a.7',
      'CP-2d',
      'CP-2e',
      'SA-15a.4',
      'SC-5(2)',
      'SC-22',
    ],
  },
  property: ['LoadBalancerAttributes'],
  label: 'deletion_protection.enabled',
  read: attribute('deletion_protection.enabled'),
  good: isTrue,
  whenAbsent: { good: NO, means: text('false by default', '既定は false') },
  remedy: {
    summary: text(
      'Set the attribute deletion_protection.enabled to true',
      '属性 deletion_protection.enabled を true にする',
    ),
    adds: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
  },
});
