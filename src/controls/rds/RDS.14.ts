import { text } from '../../kernel/texts.ts';
import { isOneOf, NO } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { atLeast } from '../questions.ts';

/** AWS Security Hub controls reference, RDS.14. */
export const definition = propertyControl({
  id: 'RDS.14',
  title: text('Aurora MySQL clusters can be rewound', 'Aurora MySQL クラスターのバックトラックが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBCluster'],
  configRule: 'aurora-mysql-backtracking-enabled',
  mappings: { 'nist-800-53-r5': ['CP-6', 'CP-6(1)', 'CP-6(2)', 'CP-9', 'CP-10', 'SI-13(5)'] },
  property: ['BacktrackWindow'],
  good: atLeast(1),
  whenAbsent: { good: NO, means: text('backtracking is off', 'バックトラックは無効') },
  onlyIf: {
    holds: (resource) => isOneOf(get(resource.properties, 'Engine'), ['aurora', 'aurora-mysql'], NO),
    otherwise: text('only Aurora MySQL can be rewound', 'バックトラックは Aurora MySQL だけの機能です'),
  },
  remedy: {
    summary: text(
      'Set BacktrackWindow to the seconds that you want to be able to rewind',
      'BacktrackWindow に巻き戻したい秒数を指定する',
    ),
    value: 86400,
  },
});
