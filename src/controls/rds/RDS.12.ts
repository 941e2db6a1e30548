import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, RDS.12. */
export const definition = propertyControl({
  id: 'RDS.12',
  title: text('Database clusters accept IAM authentication', 'DBクラスターでIAM認証が使える'),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBCluster'],
  configRule: 'rds-cluster-iam-authentication-enabled',
  mappings: { 'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-6'] },
  property: ['EnableIAMDatabaseAuthentication'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('passwords only', 'パスワード認証のみ') },
  remedy: {
    summary: text(
      'Set EnableIAMDatabaseAuthentication to true',
      'EnableIAMDatabaseAuthentication を true にする',
    ),
    value: true,
  },
});
