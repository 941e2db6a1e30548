import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { withoutSecrets } from './questions.ts';

/** AWS Security Hub controls reference, ECS.8. */
export const definition = propertyControl({
  id: 'ECS.8',
  title: text('Containers get no AWS keys as plain variables', 'コンテナの環境変数にAWSの認証情報を入れない'),
  severity: 'high',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  configRule: 'ecs-no-environment-secrets',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  property: ['ContainerDefinitions'],
  good: withoutSecrets,
  whenAbsent: { good: YES, means: text('no container', 'コンテナなし') },
  says: {
    pass: text(
      'no container gets AWS keys as a plain variable',
      'AWSの認証情報を環境変数で受け取るコンテナはありません',
    ),
    fail: text(
      'a container gets AWS keys as a plain variable',
      'AWSの認証情報を環境変数で受け取るコンテナがあります',
    ),
  },
  secret: true,
  remedy: {
    summary: text(
      'Give the task a role, and secrets through Secrets from Secrets Manager',
      'タスクロールを使い、秘密は Secrets Manager から Secrets で渡す',
    ),
  },
});
