import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { isSet } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { addResource, getAtt, logicalId, ref } from '../edits.ts';
import { chain, off, presenceOf, providedBy, strongest } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';
import { policyPresence } from './policies.ts';
import { routesPresence } from './routes.ts';

const FACETS = {
  policy: { id: 'policy', name: text('policy', 'ポリシー') },
  routes: { id: 'routes', name: text('routes', '経路') },
  tls: { id: 'tls-inspection', name: text('TLS inspection', 'TLS検査') },
} as const satisfies Record<string, FacetName>;

/**
 * AWS Network Firewall of a VPC: on only when its policy lets not everything pass and the traffic really
 * goes through it, both ways. Source: AWS Network Firewall developer guide, "VPC route table configurations
 * for AWS Network Firewall" and "Rule evaluation in AWS Network Firewall"; CloudFormation,
 * "AWS::NetworkFirewall::Firewall" (`EndpointIds` are "zone:endpoint" strings).
 */
export const definition = safeguard({
  id: 'network-firewall',
  name: text('AWS Network Firewall', 'AWS Network Firewall'),
  alsoKnownAs: ['Network Firewall', 'ネットワークファイアウォール', 'Suricata', 'IGWとVPCのファイアウォール'],
  factor: 'vulnerability',
  effect: 'hinder',
  price: 'hundreds-of-dollars',
  stops: text(
    'Connections between the VPC and the internet that its rules do not allow: unknown destinations, malware that calls home, exploits in plain protocols.',
    'ルールで許可されていないVPCとインターネットの間の通信(未知の宛先、外部と通信するマルウェア、平文プロトコルでの攻撃)。',
  ),
  doesNotStop: text(
    'What lies inside HTTPS (without TLS inspection it sees only names), such as SQL injection; and traffic that no route leads through it.',
    'HTTPSの中身(TLS検査がなければ接続先名しか見えません)に含まれるSQLインジェクションなどと、経路上ファイアウォールを通らない通信。',
  ),
  confusedWith: text(
    'Network Firewall filters packets at the border of a VPC; security groups admit connections per resource; WAF reads HTTP requests after TLS ends.',
    'Network FirewallはVPCの境界でパケットを、セキュリティグループはリソース単位で接続を、WAFはTLS終端後のHTTPリクエストを扱います。',
  ),
  facets: Object.values(FACETS),
  attachesTo: ['AWS::EC2::VPC'],
  presence: presenceAt,
  remedy: remedyAt,
});

function presenceAt(graph: ResourceGraph, vpc: Resource): Presence {
  const firewalls = graph.referrersOfType(vpc, 'AWS::NetworkFirewall::Firewall');
  return (
    strongest(firewalls.map((firewall) => providedBy(firewall, ofFirewall(graph, vpc, firewall)))) ??
    off(text(`no Network Firewall in ${vpc.name}`, `${vpc.name}にNetwork Firewallがありません`))
  );
}

function ofFirewall(graph: ResourceGraph, vpc: Resource, firewall: Resource): Presence {
  const policy = graph.target(property(firewall, 'FirewallPolicyArn'));
  const inspection = policy ? property(policy, 'FirewallPolicy', 'TLSInspectionConfigurationArn') : undefined;
  return chain([
    { facet: FACETS.policy, presence: policyPresence(graph, firewall) },
    { facet: FACETS.routes, presence: routesPresence(graph, vpc, firewall) },
    {
      facet: FACETS.tls,
      informative: true,
      presence: presenceOf(inspection ? isSet(inspection) : { is: 'no' }, {
        on: text('it looks into TLS', 'TLSの中身を検査します'),
        off: text('it sees only names inside TLS', 'TLSの中身は検査しません(接続先名のみ)'),
        unknown: text('not decided', '未確定です'),
      }),
    },
  ]);
}

function remedyAt(_: ResourceGraph, vpc: Resource): Remedy {
  const policy = logicalId(vpc, 'FirewallPolicy');
  const allowed = logicalId(vpc, 'AllowedDestinations');
  return {
    summary: text(
      'Filter what leaves the VPC by Network Firewall. It costs hundreds of dollars a month: for a small team compare narrower egress rules of the security groups, DNS Firewall, or accepting the risk.',
      'Network FirewallでVPCから出る通信を制限します。月に数百ドルかかるため、小規模なチームではセキュリティグループのアウトバウンドルールの限定、DNS Firewall、または受容と比較してください。',
    ),
    edits: [
      addResource(allowed, 'AWS::NetworkFirewall::RuleGroup', {
        RuleGroupName: 'allowed-destinations',
        Type: 'STATEFUL',
        Capacity: 100,
        RuleGroup: {
          StatefulRuleOptions: { RuleOrder: 'STRICT_ORDER' },
          RulesSource: {
            RulesSourceList: {
              GeneratedRulesType: 'ALLOWLIST',
              TargetTypes: ['TLS_SNI', 'HTTP_HOST'],
              Targets: ['.amazonaws.com'],
            },
          },
        },
      }),
      addResource(policy, 'AWS::NetworkFirewall::FirewallPolicy', {
        FirewallPolicyName: 'outgoing',
        FirewallPolicy: {
          StatelessDefaultActions: ['aws:forward_to_sfe'],
          StatelessFragmentDefaultActions: ['aws:forward_to_sfe'],
          StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER' },
          StatefulDefaultActions: ['aws:drop_established', 'aws:alert_established'],
          StatefulRuleGroupReferences: [{ ResourceArn: ref(allowed), Priority: 1 }],
        },
      }),
      addResource(logicalId(vpc, 'Firewall'), 'AWS::NetworkFirewall::Firewall', {
        FirewallName: 'border',
        FirewallPolicyArn: getAtt(policy, 'FirewallPolicyArn'),
        VpcId: ref(vpc),
        SubnetMappings: [{ SubnetId: ref('FirewallSubnet') }],
      }),
    ],
    needs: [
      text(
        'a small subnet per zone for the firewall (parameter FirewallSubnet)',
        'ゾーンごとのファイアウォール用サブネット(パラメータFirewallSubnet)',
      ),
      text(
        'routes through it both ways: default routes to its endpoint, and a gateway route table back to each subnet',
        '往復の経路(デフォルトルートをエンドポイントへ向け、ゲートウェイルートテーブルで各サブネットへの戻りも通す)',
      ),
      text('the destinations that the application needs', 'アプリケーションが必要とする宛先の一覧'),
    ],
  };
}
