import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'Lambda.1003',
  title: text('Functions are traced', 'Lambda関数のX-Rayトレースが有効'),
  severity: 'low',
  resourceTypes: ['AWS::Lambda::Function'],
  mappings: {},
  property: ['TracingConfig', 'Mode'],
  good: oneOf('Active'),
  whenAbsent: { good: NO, means: text('PassThrough by default', '既定は PassThrough') },
  remedy: {
    summary: text('Set TracingConfig.Mode to Active', 'TracingConfig.Mode を Active にする'),
    value: 'Active',
  },
});
