import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { clusterOf, engineFamily, engineVersion, isResource } from '../databases.ts';
import { addResource, logicalId, ref, setProperty } from '../edits.ts';
import { property } from '../values.ts';
import { tlsParameter } from './databases.ts';

/** Sets the parameter that refuses unencrypted connections, in the database's group or a new one. */
export function databaseRemedy(graph: ResourceGraph, place: Resource): Remedy {
  const cluster = clusterOf(graph, place);
  const database = cluster && isResource(cluster) ? cluster : place;
  const isCluster = database.type === 'AWS::RDS::DBCluster';
  const parameter = tlsParameter(database) ?? 'require_secure_transport';
  const summary = text(
    'Refuse unencrypted connections to the database.',
    'データベースへの暗号化されていない接続を拒否します。',
  );
  const needs = [
    text(
      'an application that connects with TLS (test it first)',
      'TLSで接続するアプリケーション(事前に確認してください)',
    ),
  ];
  const nameProperty = isCluster ? 'DBClusterParameterGroupName' : 'DBParameterGroupName';
  const group = graph.target(property(database, nameProperty));
  if (group?.type.endsWith('ParameterGroup')) {
    return { summary, needs, edits: [setParameter(group, parameter)] };
  }
  const name = logicalId(database, 'Parameters');
  const family = parameterFamily(database);
  return {
    summary,
    needs,
    edits: [
      addResource(name, isCluster ? 'AWS::RDS::DBClusterParameterGroup' : 'AWS::RDS::DBParameterGroup', {
        Description: 'Connections need TLS',
        Family: family ?? ref('DatabaseParameterFamily'),
        Parameters: { [parameter]: '1' },
      }),
      setProperty(database, nameProperty, ref(name)),
    ],
  };
}

/** Parameter names contain dots, so the path is given as a list. */
function setParameter(group: Resource, parameter: string): Edit {
  return { kind: 'set-property', resource: group.id, path: ['Parameters', parameter], value: '1' };
}

/** The parameter group family of an engine version (Amazon RDS user guide, "DB parameter groups"). */
function parameterFamily(database: Resource): string | undefined {
  const version = engineVersion(database);
  if (!version) return undefined;
  const [major, minor] = version;
  switch (engineFamily(database)) {
    case 'mysql':
      return `mysql${major}.${minor}`;
    case 'mariadb':
      return `mariadb${major}.${minor}`;
    case 'postgres':
      return `postgres${major}`;
    case 'aurora-postgresql':
      return `aurora-postgresql${major}`;
    case 'aurora-mysql':
      return `aurora-mysql${major}.${minor}`;
    default:
      return undefined;
  }
}
