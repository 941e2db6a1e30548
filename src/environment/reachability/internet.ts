import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, isOneOf, NO, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { showValue } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { crossBorder, startHop } from './border.ts';
import { BUCKET, bucketReach } from './buckets.ts';
import { DATABASE_TYPES, databaseReach } from './databases.ts';
import { HTTP_API, REST_API } from './gateways.ts';
import {
  CLASSIC_LOAD_BALANCER,
  isInternetFacing,
  LOAD_BALANCER,
  listenersOf,
  loadBalancerKind,
} from './load-balancers.ts';
import { property } from './lookup.ts';
import { placementOf } from './placement.ts';
import { publicAddressOf } from './public-addresses.ts';
import { hop, type InternetReach, type NetworkHop } from './types.ts';

type Reacher = (graph: ResourceGraph, target: Resource) => InternetReach;

const REACHERS: Readonly<Record<string, Reacher>> = {
  'AWS::EC2::Instance': serverReach,
  'AWS::AutoScaling::AutoScalingGroup': serverReach,
  'AWS::ECS::Service': serviceReach,
  [LOAD_BALANCER]: loadBalancerReach,
  [CLASSIC_LOAD_BALANCER]: loadBalancerReach,
  [BUCKET]: (graph, bucket) => bucketReach(graph, bucket, 'read'),
  'AWS::CloudFront::Distribution': alwaysPublic,
  'AWS::Lambda::Url': alwaysPublic,
  'AWS::Lambda::Function': functionReach,
  [REST_API]: restApiReach,
  [HTTP_API]: alwaysPublic,
  'AWS::AppSync::GraphQLApi': alwaysPublic,
  'AWS::Cognito::UserPool': alwaysPublic,
  'AWS::EKS::Cluster': clusterReach,
  ...Object.fromEntries(DATABASE_TYPES.map((type) => [type, databaseReach])),
};

/**
 * Whether the internet reaches a resource directly, and how. The answer is unknown rather than no for a
 * type of which reachability knows nothing.
 */
export function reachFromInternet(graph: ResourceGraph, target: Resource): InternetReach {
  const cache = graph.memo(reachCache);
  const cached = cache.get(target.id);
  if (cached) return cached;
  const reacher = Object.hasOwn(REACHERS, target.type) ? REACHERS[target.type] : undefined;
  const reach = reacher ? ifExists(target, reacher(graph, target)) : notFollowed(target);
  cache.set(target.id, reach);
  return reach;
}

function reachCache(_: ResourceGraph): Map<string, InternetReach> {
  return new Map();
}

/** Whether reachability knows the type at all. */
export function isFollowed(type: string): boolean {
  return Object.hasOwn(REACHERS, type);
}

function notFollowed(target: Resource): InternetReach {
  const what = text(
    `reachability does not follow ${target.type}`,
    `${target.type}の到達可能性は判定の対象外`,
  );
  return { answer: undecided(target.properties), paths: [], blockedBy: hop(target.id, what, target) };
}

function ifExists(target: Resource, reach: InternetReach): InternetReach {
  if (target.exists.is === 'yes') return reach;
  const paths = reach.paths.map((path) => ({ ...path, answer: all([target.exists, path.answer]) }));
  return { ...reach, answer: all([target.exists, reach.answer]), paths };
}

/** Several ways to ask about one target (IPv4 and IPv6); what blocks the first one is told. */
function either(ways: readonly InternetReach[]): InternetReach {
  const paths = ways.flatMap((way) => way.paths);
  const answer = any(ways.map((way) => way.answer));
  const blockedBy = ways.find((way) => way.blockedBy)?.blockedBy;
  return paths.length > 0 || !blockedBy ? { answer, paths } : { answer, paths, blockedBy };
}

function serverReach(graph: ResourceGraph, server: Resource): InternetReach {
  return either(
    ([4, 6] as const).map((version) => {
      const address = publicAddressOf(graph, server, version);
      return crossBorder(graph, server, {
        version,
        address: address.answer,
        addressHop: hop(server.id, address.because, address.at ?? server),
      });
    }),
  );
}

function serviceReach(graph: ResourceGraph, service: Resource): InternetReach {
  const setting = property(service, 'NetworkConfiguration', 'AwsvpcConfiguration', 'AssignPublicIp');
  const address = isOneOf(setting, ['ENABLED']);
  const what =
    address.is === 'no'
      ? text(`${service.name} has no public address`, `${service.name}にパブリックIPがない`)
      : text(`${service.name} sets AssignPublicIp`, `${service.name}がAssignPublicIpを指定している`);
  return crossBorder(graph, service, { version: 4, address, addressHop: hop(service.id, what, setting) });
}

