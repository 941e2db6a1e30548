import type { ResourceGraph } from '../../environment/graph.ts';
import { DATABASE_TYPES, isPublicSubnet, placementOf } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { any, isTrue, not } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { setProperty } from '../edits.ts';
import { off, presenceOf, unsure } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

/**
 * Servers and data in subnets that the internet does not reach. Source: Amazon VPC user guide, "Example:
 * VPC with servers in private subnets and NAT"; a subnet is public by its route to an internet gateway,
 * whatever it is called.
 */
export const definition = safeguard({
  id: 'segmentation',
  name: text('Network segmentation (private subnets)', 'ネットワークの分割(プライベートサブネット)'),
  alsoKnownAs: [
    'private subnet',
    'プライベートサブネット',
    'サブネット分割',
    'segmentation',
    'セグメンテーション',
  ],
  factor: 'vulnerability',
  effect: 'block',
  price: 'tens-of-dollars',
  stops: text(
    'Direct connections from the internet to servers and databases, even when a security group is opened by mistake.',
    'インターネットからサーバーやデータベースへの直接の接続(セキュリティグループを誤って開いた場合も含む)。',
  ),
  doesNotStop: text(
    'What comes through the load balancer, and movement between machines of the same network.',
    'ロードバランサー経由の攻撃と、同じネットワーク内のマシン間の移動。',
  ),
  confusedWith: text(
    'Segmentation decides whether there is a way at all; security groups decide who may use it.',
    '分割は経路そのものの有無を、セキュリティグループは誰が使えるかを決めます。',
  ),
  attachesTo: [
    'AWS::EC2::Instance',
    'AWS::AutoScaling::AutoScalingGroup',
    'AWS::ECS::Service',
    ...DATABASE_TYPES.filter((type) => !type.includes('Search')),
  ],
  presence: presenceAt,
  remedy: remedyAt,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  const { subnets, openSubnets, inDefaultVpc } = placementOf(graph, place);
  if (inDefaultVpc) {
    return isTrue(property(place, 'PubliclyAccessible'), { is: 'yes' }).is === 'no'
      ? unsure(
          text(
            'it names no subnet: the default VPC, without a public address',
            'サブネットの指定がなく、公開アドレスなしでデフォルトVPCに置かれます',
          ),
        )
      : off(
          text(
            'it names no subnet: the default VPC, whose subnets are public',
            'サブネットの指定がなく、パブリックサブネットだけのデフォルトVPCに置かれます',
          ),
        );
  }
  if (openSubnets.length > 0 || subnets.length === 0) {
    return unsure(
      text('its subnets are not among what was read', 'サブネットが読み取り対象に含まれていません'),
      openSubnets,
    );
  }
  const [first] = subnets;
  return presenceOf(
    not(any(subnets.map(({ resource }) => isPublicSubnet(graph, resource)))),
    {
      on: text(
        'its subnets have no way from the internet',
        'サブネットにインターネットからの経路がありません',
      ),
      off: text('it stands in a public subnet', 'パブリックサブネットにあります'),
      unknown: text(
        'whether its subnets are public is not decided',
        'サブネットがパブリックかどうかが未確定です',
      ),
    },
    first?.at,
  );
}

function remedyAt(_: ResourceGraph, place: Resource): Remedy {
  const isDatabase = DATABASE_TYPES.some((type) => type === place.type);
  return {
    summary: text(
      'Move it into private subnets (servers reach the outside through a NAT gateway or endpoints).',
      'プライベートサブネットへ移します(サーバーから外部へはNATゲートウェイまたはVPCエンドポイントを使います)。',
    ),
    edits:
      isDatabase && place.type === 'AWS::RDS::DBInstance'
        ? [setProperty(place, 'PubliclyAccessible', false)]
        : [],
    needs: [
      text(
        'private subnets, and a maintenance window: moving replaces a server',
        'プライベートサブネットと停止時間(サーバーは置き換えになります)',
      ),
    ],
  };
}
