import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, StepFunctions.1. */
export const definition = propertyControl({
  id: 'StepFunctions.1',
  title: text('State machines keep a log', 'ステートマシンのログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::StepFunctions::StateMachine'],
  configRule: 'step-functions-state-machine-logging-enabled',
  mappings: {},
  property: ['LoggingConfiguration', 'Level'],
  good: oneOf('ALL', 'ERROR', 'FATAL'),
  whenAbsent: { good: NO, means: text('OFF by default', '既定は OFF') },
  remedy: {
    summary: text(
      'Set Level and a log group in LoggingConfiguration',
      'LoggingConfiguration にログレベルとロググループを指定する',
    ),
    needs: [text('a log group', 'ロググループ')],
  },
});
