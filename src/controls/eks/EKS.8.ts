import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf, someAt } from '../questions.ts';

/** AWS Security Hub controls reference, EKS.8. */
export const definition = propertyControl({
  id: 'EKS.8',
  title: text('EKS clusters keep an audit log', 'EKSクラスターの監査ログが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::EKS::Cluster'],
  configRule: 'eks-cluster-log-enabled',
  mappings: {},
  property: ['Logging', 'ClusterLogging', 'EnabledTypes'],
  good: someAt(['Type'], oneOf('audit')),
  whenAbsent: { good: NO, means: text('off', '無効') },
  says: {
    pass: text('the audit log is on', '監査ログは有効です'),
    fail: text('the audit log is off', '監査ログは無効です'),
  },
  remedy: {
    summary: text('Enable the log type audit', 'ログ種別 audit を有効にする'),
    adds: [{ Type: 'api' }, { Type: 'audit' }, { Type: 'authenticator' }],
  },
});
