import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, APIGateway.8. */
export const definition = propertyControl({
  id: 'APIGateway.8',
  title: text('Routes ask who is calling', 'ルートに認可方式が設定されている'),
  severity: 'medium',
  resourceTypes: ['AWS::ApiGatewayV2::Route'],
  configRule: 'api-gwv2-authorization-type-configured',
  mappings: { 'nist-800-53-r5': ['AC-3', 'CM-2', 'CM-2(2)'] },
  property: ['AuthorizationType'],
  good: oneOf('AWS_IAM', 'JWT', 'CUSTOM'),
  whenAbsent: { good: NO, means: text('anybody may call', '誰でも呼び出せます') },
  remedy: {
    summary: text('Give the route an authorizer', 'ルートにオーソライザーを付ける'),
    needs: [text('an authorizer (JWT, IAM or Lambda)', 'オーソライザー(JWT・IAM・Lambda)')],
  },
});
