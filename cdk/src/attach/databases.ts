import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { type Json, read, targetOf } from '../place.ts';

export const DATABASE_TYPES = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'] as const;

/** The cluster of a member, where the same stack declares it. */
export function clusterOf(database: CfnResource): CfnResource | undefined {
  const identifier = read(database, 'DBClusterIdentifier');
  if (database.cfnResourceType !== 'AWS::RDS::DBInstance' || identifier === undefined) return undefined;
  return targetOf(Stack.of(database), identifier, 'AWS::RDS::DBCluster');
}

/** Whether a database takes its data settings from somewhere else: a cluster or the database it copies. */
export function takesSettingsFromElsewhere(database: CfnResource): boolean {
  const isCluster = database.cfnResourceType === 'AWS::RDS::DBCluster';
  const sources = ['SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier', 'ReplicationSourceIdentifier'];
  return [...(isCluster ? [] : ['DBClusterIdentifier']), ...sources].some(
    (name) => read(database, name) !== undefined,
  );
}

/** The engine of a database, such as `mysql` or `aurora-postgresql`; undefined where it is decided at deployment. */
export function engineOf(database: CfnResource): string | undefined {
  const engine: Json = read(database, 'Engine');
  return typeof engine === 'string' ? engine : undefined;
}

/** Major and minor number of the engine's version. */
export function versionOf(database: CfnResource): readonly [number, number] | undefined {
  const match = /^(\d+)(?:\.(\d+))?/.exec(String(read(database, 'EngineVersion') ?? ''));
  return match ? [Number(match[1]), Number(match[2] ?? 0)] : undefined;
}

/** The parameter group family of an engine version (Amazon RDS user guide, "DB parameter groups"). */
export function parameterFamily(database: CfnResource): string | undefined {
  const engine = engineOf(database);
  const version = versionOf(database);
  if (!engine || !version) return undefined;
  const [major, minor] = version;
  if (engine === 'postgres' || engine === 'aurora-postgresql') return `${engine}${major}`;
  if (engine === 'mysql' || engine === 'mariadb' || engine === 'aurora-mysql')
    return `${engine}${major}.${minor}`;
  return undefined;
}
