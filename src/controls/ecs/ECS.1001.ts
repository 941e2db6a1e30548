import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { withoutPlainSecrets } from './questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'ECS.1001',
  title: text(
    'Containers get no passwords as plain variables',
    'コンテナの環境変数にパスワードを平文で入れない',
  ),
  severity: 'high',
  resourceTypes: ['AWS::ECS::TaskDefinition'],
  mappings: {},
  property: ['ContainerDefinitions'],
  good: withoutPlainSecrets,
  whenAbsent: { good: YES, means: text('no container', 'コンテナなし') },
  says: {
    pass: text(
      'no container gets a secret as a plain variable',
      '秘密を平文の環境変数で受け取るコンテナはありません',
    ),
    fail: text(
      'a container gets a secret as a plain variable',
      '秘密を平文の環境変数で受け取るコンテナがあります',
    ),
  },
  secret: true,
  remedy: {
    summary: text(
      'Pass the value through Secrets from Secrets Manager',
      'Secrets Manager から Secrets で値を渡す',
    ),
    needs: [text('a secret', 'シークレット')],
  },
});
