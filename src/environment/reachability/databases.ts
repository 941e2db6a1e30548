import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, isTrue, undecided } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { numberFrom, stringFrom } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { crossBorder, startHop } from './border.ts';
import { property, referred } from './lookup.ts';
import { placementOf } from './placement.ts';
import { arnOf, strangerMay } from './resource-policies.ts';
import { isPublicSubnet } from './routes.ts';
import { hop, type InternetReach } from './types.ts';

/** Types that hold data and listen on a port of their own. */
export const DATABASE_TYPES = [
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::DocDB::DBCluster',
  'AWS::Neptune::DBCluster',
  'AWS::Redshift::Cluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::CacheCluster',
  'AWS::OpenSearchService::Domain',
  'AWS::Elasticsearch::Domain',
] as const;

/** Default ports by the beginning of the engine's name ("Endpoint.Port" of each service). */
const ENGINE_PORTS: readonly (readonly [string, number])[] = [
  ['aurora-postgresql', 5432],
  ['postgres', 5432],
  ['aurora', 3306],
  ['mysql', 3306],
  ['mariadb', 3306],
  ['oracle', 1521],
  ['custom-oracle', 1521],
  ['sqlserver', 1433],
  ['custom-sqlserver', 1433],
  ['db2', 50_000],
  ['docdb', 27_017],
  ['neptune', 8182],
  ['memcached', 11_211],
  ['redis', 6379],
  ['valkey', 6379],
];

const TYPE_PORTS: Readonly<Record<string, number>> = {
  'AWS::DocDB::DBCluster': 27_017,
  'AWS::Neptune::DBCluster': 8182,
  'AWS::Redshift::Cluster': 5439,
  'AWS::ElastiCache::ReplicationGroup': 6379,
  'AWS::ElastiCache::CacheCluster': 11_211,
  'AWS::OpenSearchService::Domain': 443,
  'AWS::Elasticsearch::Domain': 443,
};

/** The port on which a database listens: as written, else its engine's default; undefined where undecided. */
export function databasePort(graph: ResourceGraph, database: Resource): number | undefined {
  const cluster = referred(graph, property(database, 'DBClusterIdentifier'), 'AWS::RDS::DBCluster');
  const port = property(database, 'Port');
  const written = numberFrom(port) ?? (cluster ? numberFrom(property(cluster, 'Port')) : undefined);
  if (written !== undefined) return written;
  if (port.kind !== 'absent') return undefined;
  const engine =
    stringFrom(property(database, 'Engine')) ?? stringFrom(property(cluster ?? database, 'Engine'));
  return ENGINE_PORTS.find(([name]) => engine?.startsWith(name))?.[1] ?? TYPE_PORTS[database.type];
}

/** Whether a database speaks SQL. */
export function speaksSql(database: Resource): boolean {
  if (database.type === 'AWS::Redshift::Cluster') return true;
  if (!database.type.startsWith('AWS::RDS::')) return false;
  return stringFrom(property(database, 'Engine'))?.startsWith('neptune') !== true;
}

/** Whether the internet reaches a database directly. */
export function databaseReach(graph: ResourceGraph, database: Resource): InternetReach {
  if (isPublicDomain(database)) return domainReach(graph, database);
  const port = databasePort(graph, database);
  const address = publiclyAccessible(graph, database);
  const value = property(database, 'PubliclyAccessible');
  const addressHop =
    address.is === 'no'
      ? hop(
          database.id,
          text(`${database.name} has no public address`, `${database.name}にパブリックIPがない`),
          value,
        )
      : hop(
          database.id,
          text(`${database.name} is publicly accessible`, `${database.name}はパブリックアクセス可能`),
          value,
        );
  return crossBorder(graph, database, {
    ...(port === undefined ? {} : { ports: [port] }),
    version: 4,
    address,
    addressHop,
  });
}

/** A search domain without `VPCOptions` has an endpoint on the internet; its access policy decides. */
function isPublicDomain(database: Resource): boolean {
  return database.type.endsWith('::Domain') && property(database, 'VPCOptions').kind === 'absent';
}

function domainReach(graph: ResourceGraph, domain: Resource): InternetReach {
  const policy = property(domain, 'AccessPolicies');
  const answer = strangerMay(policy, 'es:ESHttpGet', arnOf(domain, '/index'), graph);
  const open = text(
    `${domain.name} has an endpoint on the internet and its access policy admits strangers`,
    `${domain.name}のエンドポイントはインターネット上にあり、アクセスポリシーが誰にでも許可している`,
  );
  const closed = text(
    `the access policy of ${domain.name} admits no strangers`,
    `${domain.name}のアクセスポリシーが第三者を許可していない`,
  );
  if (answer.is === 'no') return { answer, paths: [], blockedBy: hop(domain.id, closed, policy) };
  return { answer, paths: [{ hops: [startHop(), hop(domain.id, open, policy)], answer, port: 443 }] };
}

/** Addresses belong to the instances of an Aurora cluster, not to the cluster. */
function isAuroraCluster(database: Resource): boolean {
  if (database.type !== 'AWS::RDS::DBCluster') return false;
  return stringFrom(property(database, 'Engine'))?.startsWith('aurora') === true;
}

/**
 * Whether a database gets a public address. Where `PubliclyAccessible` is omitted, RDS decides by the
 * network: without a subnet group by whether the default VPC has an internet gateway, else by whether the
 * subnets' VPC has one ("CreateDBInstance", PubliclyAccessible).
 */
function publiclyAccessible(graph: ResourceGraph, database: Resource): Answer {
  const value = property(database, 'PubliclyAccessible');
  if (value.kind !== 'absent') return isTrue(value);
  const cluster = referred(graph, property(database, 'DBClusterIdentifier'), 'AWS::RDS::DBCluster');
  if (cluster && property(cluster, 'PubliclyAccessible').kind !== 'absent') {
    return isTrue(property(cluster, 'PubliclyAccessible'));
  }
  if (!database.type.startsWith('AWS::RDS::') || isAuroraCluster(database)) return any([]);
  const placement = placementOf(graph, database);
  if (placement.inDefaultVpc) return undecided(value);
  const publicSubnets = placement.subnets.map(({ resource, sure }) =>
    all([sure, isPublicSubnet(graph, resource)]),
  );
  const open = placement.openSubnets.length > 0 ? [undecided(...placement.openSubnets)] : [];
  const reachable = any([...publicSubnets, ...open]);
  return reachable.is === 'yes' ? undecided(value) : reachable;
}
