import { text } from '../../kernel/texts.ts';
import { isOneOf, NO } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { hasStatelessRules } from './questions.ts';

/** AWS Security Hub controls reference, NetworkFirewall.6. */
export const definition = propertyControl({
  id: 'NetworkFirewall.6',
  title: text('Stateless rule groups have rules', 'ステートレスルールグループが空でない'),
  severity: 'medium',
  resourceTypes: ['AWS::NetworkFirewall::RuleGroup'],
  configRule: 'netfw-stateless-rule-group-not-empty',
  mappings: { 'nist-800-53-r5': ['AC-4(21)', 'SC-7', 'SC-7(5)', 'SC-7(11)', 'SC-7(16)', 'SC-7(21)'] },
  property: ['RuleGroup', 'RulesSource', 'StatelessRulesAndCustomActions'],
  good: hasStatelessRules,
  says: {
    pass: text('the group has rules', 'ルールがあります'),
    fail: text('the group has no rules', 'ルールがありません'),
  },
  onlyIf: {
    holds: (resource) => isOneOf(get(resource.properties, 'Type'), ['STATELESS'], NO),
    otherwise: text('the rule group is stateful', 'ステートフルルールグループです'),
  },
  remedy: {
    summary: text('Add rules or remove the group', 'ルールを加えるか、グループを削除する'),
  },
});
