import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';
import { off, on, partial, providedBy, unsure } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property, stringsOf } from '../values.ts';

/** Whether the policy of a firewall lets not everything pass. */
export function policyPresence(graph: ResourceGraph, firewall: Resource): Presence {
  const value = property(firewall, 'FirewallPolicyArn');
  const policy = graph.target(value);
  if (policy?.type !== 'AWS::NetworkFirewall::FirewallPolicy') {
    return unsure(text('its policy is not among what was read', 'ポリシーが読み取り対象に含まれていません'), [
      value,
    ]);
  }
  return providedBy(policy, judge(graph, property(policy, 'FirewallPolicy')));
}

function judge(graph: ResourceGraph, policy: Value): Presence {
  if (policy.kind === 'unknown')
    return unsure(text('its policy is not decided', 'ポリシーが未確定です'), [policy]);
  const stateless = get(policy, 'StatelessDefaultActions');
  const actions = stringsOf(stateless);
  if (actions.includes('aws:drop'))
    return on(text('what no rule allows is dropped', '許可されていない通信は破棄されます'), stateless);
  if (actions.includes('aws:pass')) {
    return off(
      text('packets pass before the stateful rules see them', 'ステートフルルールに届く前にすべて通過します'),
      stateless,
    );
  }
  const defaults = stringsOf(get(policy, 'StatefulDefaultActions'));
  if (defaults.some((action) => action.startsWith('aws:drop'))) {
    return on(
      text('what no rule allows is dropped', '許可されていない通信は破棄されます'),
      get(policy, 'StatefulDefaultActions'),
    );
  }
  return byGroups(graph, get(policy, 'StatefulRuleGroupReferences'));
}

/** Without a dropping default, only groups that drop or reject something stop anything. */
function byGroups(graph: ResourceGraph, references: Value): Presence {
  const items = itemsOf(references);
  if (items.length === 0)
    return off(
      text('it has no rules, and passes what no rule names', 'ルールがなく、すべて通過します'),
      references,
    );
  const groups = items.map((each) => graph.target(get(each, 'ResourceArn')));
  if (groups.some((group) => group && stops(group))) {
    return partial(
      text(
        'some connections are dropped, all others pass',
        '一部の通信は破棄されますが、それ以外は通過します',
      ),
      references,
    );
  }
  if (groups.some((group) => !group)) {
    return unsure(
      text('a rule group is not among what was read', '読み取り対象に含まれていないルールグループがあります'),
      [references],
    );
  }
  return off(text('its rules only alert or pass', 'ルールは警告または許可だけです'), references);
}

function stops(group: Resource): boolean {
  const source = property(group, 'RuleGroup', 'RulesSource');
  const list = stringFrom(get(source, 'RulesSourceList', 'GeneratedRulesType'));
  if (list !== undefined && list !== 'ALERTLIST') return true;
  const actions = itemsOf(get(source, 'StatefulRules')).map((rule) => stringFrom(get(rule, 'Action')));
  if (actions.some((action) => action === 'DROP' || action === 'REJECT')) return true;
  return /^\s*(drop|reject)\s/m.test((stringFrom(get(source, 'RulesString')) ?? '').slice(0, 2_000_000));
}
