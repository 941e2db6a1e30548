import { text } from '../../kernel/texts.ts';
import { isTrue } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { eachAt } from '../questions.ts';

/** AWS Security Hub controls reference, ECS.5. */
export const definition = propertyControl({
  id: 'ECS.5',
  title: text(
    'Containers cannot write to their root file system',
    'コンテナのルートファイルシステムが読み取り専用',
  ),
  severity: 'high',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  configRule: 'ecs-containers-readonly-access',
  mappings: { 'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-5', 'AC-6'] },
  property: ['ContainerDefinitions'],
  good: eachAt(['ReadonlyRootFilesystem'], isTrue),
  says: {
    pass: text(
      'no container can write to its root file system',
      'ルートファイルシステムに書き込めるコンテナはありません',
    ),
    fail: text(
      'a container can write to its root file system',
      'ルートファイルシステムに書き込めるコンテナがあります',
    ),
  },
  secret: true,
  remedy: {
    summary: text(
      'Set ReadonlyRootFilesystem to true in each container',
      '各コンテナの ReadonlyRootFilesystem を true にする',
    ),
    needs: [text('a volume for what the application writes', 'アプリケーションの書き込み先ボリューム')],
  },
});
