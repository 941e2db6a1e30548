import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { userData, withoutSecrets } from './user-data.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'EC2.1006',
  title: text('Start scripts carry no secrets', '起動スクリプト(ユーザーデータ)に秘密を書かない'),
  severity: 'high',
  resourceTypes: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  mappings: {},
  property: ['UserData'],
  read: (resource) => userData(resource),
  good: withoutSecrets,
  whenAbsent: { good: YES, means: text('no start script', '起動スクリプトなし') },
  says: {
    pass: text('the start script sets no secret', '起動スクリプトに秘密はありません'),
    fail: text('the start script sets a secret', '起動スクリプトに秘密が書かれています'),
  },
  secret: true,
  remedy: {
    summary: text(
      'Let the start script read the secret from Secrets Manager',
      '起動スクリプトが Secrets Manager からシークレットを読むようにする',
    ),
    needs: [text('a secret and a role that may read it', 'シークレットと読み取り用ロール')],
  },
});
