import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'RDS.1002',
  title: text(
    'Database instances record what slows them down',
    'データベースインスタンスの Performance Insights が有効',
  ),
  severity: 'low',
  resourceTypes: ['AWS::RDS::DBInstance'],
  mappings: {},
  property: ['EnablePerformanceInsights'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set EnablePerformanceInsights to true', 'EnablePerformanceInsights を true にする'),
    value: true,
  },
});
