import type { ResourceGraph } from '../../environment/graph.ts';
import { DATABASE_TYPES } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { isOneOf } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { presenceOf } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';
import { databasePresence, FACETS, groupPresence, serverPresence } from './judge.ts';
import { networkRemedy } from './remedy.ts';

/**
 * Security groups that admit no more than is needed. Sources: Amazon VPC user guide, "Security group
 * rules" and "Security best practices for your VPC"; Lambda developer guide, "Control access to Lambda
 * function URLs".
 */
export const definition = safeguard({
  id: 'network-least-privilege',
  name: text(
    'Least privilege in the network (security groups)',
    'ネットワークの最小権限(セキュリティグループ)',
  ),
  alsoKnownAs: [
    'security group',
    'セキュリティグループ',
    '最小限の法則',
    '最小権限',
    'ネットワーク通信の許可設定',
    'ファイアウォール設定',
  ],
  factor: 'vulnerability',
  effect: 'block',
  price: 'free',
  stops: text(
    'Connections that nobody needs: administration ports from the internet, databases that any machine of the network reaches.',
    '不要な接続(インターネットからの管理用ポートへの接続、ネットワーク内のどのマシンからでも届くデータベースへの接続)。',
  ),
  doesNotStop: text(
    'Attacks over the ports that must be open, and connections from a compromised server that is admitted.',
    '開けておく必要のあるポートを使った攻撃と、許可されたサーバーが侵害された場合の接続。',
  ),
  confusedWith: text(
    'Security groups admit connections per resource; Network Firewall inspects what crosses the border of the VPC; WAF reads HTTP.',
    'セキュリティグループはリソースごとに接続を許可します。Network FirewallはVPCの境界を通る通信を、WAFはHTTPの中身を調べます。',
  ),
  facets: Object.values(FACETS),
  attachesTo: [
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::Instance',
    'AWS::AutoScaling::AutoScalingGroup',
    'AWS::ECS::Service',
    'AWS::Lambda::Url',
    ...DATABASE_TYPES,
  ],
  presence: presenceAt,
  remedy: networkRemedy,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  switch (place.type) {
    case 'AWS::EC2::SecurityGroup':
      return groupPresence(graph, place);
    case 'AWS::EC2::Instance':
    case 'AWS::AutoScaling::AutoScalingGroup':
    case 'AWS::ECS::Service':
      return serverPresence(graph, place);
    case 'AWS::Lambda::Url':
      return urlPresence(place);
    default:
      return databasePresence(graph, place);
  }
}

function urlPresence(url: Resource): Presence {
  const kind = property(url, 'AuthType');
  return presenceOf(
    isOneOf(kind, ['AWS_IAM']),
    {
      on: text('callers need a permission of IAM', '呼び出しにはIAMの権限が必要です'),
      off: text('everybody may call the function', '誰でも関数を呼び出せます'),
      unknown: text('who may call is not decided', '誰が呼び出せるかが未確定です'),
    },
    kind,
  );
}
