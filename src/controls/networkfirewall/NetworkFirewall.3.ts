import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { hasRuleGroups } from './questions.ts';

/** AWS Security Hub controls reference, NetworkFirewall.3. */
export const definition = propertyControl({
  id: 'NetworkFirewall.3',
  title: text('Firewall policies use some rule group', 'ファイアウォールポリシーにルールグループがある'),
  severity: 'medium',
  resourceTypes: ['AWS::NetworkFirewall::FirewallPolicy'],
  configRule: 'netfw-policy-rule-group-associated',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  property: ['FirewallPolicy'],
  good: hasRuleGroups,
  says: {
    pass: text('the policy uses a rule group', 'ルールグループを使っています'),
    fail: text('the policy uses no rule group', 'ルールグループを使っていません'),
  },
  remedy: {
    summary: text('Refer to a stateful rule group', 'ステートフルルールグループを指定する'),
    needs: [text('a rule group', 'ルールグループ')],
  },
});
