import { CfnDBClusterParameterGroup, CfnDBParameterGroup } from 'aws-cdk-lib/aws-rds';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { set } from '../change.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { read, targetOf } from '../place.ts';
import { engineOf, parameterFamily, takesSettingsFromElsewhere } from './databases.ts';

/** The parameter by which each engine refuses unencrypted connections. */
const PARAMETER: Readonly<Record<string, string>> = {
  mysql: 'require_secure_transport',
  mariadb: 'require_secure_transport',
  'aurora-mysql': 'require_secure_transport',
  postgres: 'rds.force_ssl',
  'aurora-postgresql': 'rds.force_ssl',
};

/** Makes a database refuse unencrypted connections, in its parameter group or one of its own. */
export function databaseTls(scope: Construct, database: CfnResource): Done {
  if (takesSettingsFromElsewhere(database)) return alreadyOn('as its cluster or source says');
  const parameter = PARAMETER[engineOf(database) ?? ''];
  if (!parameter) return notAttached('this engine has no parameter that forces TLS');
  const isCluster = database.cfnResourceType === 'AWS::RDS::DBCluster';
  const property = isCluster ? 'DBClusterParameterGroupName' : 'DBParameterGroupName';
  const name = read(database, property);
  const group = targetOf(
    Stack.of(database),
    name,
    'AWS::RDS::DBParameterGroup',
    'AWS::RDS::DBClusterParameterGroup',
  );
  if (group) return inGroup(group, parameter);
  if (name !== undefined && !String(name).startsWith('default.')) {
    return notAttached(`its parameter group is not of this stack: set ${parameter} there`);
  }
  const family = parameterFamily(database);
  if (!family) return notAttached('its engine version is decided at deployment: name a parameter group');
  const props = { description: 'Connections need TLS', family, parameters: { [parameter]: '1' } };
  const made = isCluster
    ? new CfnDBClusterParameterGroup(scope, 'Parameters', props)
    : new CfnDBParameterGroup(scope, 'Parameters', props);
  set(database, property, made.ref);
  return attached(`${parameter} refuses unencrypted connections`);
}

/** Parameter names hold dots, which a path would split: they are escaped. */
function inGroup(group: CfnResource, parameter: string): Done {
  const value = String(read(group, 'Parameters', parameter) ?? '').toLowerCase();
  if (['1', 'on', 'true'].includes(value)) return alreadyOn(`${parameter} is on`);
  set(group, `Parameters.${parameter.replaceAll('.', '\\.')}`, '1');
  return attached(`${parameter} refuses unencrypted connections`);
}
