import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { noneOf } from '../questions.ts';

/** AWS Security Hub controls reference, ECS.3. */
export const definition = propertyControl({
  id: 'ECS.3',
  title: text('Tasks do not share the process space of the host', 'タスクがホストのプロセス空間を共有しない'),
  severity: 'high',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  configRule: 'ecs-task-definition-pid-mode-check',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  property: ['PidMode'],
  good: noneOf('host'),
  whenAbsent: { good: YES, means: text('not shared', '共有しません') },
  remedy: {
    summary: text('Remove PidMode: host', 'PidMode: host を外す'),
  },
});
