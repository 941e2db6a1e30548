import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, Neptune.7. */
export const definition = propertyControl({
  id: 'Neptune.7',
  title: text('Neptune clusters ask for IAM authentication', 'NeptuneクラスターのIAM認証が有効'),
  severity: 'medium',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  configRule: 'neptune-cluster-iam-database-authentication',
  mappings: {},
  property: ['IamAuthEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set IamAuthEnabled to true', 'IamAuthEnabled を true にする'),
    value: true,
  },
});
