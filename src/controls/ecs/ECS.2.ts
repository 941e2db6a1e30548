import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, ECS.2. */
export const definition = propertyControl({
  id: 'ECS.2',
  title: text('Services get no public address', 'ECSサービスにパブリックIPを割り当てない'),
  severity: 'high',
  resourceTypes: ['AWS::ECS::Service'],
  configRule: 'ecs-service-assign-public-ip-disabled',
  mappings: {
    'nist-800-53-r5': [
      'AC-3',
      'AC-3(7)',
      'AC-4',
      'AC-4(21)',
      'AC-6',
      'AC-21',
      'SC-7',
      'SC-7(3)',
      'SC-7(4)',
      'SC-7(9)',
      'SC-7(11)',
      'SC-7(16)',
      'SC-7(20)',
      'SC-7(21)',
    ],
  },
  property: ['NetworkConfiguration', 'AwsvpcConfiguration', 'AssignPublicIp'],
  good: oneOf('DISABLED'),
  whenAbsent: { good: YES, means: text('off by default', '既定で無効') },
  remedy: {
    summary: text(
      'Set AssignPublicIp to DISABLED and use private subnets',
      'AssignPublicIp を DISABLED にし、プライベートサブネットを使う',
    ),
    value: 'DISABLED',
  },
});
