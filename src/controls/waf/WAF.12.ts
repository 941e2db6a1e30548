import { text } from '../../kernel/texts.ts';
import { isTrue } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, WAF.12. */
export const definition = propertyControl({
  id: 'WAF.12',
  title: text('Rule groups send metrics', 'ルールグループがメトリクスを送る'),
  severity: 'medium',
  resourceTypes: ['AWS::WAFv2::RuleGroup'],
  configRule: 'wafv2-rulegroup-logging-enabled',
  mappings: {},
  property: ['VisibilityConfig', 'CloudWatchMetricsEnabled'],
  good: isTrue,
  remedy: {
    summary: text('Set CloudWatchMetricsEnabled to true', 'CloudWatchMetricsEnabled を true にする'),
    value: true,
  },
});
