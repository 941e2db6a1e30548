import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { withoutPlainSecrets } from './variables.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'Lambda.1004',
  title: text(
    'Functions get no passwords as plain variables',
    'Lambda関数の環境変数にパスワードを平文で入れない',
  ),
  severity: 'high',
  resourceTypes: ['AWS::Lambda::Function'],
  mappings: {},
  property: ['Environment', 'Variables'],
  good: withoutPlainSecrets,
  whenAbsent: { good: YES, means: text('no variable', '環境変数なし') },
  says: {
    pass: text('no variable carries a secret', '秘密を持つ環境変数はありません'),
    fail: text('a variable carries a secret in the clear', '秘密を平文で持つ環境変数があります'),
  },
  secret: true,
  remedy: {
    summary: text('Let the function read the secret when it runs', '実行時に関数からシークレットを読む'),
    needs: [text('a secret', 'シークレット')],
  },
});
