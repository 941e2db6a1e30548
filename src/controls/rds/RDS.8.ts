import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { OUTSIDE_A_CLUSTER } from './membership.ts';

/** AWS Security Hub controls reference, RDS.8. */
export const definition = propertyControl({
  id: 'RDS.8',
  title: text(
    'Database instances are protected against deletion',
    'データベースインスタンスの削除保護が有効',
  ),
  severity: 'low',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-instance-deletion-protection-enabled',
  mappings: {
    'nist-800-53-r5': [
      'CA-7(4)(c)',
      'CM-3a',
      'CP-1a.1(b)',
      'CP-1a.2',
      'CP-2(5)',
      'CP-2a',
      'CP-2a.6',
      'CP-2a.7',
      'CP-2d',
      'CP-2e',
      'SA-15a.4',
      'SC-5(2)',
      'SC-22',
      'SI-13(5)',
    ],
  },
  property: ['DeletionProtection'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  onlyIf: OUTSIDE_A_CLUSTER,
  remedy: {
    summary: text('Set DeletionProtection to true', 'DeletionProtection を true にする'),
    value: true,
  },
});
