import { text } from '../../kernel/texts.ts';
import { isOneOf, NO } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';
import { demandsTls } from './transit.ts';

/** AWS Security Hub controls reference, RDS.39. */
export const definition = propertyControl({
  id: 'RDS.39',
  title: text('MySQL instances refuse plain connections', 'MySQLインスタンスが平文の接続を拒否する'),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-mysql-instance-encrypted-in-transit',
  mappings: {},
  property: ['DBParameterGroupName'],
  label: 'require_secure_transport',
  read: (instance, graph) => demandsTls(instance, graph, 'require_secure_transport'),
  good: oneOf('1', 'ON', 'true'),
  whenAbsent: { good: NO, means: text('plain connections are taken', '平文の接続も受け付けます') },
  onlyIf: {
    holds: (resource) => isOneOf(get(resource.properties, 'Engine'), ['mysql'], NO),
    otherwise: text('the engine is not MySQL', 'エンジンがMySQLではありません'),
  },
  remedy: {
    summary: text(
      'Set require_secure_transport to 1 in a parameter group of its own, after the application connects by TLS',
      'アプリケーションがTLSで接続できることを確かめ、専用のパラメータグループで require_secure_transport を1にする',
    ),
    needs: [text('an AWS::RDS::DBParameterGroup', 'AWS::RDS::DBParameterGroup')],
  },
});
