import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, isMap, mapOf, pick, textOf } from '../fields.ts';
import { here, within } from '../found.ts';

/** Network firewalls with their policies, rules and logs (AWS Network Firewall API reference). */
export const networkFirewalls: Collector = {
  id: 'network-firewalls',
  service: 'network-firewall',
  where: 'region',
  types: [
    'AWS::NetworkFirewall::Firewall',
    'AWS::NetworkFirewall::FirewallPolicy',
    'AWS::NetworkFirewall::RuleGroup',
    'AWS::NetworkFirewall::LoggingConfiguration',
  ],
  actions: {
    ListFirewalls: 'network-firewall:ListFirewalls',
    DescribeFirewall: 'network-firewall:DescribeFirewall',
    DescribeLoggingConfiguration: 'network-firewall:DescribeLoggingConfiguration',
    ListFirewallPolicies: 'network-firewall:ListFirewallPolicies',
    DescribeFirewallPolicy: 'network-firewall:DescribeFirewallPolicy',
    ListRuleGroups: 'network-firewall:ListRuleGroups',
    DescribeRuleGroup: 'network-firewall:DescribeRuleGroup',
  },
  async read(api) {
    const [firewalls, policies, groups] = await Promise.all([
      api.some('ListFirewalls', 'Firewalls', [
        'AWS::NetworkFirewall::Firewall',
        'AWS::NetworkFirewall::LoggingConfiguration',
      ]),
      api.some('ListFirewallPolicies', 'FirewallPolicies', ['AWS::NetworkFirewall::FirewallPolicy']),
      api.some('ListRuleGroups', 'RuleGroups', ['AWS::NetworkFirewall::RuleGroup']),
    ]);
    const found = await Promise.all([
      ...firewalls.map((each) => firewall(api, textOf(each, 'FirewallArn'))),
      ...policies.map((each) => policy(api, textOf(each, 'Arn'))),
      ...groups.map((each) => ruleGroup(api, textOf(each, 'Arn'))),
    ]);
    return found.flat();
  },
};

async function firewall(api: Api, arn: string): Promise<readonly FoundResource[]> {
  const answer = await api.call('DescribeFirewall', { FirewallArn: arn });
  const found = mapOf(answer, 'Firewall');
  const logging = await api.detail('DescribeLoggingConfiguration', { FirewallArn: arn });
  const logs = logging.is === 'read' ? mapOf(logging.output, 'LoggingConfiguration') : {};
  const name = textOf(found, 'FirewallName');
  const itself = here(api, {
    id: arn,
    type: 'AWS::NetworkFirewall::Firewall',
    name,
    names: { Ref: arn, FirewallArn: arn, ...endpoints(mapOf(answer, 'FirewallStatus')) },
    properties: pick(found, [
      'FirewallName',
      'FirewallPolicyArn',
      'VpcId',
      'SubnetMappings',
      'DeleteProtection',
      'FirewallPolicyChangeProtection',
      'SubnetChangeProtection',
    ]),
  });
  const unread = logging.is === 'unread';
  if (!unread && Object.keys(logs).length === 0) return [itself];
  const content = {
    FirewallArn: arn,
    ...given('LoggingConfiguration', pick(logs, ['LogDestinationConfigs'])),
  };
  const configuration = within(api, 'AWS::NetworkFirewall::LoggingConfiguration', `${name}/logging`, content);
  return [itself, { ...configuration, unread: unread ? ['LoggingConfiguration'] : [] }];
}

/** The endpoints that routes name, one for each zone. */
function endpoints(status: Output): Readonly<Record<string, string>> {
  const ids = Object.values(mapOf(status, 'SyncStates')).flatMap((state) => {
    const id = isMap(state) ? textOf(mapOf(state, 'Attachment'), 'EndpointId') : '';
    return id === '' ? [] : [id];
  });
  return Object.fromEntries(
    ids.map((id, index) => [index === 0 ? 'EndpointIds' : `EndpointIds.${index}`, id]),
  );
}

async function policy(api: Api, arn: string): Promise<readonly FoundResource[]> {
  const answer = await api.call('DescribeFirewallPolicy', { FirewallPolicyArn: arn });
  const name = textOf(mapOf(answer, 'FirewallPolicyResponse'), 'FirewallPolicyName');
  return [
    here(api, {
      id: arn,
      type: 'AWS::NetworkFirewall::FirewallPolicy',
      name,
      names: { Ref: arn },
      properties: { FirewallPolicyName: name, FirewallPolicy: mapOf(answer, 'FirewallPolicy') },
    }),
  ];
}

async function ruleGroup(api: Api, arn: string): Promise<readonly FoundResource[]> {
  const answer = await api.call('DescribeRuleGroup', { RuleGroupArn: arn });
  const about = mapOf(answer, 'RuleGroupResponse');
  return [
    here(api, {
      id: arn,
      type: 'AWS::NetworkFirewall::RuleGroup',
      name: textOf(about, 'RuleGroupName'),
      names: { Ref: arn },
      properties: {
        ...pick(about, ['RuleGroupName', 'Type', 'Capacity']),
        RuleGroup: mapOf(answer, 'RuleGroup'),
      },
    }),
  ];
}
