import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, SageMaker.5. */
export const definition = propertyControl({
  id: 'SageMaker.5',
  title: text('Models are cut off from the network', 'モデルのネットワーク分離が有効'),
  severity: 'medium',
  resourceTypes: ['AWS::SageMaker::Model'],
  configRule: 'sagemaker-model-isolation-enabled',
  mappings: {},
  property: ['EnableNetworkIsolation'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set EnableNetworkIsolation to true', 'EnableNetworkIsolation を true にする'),
    value: true,
  },
});
