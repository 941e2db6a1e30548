import { text } from '../../kernel/texts.ts';
import { isFalse, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { eachAt } from '../questions.ts';

/** AWS Security Hub controls reference, ECS.4. */
export const definition = propertyControl({
  id: 'ECS.4',
  title: text('Containers are not privileged', 'コンテナが特権モードでない'),
  severity: 'high',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  configRule: 'ecs-containers-nonprivileged',
  mappings: { 'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-5', 'AC-6'] },
  property: ['ContainerDefinitions'],
  good: eachAt(['Privileged'], isFalse, YES),
  whenAbsent: { good: YES, means: text('no container', 'コンテナなし') },
  says: {
    pass: text('no container is privileged', '特権モードのコンテナはありません'),
    fail: text('a container is privileged', '特権モードのコンテナがあります'),
  },
  secret: true,
  remedy: {
    summary: text('Remove Privileged: true', 'Privileged: true を外す'),
  },
});
