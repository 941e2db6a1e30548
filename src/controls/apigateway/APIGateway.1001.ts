import { text } from '../../kernel/texts.ts';
import { isOneOf, NO, not } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { noneOf } from '../questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'APIGateway.1001',
  title: text('REST API methods ask who is calling', 'REST APIのメソッドに認可方式が設定されている'),
  severity: 'high',
  resourceTypes: ['AWS::ApiGateway::Method'],
  mappings: {},
  property: ['AuthorizationType'],
  good: noneOf('NONE'),
  whenAbsent: { good: NO, means: text('NONE by default', '既定は NONE') },
  onlyIf: {
    holds: (method) => not(isOneOf(get(method.properties, 'HttpMethod'), ['OPTIONS'], NO)),
    otherwise: text(
      'browsers ask OPTIONS without credentials',
      'OPTIONS はブラウザーが認証なしで呼ぶメソッドです',
    ),
  },
  remedy: {
    summary: text('Give the method an authorizer', 'メソッドにオーソライザーを付ける'),
    needs: [text('an authorizer (IAM, Cognito or Lambda)', 'オーソライザー(IAM・Cognito・Lambda)')],
  },
});
