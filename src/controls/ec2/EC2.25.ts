import { text } from '../../kernel/texts.ts';
import { isFalse, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { eachAt } from '../questions.ts';

/** AWS Security Hub controls reference, EC2.25. */
export const definition = propertyControl({
  id: 'EC2.25',
  title: text('Launch templates give no public address', '起動テンプレートがパブリックIPを割り当てない'),
  severity: 'high',
  resourceTypes: ['AWS::EC2::LaunchTemplate'],
  configRule: 'ec2-launch-template-public-ip-disabled',
  mappings: {},
  property: ['LaunchTemplateData', 'NetworkInterfaces'],
  good: eachAt(['AssociatePublicIpAddress'], isFalse, YES),
  whenAbsent: { good: YES, means: text('the subnet decides', 'サブネットの設定に左右されます') },
  says: {
    pass: text('no interface gets a public address', 'パブリックIPを割り当てるインターフェイスはありません'),
    fail: text('an interface gets a public address', 'パブリックIPを割り当てるインターフェイスがあります'),
  },
  remedy: {
    summary: text('Set AssociatePublicIpAddress to false', 'AssociatePublicIpAddress を false にする'),
  },
});
