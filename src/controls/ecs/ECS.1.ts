import { text } from '../../kernel/texts.ts';
import { isOneOf, NO, YES } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { boundedUsers } from './questions.ts';

/** AWS Security Hub controls reference, ECS.1 (only the network mode host). */
export const definition = propertyControl({
  id: 'ECS.1',
  title: text(
    'Containers on the host network are not root by accident',
    'ホストネットワークのコンテナが意図せずrootで動かない',
  ),
  severity: 'high',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  configRule: 'ecs-task-definition-user-for-host-mode-check',
  mappings: { 'nist-800-53-r5': ['AC-3', 'AC-5b', 'CM-5(1)(a)'], 'pci-dss-3.2.1': ['7.2.1'] },
  property: ['ContainerDefinitions'],
  good: boundedUsers,
  whenAbsent: { good: YES, means: text('no container', 'コンテナなし') },
  says: {
    pass: text(
      'no container on the host network is root by accident',
      'ホストネットワークで意図せずrootで動くコンテナはありません',
    ),
    fail: text(
      'a container on the host network is root without being privileged on purpose',
      'ホストネットワークで意図せずrootで動くコンテナがあります',
    ),
  },
  secret: true,
  onlyIf: {
    holds: (resource) => isOneOf(get(resource.properties, 'NetworkMode'), ['host'], NO),
    otherwise: text('the network mode is not host', 'ネットワークモードが host ではありません'),
  },
  remedy: {
    summary: text(
      'Name a user that is not root in each container',
      '各コンテナにroot以外のユーザーを指定する',
    ),
    needs: [text('a user that the image knows', 'イメージ内に存在するユーザー')],
  },
});