function loadBalancerReach(graph: ResourceGraph, loadBalancer: Resource): InternetReach {
  const facing = isInternetFacing(loadBalancer);
  const scheme = property(loadBalancer, 'Scheme');
  const what =
    facing.is === 'no'
      ? text(`${loadBalancer.name} is internal`, `${loadBalancer.name}は内部向け`)
      : text(`${loadBalancer.name} is internet-facing`, `${loadBalancer.name}はインターネット向け`);
  const addressHop = hop(loadBalancer.id, what, scheme.kind === 'absent' ? loadBalancer : scheme);
  const listeners = listenersOf(graph, loadBalancer);
  if (listeners.length === 0 && facing.is !== 'no')
    return { answer: NO, paths: [], blockedBy: noListener(loadBalancer) };
  const ports = listeners.flatMap(({ port }) => port ?? []);
  const placement = placementOf(graph, loadBalancer);
  const groupsWritten = property(loadBalancer, 'SecurityGroups').kind !== 'absent' || placement.inDefaultVpc;
  return crossBorder(graph, loadBalancer, {
    ...(ports.length === listeners.length ? { ports: [...new Set(ports)] } : {}),
    version: 4,
    address: facing,
    addressHop,
    unfiltered: loadBalancerKind(loadBalancer) === 'network' && !groupsWritten,
  });
}

function noListener(loadBalancer: Resource): NetworkHop {
  const what = text(`${loadBalancer.name} has no listener`, `${loadBalancer.name}にリスナーがない`);
  return hop(loadBalancer.id, what, loadBalancer);
}

/** Endpoints that AWS itself puts on the internet. */
function alwaysPublic(_: ResourceGraph, target: Resource): InternetReach {
  const what = text(
    `${target.name} has an endpoint on the internet by its nature`,
    `${target.name}はインターネット上にエンドポイントを持つ`,
  );
  return { answer: YES, paths: [{ hops: [startHop(), hop(target.id, what, target)], answer: YES }] };
}

function functionReach(graph: ResourceGraph, target: Resource): InternetReach {
  const urls = graph.referrersOfType(target, 'AWS::Lambda::Url');
  const paths = urls.map((url) => {
    const kind = property(url, 'AuthType');
    const what = text(
      `${url.name} gives ${target.name} a URL (AuthType ${showValue(kind)})`,
      `${url.name}が${target.name}に関数URLを与えている(AuthType ${showValue(kind)})`,
    );
    const answer = all([url.exists, isOneOf(kind, ['NONE'])]);
    return { hops: [startHop(), hop(url.id, what, kind)], answer };
  });
  const open = paths.filter((path) => path.answer.is !== 'no');
  if (open.length > 0) return { answer: any(open.map((path) => path.answer)), paths: open };
  const what = text(
    `${target.name} has no URL that is open without credentials`,
    `${target.name}には認証なしで開ける関数URLがない`,
  );
  return { answer: NO, paths: [], blockedBy: hop(target.id, what, target) };
}

function restApiReach(graph: ResourceGraph, api: Resource): InternetReach {
  const types = property(api, 'EndpointConfiguration', 'Types');
  const isPrivate = types.kind === 'list' ? any(types.items.map((item) => isOneOf(item, ['PRIVATE']))) : NO;
  if (isPrivate.is === 'no') return alwaysPublic(graph, api);
  const what = text(`${api.name} is a private API`, `${api.name}はプライベートAPI`);
  const answer: Answer = isPrivate.is === 'yes' ? NO : undecided(types);
  const blockedBy = hop(api.id, what, types);
  if (answer.is === 'no') return { answer, paths: [], blockedBy };
  return { answer, paths: [{ hops: [startHop(), blockedBy], answer }] };
}

function clusterReach(_: ResourceGraph, cluster: Resource): InternetReach {
  const setting = property(cluster, 'ResourcesVpcConfig', 'EndpointPublicAccess');
  const cidrs = property(cluster, 'ResourcesVpcConfig', 'PublicAccessCidrs');
  const enabled = setting.kind === 'absent' ? YES : isOneOf(setting, ['true']);
  const everybody =
    cidrs.kind === 'list' ? any(cidrs.items.map((item) => isOneOf(item, ['0.0.0.0/0', '::/0']))) : YES;
  const answer = all([enabled, everybody]);
  const what = text(
    `the Kubernetes endpoint of ${cluster.name} is public`,
    `${cluster.name}のKubernetesエンドポイントは公開`,
  );
  const closed = text(
    `the Kubernetes endpoint of ${cluster.name} is not open to everybody`,
    `${cluster.name}のKubernetesエンドポイントは誰にでもは開いていない`,
  );
  if (answer.is === 'no') return { answer, paths: [], blockedBy: hop(cluster.id, closed, setting) };
  return { answer, paths: [{ hops: [startHop(), hop(cluster.id, what, setting)], answer, port: 443 }] };
}
