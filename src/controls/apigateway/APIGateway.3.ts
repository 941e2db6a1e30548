import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, APIGateway.3. */
export const definition = propertyControl({
  id: 'APIGateway.3',
  title: text('REST API stages are traced', 'REST APIステージのX-Rayトレースが有効'),
  severity: 'low',
  resourceTypes: ['AWS::ApiGateway::Stage'],
  configRule: 'api-gw-xray-enabled',
  mappings: { 'nist-800-53-r5': ['CA-7'] },
  property: ['TracingEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set TracingEnabled to true', 'TracingEnabled を true にする'),
    value: true,
  },
});
