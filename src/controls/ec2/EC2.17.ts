import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { atMostOne } from './interfaces.ts';
import { launchSetting } from './launch.ts';

/** AWS Security Hub controls reference, EC2.17. */
export const definition = propertyControl({
  id: 'EC2.17',
  title: text('Instances have one network interface', 'インスタンスのネットワークインターフェイスが1つだけ'),
  severity: 'low',
  resourceTypes: ['AWS::EC2::Instance'],
  configRule: 'ec2-instance-multiple-eni-check',
  mappings: {},
  property: ['NetworkInterfaces'],
  read: (instance, graph) => launchSetting(instance, graph, 'NetworkInterfaces'),
  good: atMostOne,
  whenAbsent: { good: YES, means: text('one interface', 'インターフェイスは1つ') },
  remedy: {
    summary: text(
      'Keep one interface, so that no instance bridges two networks',
      'インターフェイスを1つにし、2つのネットワークをまたがないようにする',
    ),
  },
});
