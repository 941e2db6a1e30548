import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, Cognito.5. */
export const definition = propertyControl({
  id: 'Cognito.5',
  title: text('User pools demand a second factor', 'ユーザープールで多要素認証が必須'),
  severity: 'medium',
  resourceTypes: ['AWS::Cognito::UserPool'],
  configRule: 'cognito-user-pool-mfa-enabled',
  mappings: {},
  property: ['MfaConfiguration'],
  good: oneOf('ON'),
  whenAbsent: { good: NO, means: text('OFF by default', '既定は OFF') },
  remedy: {
    summary: text('Set MfaConfiguration to ON', 'MfaConfiguration を ON にする'),
    value: 'ON',
  },
});
