import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'StepFunctions.1001',
  title: text('State machines are traced', 'ステートマシンのX-Rayトレースが有効'),
  severity: 'low',
  resourceTypes: ['AWS::StepFunctions::StateMachine'],
  mappings: {},
  property: ['TracingConfiguration', 'Enabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set TracingConfiguration.Enabled to true', 'TracingConfiguration.Enabled を true にする'),
    value: true,
  },
});
