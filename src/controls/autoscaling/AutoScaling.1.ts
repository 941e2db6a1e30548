import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { contains, either, oneOf } from '../questions.ts';
import { BEHIND_A_LOAD_BALANCER } from './launch.ts';

/** AWS Security Hub controls reference, AutoScaling.1. */
export const definition = propertyControl({
  id: 'AutoScaling.1',
  title: text(
    'Groups behind a load balancer use its health checks',
    'ロードバランサー配下の Auto Scaling グループがELBのヘルスチェックを使う',
  ),
  severity: 'low',
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup'],
  configRule: 'autoscaling-group-elb-healthcheck-required',
  mappings: {
    'nist-800-53-r5': [
      'AU-12(3)',
      'AU-14a',
      'AU-14b',
      'CA-2(2)',
      'CA-7',
      'CA-7b',
      'CM-6a',
      'CM-9b',
      'PM-14a.1',
      'PM-14b',
      'PM-31',
      'SC-6',
      'SC-36(1)(a)',
      'SI-2a',
    ],
    'pci-dss-3.2.1': ['2.2'],
  },
  property: ['HealthCheckType'],
  good: either(oneOf('ELB'), contains('ELB')),
  whenAbsent: { good: NO, means: text('EC2 by default', '既定は EC2') },
  onlyIf: BEHIND_A_LOAD_BALANCER,
  remedy: {
    summary: text('Set HealthCheckType to ELB', 'HealthCheckType を ELB にする'),
    value: 'ELB',
  },
});
