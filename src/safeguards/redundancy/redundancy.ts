import type { ResourceGraph } from '../../environment/graph.ts';
import { subnetsOf } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { all, isNumber, isTrue } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, numberFrom, showValue } from '../../model/value.ts';
import { clusterOf, DATABASE_TYPES, isReplica, isResource } from '../databases.ts';
import { setProperty } from '../edits.ts';
import { notApplicable, off, on, partial, presenceOf, unsure } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

/**
 * More than one of what must not fail, in more than one Availability Zone. Sources: Amazon RDS user guide,
 * "Configuring and managing a Multi-AZ deployment"; Amazon EC2 Auto Scaling user guide, "Auto Scaling
 * benefits for application architecture"; Amazon ElastiCache user guide, "Minimizing downtime with Multi-AZ".
 */
export const definition = safeguard({
  id: 'redundancy',
  name: text('Redundancy over Availability Zones', '冗長化(複数のアベイラビリティーゾーン)'),
  alsoKnownAs: ['Multi-AZ', 'マルチAZ', '冗長化', 'Auto Scaling', 'オートスケーリング', '可用性'],
  factor: 'overload',
  effect: 'limit',
  price: 'tens-of-dollars',
  stops: text(
    'An outage when one server or one Availability Zone fails, or when the load grows beyond one server.',
    'サーバー1台やアベイラビリティーゾーン1つの障害、サーバー1台を超える負荷によるサービス停止。',
  ),
  doesNotStop: text(
    'A flood that any number of servers cannot carry, deleted data (it is deleted in every zone), and faulty releases.',
    '台数を増やしても耐えられない大量通信、削除されたデータ(全ゾーンで消えます)、不具合のあるリリース。',
  ),
  confusedWith: text(
    'Redundancy keeps running; backups bring back.',
    '冗長化は「止めない」ため、バックアップは「取り戻す」ためのものです。',
  ),
  attachesTo: [
    ...DATABASE_TYPES,
    'AWS::AutoScaling::AutoScalingGroup',
    'AWS::ECS::Service',
    'AWS::EC2::Instance',
    'AWS::ElastiCache::ReplicationGroup',
  ],
  presence: presenceAt,
  remedy: remedyAt,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  switch (place.type) {
    case 'AWS::AutoScaling::AutoScalingGroup':
      return ofGroup(graph, place);
    case 'AWS::ECS::Service':
      return counted(place, 'DesiredCount', text('tasks', 'タスク'));
    case 'AWS::EC2::Instance':
      return ofServer(graph, place);
    case 'AWS::ElastiCache::ReplicationGroup':
      return ofCache(place);
    default:
      return ofDatabase(graph, place);
  }
}

const ZONES = {
  on: text('a standby in another zone takes over', '別ゾーンの待機系が引き継ぎます'),
  off: text('it stands in one zone only', '1つのゾーンにしかありません'),
  unknown: text('whether it has a standby is not decided', '待機系の有無が未確定です'),
};

function ofDatabase(graph: ResourceGraph, database: Resource): Presence {
  if (database.type === 'AWS::RDS::DBCluster') return ofCluster(graph, database);
  const cluster = clusterOf(graph, database);
  if (cluster && isResource(cluster)) return ofCluster(graph, cluster);
  if (cluster)
    return unsure(
      text('the cluster is not among what was read', 'クラスターが読み取り対象に含まれていません'),
      [cluster],
    );
  if (isReplica(database))
    return notApplicable(text('a replica is itself the second one', 'レプリカ自体が2台目です'));
  const value = property(database, 'MultiAZ');
  return presenceOf(isTrue(value), ZONES, value);
}

/** A cluster is redundant with two members, or as a Multi-AZ cluster of its own kind. */
function ofCluster(graph: ResourceGraph, cluster: Resource): Presence {
  if (property(cluster, 'DBClusterInstanceClass').kind !== 'absent') {
    return on(
      text(
        'a Multi-AZ DB cluster has two readable standbys',
        'マルチAZ DBクラスターには読み取り可能な待機系が2つあります',
      ),
    );
  }
  const members = graph.referrersOfType(cluster, 'AWS::RDS::DBInstance');
  if (members.length === 0) {
    return unsure(
      text('its members are not among what was read', 'メンバーが読み取り対象に含まれていません'),
    );
  }
  return presenceOf(
    members.length >= 2 ? all(members.slice(0, 2).map((member) => member.exists)) : { is: 'no' },
    {
      on: text('it has at least two members', 'メンバーが2台以上あります'),
      off: text('it has one member only', 'メンバーが1台しかありません'),
      unknown: ZONES.unknown,
    },
  );
}

function ofGroup(graph: ResourceGraph, group: Resource): Presence {
  const minimum = counted(group, 'MinSize', text('servers', 'サーバー'));
  const subnets = subnetsOf(graph, group).length || itemsOf(property(group, 'AvailabilityZones')).length;
  if (minimum.state === 'on' && subnets === 1) {
    return partial(
      text('several servers, but all in one zone', 'サーバーは複数ですが、1つのゾーンにあります'),
      property(group, 'VPCZoneIdentifier'),
    );
  }
  if (minimum.state === 'off' && isNumber(property(group, 'MaxSize'), (size) => size >= 2).is === 'yes') {
    return partial(
      text(
        'it replaces a failed server, with an outage until then',
        '故障したサーバーは置き換えられますが、それまでは停止します',
      ),
      property(group, 'MinSize'),
    );
  }
  return minimum;
}

function counted(
  place: Resource,
  name: string,
  what: { readonly en: string; readonly ja: string },
): Presence {
  const value = property(place, name);
  if (value.kind === 'unknown')
    return unsure(text(`the number of ${what.en} is not decided`, `${what.ja}の数が未確定です`), [value]);
  const shown = value.kind === 'absent' ? '1' : showValue(value);
  return presenceOf(
    isNumber(value, (count) => count >= 2),
    {
      on: text(`at least ${shown} ${what.en}`, `${what.ja}は最低${shown}台です`),
      off: text(`only ${shown} of ${what.en}`, `${what.ja}が${shown}台しかありません`),
      unknown: text(`the number of ${what.en} is not decided`, `${what.ja}の数が未確定です`),
    },
    value,
  );
}

/** A server by itself is redundant when its target group has another one in another subnet. */
function ofServer(graph: ResourceGraph, server: Resource): Presence {
  const groups = graph.referrersOfType(server, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const others = groups.flatMap((group) =>
    itemsOf(property(group, 'Targets'))
      .map((target) => graph.target(get(target, 'Id')))
      .filter((each) => each !== undefined && each.id !== server.id),
  );
  const [other] = others;
  if (!other) return off(text('it is the only server of its kind', '同じ役割のサーバーが他にありません'));
  const own = subnetsOf(graph, server)[0]?.id;
  const elsewhere = others.some((each) => each && subnetsOf(graph, each)[0]?.id !== own);
  return elsewhere
    ? on(
        text(
          `${other.name} shares the load in another subnet`,
          `${other.name}が別サブネットで負荷を分担します`,
        ),
      )
    : partial(text(`${other.name} stands in the same subnet`, `${other.name}も同じサブネットにあります`));
}

function ofCache(group: Resource): Presence {
  const value = property(group, 'MultiAZEnabled');
  return presenceOf(isTrue(value), ZONES, value);
}

function remedyAt(graph: ResourceGraph, place: Resource): Remedy {
  const summary = text('Run it in two Availability Zones.', '2つのアベイラビリティーゾーンで動かします。');
  switch (place.type) {
    case 'AWS::AutoScaling::AutoScalingGroup': {
      const least = numberFrom(property(place, 'MinSize')) ?? 1;
      const most = Math.max(2, numberFrom(property(place, 'MaxSize')) ?? 2);
      return {
        summary,
        edits:
          least >= 2 ? [] : [setProperty(place, 'MinSize', '2'), setProperty(place, 'MaxSize', String(most))],
        needs: [text('subnets in two zones', '2つのゾーンのサブネット')],
      };
    }
    case 'AWS::ECS::Service':
      return { summary, edits: [setProperty(place, 'DesiredCount', 2)] };
    case 'AWS::ElastiCache::ReplicationGroup':
      return {
        summary,
        edits: [
          setProperty(place, 'AutomaticFailoverEnabled', true),
          setProperty(place, 'MultiAZEnabled', true),
        ],
      };
    case 'AWS::EC2::Instance':
      return {
        summary,
        edits: [],
        needs: [
          text(
            'an Auto Scaling group with at least two servers instead of the single one, and an application that keeps no state on the server',
            '1台のサーバーの代わりに最低2台のAuto Scalingグループと、サーバー上に状態を持たないアプリケーション',
          ),
        ],
      };
    default: {
      const cluster = clusterOf(graph, place);
      return cluster || place.type === 'AWS::RDS::DBCluster'
        ? {
            summary,
            edits: [],
            needs: [
              text('a second member of the cluster in another zone', '別ゾーンの2台目のクラスターメンバー'),
            ],
          }
        : { summary, edits: [setProperty(place, 'MultiAZ', true)] };
    }
  }
}
