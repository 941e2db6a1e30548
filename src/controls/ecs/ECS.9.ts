import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { logsEach } from './questions.ts';

/** AWS Security Hub controls reference, ECS.9. */
export const definition = propertyControl({
  id: 'ECS.9',
  title: text('Containers write a log', 'コンテナのログ設定がある'),
  severity: 'high',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  configRule: 'ecs-task-definition-log-configuration',
  mappings: {},
  property: ['ContainerDefinitions'],
  good: logsEach,
  says: {
    pass: text('every container writes a log', 'すべてのコンテナにログ設定があります'),
    fail: text('a container writes no log', 'ログ設定のないコンテナがあります'),
  },
  secret: true,
  remedy: {
    summary: text('Give each container a LogConfiguration', '各コンテナに LogConfiguration を指定する'),
    needs: [text('a log group', 'ロググループ')],
  },
});
