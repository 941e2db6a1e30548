import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, AppSync.2. */
export const definition = propertyControl({
  id: 'AppSync.2',
  title: text('GraphQL APIs log their fields', 'AppSync APIのフィールドレベルログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::AppSync::GraphQLApi'],
  configRule: 'appsync-logging-enabled',
  mappings: {},
  property: ['LogConfig', 'FieldLogLevel'],
  good: oneOf('ERROR', 'ALL', 'INFO', 'DEBUG'),
  whenAbsent: { good: NO, means: text('NONE by default', '既定は NONE') },
  remedy: {
    summary: text('Set FieldLogLevel to ERROR with a role', 'FieldLogLevel を ERROR にし、ロールを付ける'),
    value: 'ERROR',
    needs: [text('a role that may write logs', 'ログを書き込むロール')],
  },
});
