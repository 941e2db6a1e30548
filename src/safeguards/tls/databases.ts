import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, ask, NO, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, stringFrom, type Value } from '../../model/value.ts';
import { clusterOf, engineFamily, engineVersion, isResource } from '../databases.ts';
import { ifExists, notApplicable, presenceOf, rollUp, unsure } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property } from '../values.ts';
import { FACETS } from './facets.ts';

/** The parameter by which each engine refuses unencrypted connections. */
const PARAMETER: Readonly<Record<string, string>> = {
  mysql: 'require_secure_transport',
  mariadb: 'require_secure_transport',
  'aurora-mysql': 'require_secure_transport',
  postgres: 'rds.force_ssl',
  'aurora-postgresql': 'rds.force_ssl',
  sqlserver: 'rds.force_ssl',
};

/** The parameter that forces TLS for a database, or undefined for engines without one. */
export function tlsParameter(database: Resource): string | undefined {
  return PARAMETER[engineFamily(database) ?? ''];
}

/**
 * Whether a database refuses unencrypted connections. Sources: Amazon RDS user guide, "Requiring SSL/TLS
 * for all connections to a MySQL DB instance" (off by default up to 8.4, on from 9.7), the same for
 * MariaDB (on from 11.8) and "Requiring an SSL connection to a PostgreSQL DB instance" (on from 15).
 */
export function atDatabase(graph: ResourceGraph, database: Resource): Presence | undefined {
  const cluster = clusterOf(graph, database);
  if (cluster && isResource(cluster)) return atDatabase(graph, cluster);
  if (cluster)
    return unsure(
      text('the cluster is not among what was read', 'クラスターが読み取り対象に含まれていません'),
      [cluster],
    );
  const parameter = tlsParameter(database);
  if (!parameter) {
    return notApplicable(
      text(
        'this engine has no parameter that forces TLS',
        'このエンジンにはTLSを必須にするパラメータがありません',
      ),
    );
  }
  const { forced, at } = forcedBy(graph, database, parameter);
  return rollUp([
    {
      facet: FACETS.database,
      presence: presenceOf(
        forced,
        {
          on: text(
            `${parameter} refuses unencrypted connections`,
            `${parameter}により暗号化されていない接続を拒否します`,
          ),
          off: text(
            `${parameter} is off: unencrypted connections are accepted`,
            `${parameter}がオフで、暗号化されていない接続も受け入れます`,
          ),
          unknown: text(
            `whether ${parameter} is on is not decided`,
            `${parameter}がオンかどうかが未確定です`,
          ),
        },
        at,
      ),
    },
  ]);
}

function forcedBy(
  graph: ResourceGraph,
  database: Resource,
  parameter: string,
): { readonly forced: Answer; readonly at: Value } {
  const name = groupName(database);
  if (name.kind === 'absent' || (stringFrom(name) ?? '').startsWith('default.')) {
    return { forced: byDefault(database), at: name };
  }
  const group = graph.target(name);
  if (!group?.type.endsWith('ParameterGroup')) return { forced: undecided(name), at: name };
  const value = get(property(group, 'Parameters'), parameter);
  if (value.kind === 'absent')
    return { forced: ifExists(group, byDefault(database)), at: property(group, 'Parameters') };
  const set = ask(value, (each) => ['1', 'on', 'true'].includes((stringFrom(each) ?? '').toLowerCase()));
  return { forced: ifExists(group, set), at: value };
}

function groupName(database: Resource): Value {
  return property(
    database,
    database.type === 'AWS::RDS::DBCluster' ? 'DBClusterParameterGroupName' : 'DBParameterGroupName',
  );
}

function byDefault(database: Resource): Answer {
  const version = engineVersion(database);
  const from = (major: number, minor: number, lastOff: readonly [number, number]): Answer => {
    if (!version) return undecided(property(database, 'EngineVersion'));
    if (atLeast(version, [major, minor])) return YES;
    return atLeast(lastOff, version) ? NO : undecided(property(database, 'EngineVersion'));
  };
  switch (engineFamily(database)) {
    case 'mysql':
      return from(9, 7, [8, 4]);
    case 'mariadb':
      return from(11, 8, [11, 4]);
    case 'postgres':
      return from(15, 0, [14, 999]);
    case 'aurora-postgresql':
      return version && version[0] >= 17 ? undecided(property(database, 'EngineVersion')) : NO;
    default:
      return NO;
  }
}

function atLeast(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] > b[0] || (a[0] === b[0] && a[1] >= b[1]);
}
