import { text } from '../../kernel/texts.ts';
import { isOneOf, NO } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';
import { demandsTls } from './transit.ts';

/** AWS Security Hub controls reference, RDS.38. */
export const definition = propertyControl({
  id: 'RDS.38',
  title: text(
    'PostgreSQL instances refuse plain connections',
    'PostgreSQLインスタンスが平文の接続を拒否する',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-postgres-instance-encrypted-in-transit',
  mappings: {},
  property: ['DBParameterGroupName'],
  label: 'rds.force_ssl',
  read: (instance, graph) => demandsTls(instance, graph, 'rds.force_ssl'),
  good: oneOf('1', 'ON', 'true'),
  onlyIf: {
    holds: (resource) => isOneOf(get(resource.properties, 'Engine'), ['postgres'], NO),
    otherwise: text('the engine is not PostgreSQL', 'エンジンがPostgreSQLではありません'),
  },
  remedy: {
    summary: text(
      'Set rds.force_ssl to 1 in a parameter group of its own, after the application connects by TLS',
      'アプリケーションがTLSで接続できることを確かめ、専用のパラメータグループで rds.force_ssl を1にする',
    ),
    needs: [text('an AWS::RDS::DBParameterGroup', 'AWS::RDS::DBParameterGroup')],
  },
});
