import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { atLeast, eachAt } from '../questions.ts';

/** AWS Security Hub controls reference, SageMaker.4. */
export const definition = propertyControl({
  id: 'SageMaker.4',
  title: text('Endpoints start with two instances or more', 'エンドポイントの初期インスタンスが2台以上'),
  severity: 'medium',
  resourceTypes: ['AWS::SageMaker::EndpointConfig'],
  configRule: 'sagemaker-endpoint-config-prod-instance-count',
  mappings: {},
  property: ['ProductionVariants'],
  good: eachAt(['InitialInstanceCount'], atLeast(2)),
  remedy: {
    summary: text('Set InitialInstanceCount to 2 or more', 'InitialInstanceCount を2以上にする'),
  },
});
