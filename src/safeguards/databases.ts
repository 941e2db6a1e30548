import type { ResourceGraph } from '../environment/graph.ts';
import type { Resource } from '../model/resource.ts';
import { stringFrom, type Value } from '../model/value.ts';
import { property } from './values.ts';

export const DATABASE_TYPES = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'] as const;

/**
 * What a member of a cluster takes from its cluster (encryption, credentials, parameters, backups): the
 * cluster when it was read, the reference when it was not, nothing for an instance of its own.
 */
export function clusterOf(graph: ResourceGraph, database: Resource): Resource | Value | undefined {
  const identifier = property(database, 'DBClusterIdentifier');
  if (database.type !== 'AWS::RDS::DBInstance' || identifier.kind === 'absent') return undefined;
  const cluster = graph.target(identifier);
  return cluster?.type === 'AWS::RDS::DBCluster' ? cluster : identifier;
}

/** Whether what `clusterOf` gave is a resource that was read. */
export function isResource(cluster: Resource | Value): cluster is Resource {
  return 'properties' in cluster;
}

/** The family of engine that decides defaults, or undefined where the engine is not known. */
export type EngineFamily =
  | 'mysql'
  | 'mariadb'
  | 'postgres'
  | 'sqlserver'
  | 'aurora-mysql'
  | 'aurora-postgresql'
  | 'other';

export function engineFamily(database: Resource): EngineFamily | undefined {
  const engine = stringFrom(property(database, 'Engine'));
  if (engine === undefined) return undefined;
  if (engine.startsWith('sqlserver')) return 'sqlserver';
  if (engine === 'aurora') return 'aurora-mysql';
  const families: readonly string[] = ['mysql', 'mariadb', 'postgres', 'aurora-mysql', 'aurora-postgresql'];
  return families.includes(engine) ? (engine as EngineFamily) : 'other';
}

/** The major and minor number of the engine's version, such as [8, 4], or undefined. */
export function engineVersion(database: Resource): readonly [number, number] | undefined {
  const match = /^(\d+)(?:\.(\d+))?/.exec(stringFrom(property(database, 'EngineVersion')) ?? '');
  return match ? [Number(match[1]), Number(match[2] ?? 0)] : undefined;
}

/** Whether an instance is a copy of another database and takes its data settings from there. */
export function isReplica(database: Resource): boolean {
  return ['SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier', 'ReplicationSourceIdentifier'].some(
    (name) => property(database, name).kind !== 'absent',
  );
}

/** The snapshot or recovery point that a database is restored from, if it says one. */
export function restoredFrom(database: Resource): Value | undefined {
  return [
    'DBSnapshotIdentifier',
    'DBClusterSnapshotIdentifier',
    'SnapshotIdentifier',
    'SourceDBInstanceAutomatedBackupsArn',
    'SourceDbiResourceId',
    'SourceDBClusterIdentifier',
    'SourceDBInstanceIdentifier',
    'ReplicationSourceIdentifier',
  ]
    .map((name) => property(database, name))
    .find((value) => value.kind !== 'absent');
}
