import { text } from '../../kernel/texts.ts';
import { isSet, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { launchSetting } from './launch.ts';

/** AWS Config managed rule ec2-instance-profile-attached, which no AWS control uses. */
export const definition = propertyControl({
  id: 'EC2.1002',
  title: text('Instances have a role instead of keys', 'インスタンスにIAMロールが付いている'),
  severity: 'low',
  resourceTypes: ['AWS::EC2::Instance'],
  configRule: 'ec2-instance-profile-attached',
  mappings: { 'nist-800-53-r5': ['AC-3', 'CM-5(1)(a)', 'CM-6a'], 'pci-dss-3.2.1': ['2.2', '7.1.1', '7.2.1'] },
  property: ['IamInstanceProfile'],
  read: (instance, graph) => launchSetting(instance, graph, 'IamInstanceProfile'),
  good: isSet,
  whenAbsent: {
    good: NO,
    means: text(
      'programs on it need keys to call AWS',
      'AWSを呼ぶプログラムにはアクセスキーが必要になります',
    ),
  },
  remedy: {
    summary: text('Attach an instance profile', 'インスタンスプロファイルを付ける'),
    needs: [text('a role with the permissions that are needed', '必要な権限だけのロール')],
  },
});
