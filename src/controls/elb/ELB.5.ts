import { text } from '../../kernel/texts.ts';
import { isTrue } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { attribute } from './attributes.ts';

const classic = 'AWS::ElasticLoadBalancing::LoadBalancer';

/** AWS Security Hub controls reference, ELB.5 (application, network and classic load balancers). */
export const definition = propertyControl({
  id: 'ELB.5',
  title: text('Load balancers log requests', 'ロードバランサーのアクセスログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer', classic],
  configRule: 'elb-logging-enabled',
  mappings: {
    'nist-800-53-r5': [
      'AC-4(26)',
      'AU-2b',
      'AU-3a',
      'AU-3b',
      'AU-3c',
      'AU-3d',
      'AU-3e',
      'AU-3f',
      'AU-6(3)',
      'AU-6(4)',
      'AU-6(6)',
      'AU-6(9)',
      'AU-8b',
      'AU-10',
      'AU-12(1)',
      'AU-12(2)',
      'AU-12(3)',
      'AU-12(4)',
      'AU-12a',
      'AU-12c',
      'AU-14(3)',
      'AU-14a',
      'AU-14b',
      'CA-7b',
      'CM-5(1)(b)',
      'IA-3(3)(b)',
      'MA-4(1)(a)',
      'PM-14a.1',
      'PM-14b',
      'PM-31',
      'SC-7(9)(b)',
      'SI-4(17)',
      'SI-7(8)',
    ],
    'pci-dss-3.2.1': ['10.1', '10.3.1', '10.3.2', '10.3.3', '10.3.4', '10.3.5', '10.3.6', '10.5.4'],
  },
  property: ['LoadBalancerAttributes'],
  label: 'access logging',
  read: (loadBalancer) =>
    loadBalancer.type === classic
      ? get(loadBalancer.properties, 'AccessLoggingPolicy', 'Enabled')
      : attribute('access_logs.s3.enabled')(loadBalancer),
  good: isTrue,
  whenAbsent: { good: { is: 'no' }, means: text('off by default', '既定で無効') },
  remedy: {
    summary: text(
      'Set access_logs.s3.enabled (classic: AccessLoggingPolicy.Enabled) and name a bucket',
      'access_logs.s3.enabled(Classicは AccessLoggingPolicy.Enabled)を有効にし、バケットを指定する',
    ),
    needs: [text('a bucket that load balancers may write to', 'ロードバランサーが書き込めるバケット')],
  },
});
