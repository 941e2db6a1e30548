import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, RDS.10. */
export const definition = propertyControl({
  id: 'RDS.10',
  title: text('Database instances accept IAM authentication', 'データベースインスタンスでIAM認証が使える'),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-instance-iam-authentication-enabled',
  mappings: { 'pci-dss-3.2.1': ['8.7', '8.7.a', '8.7.b', '8.7.c', '8.7.d'] },
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
