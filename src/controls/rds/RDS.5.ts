import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { OUTSIDE_A_CLUSTER } from './membership.ts';

/** AWS Security Hub controls reference, RDS.5. */
export const definition = propertyControl({
  id: 'RDS.5',
  title: text(
    'Database instances have a standby in another Availability Zone',
    'データベースインスタンスが別のアベイラビリティーゾーンに待機系を持つ',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-multi-az-support',
  mappings: {
    'cis-5.0': ['2.2.4'],
    'nist-800-53-r5': [
      'CP-1a.1(b)',
      'CP-1a.2',
      'CP-2(5)',
      'CP-2(6)',
      'CP-2a',
      'CP-2a.6',
      'CP-2a.7',
      'CP-2d',
      'CP-2e',
      'CP-6(2)',
      'CP-10',
      'SC-5(2)',
      'SC-6',
      'SC-22',
      'SC-36',
      'SI-13(5)',
    ],
  },
  property: ['MultiAZ'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('a single Availability Zone', '単一のアベイラビリティーゾーン') },
  onlyIf: OUTSIDE_A_CLUSTER,
  remedy: {
    summary: text(
      'Set MultiAZ to true (about doubles the price of the instance)',
      'MultiAZ を true にする(インスタンス料金は約2倍)',
    ),
    value: true,
  },
});
