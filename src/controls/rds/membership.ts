import { text } from '../../kernel/texts.ts';
import { isSet, not, YES } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import type { Condition } from '../property.ts';

/** Members of an Aurora or Multi-AZ cluster take these settings from the cluster, which has its own controls. */
export const OUTSIDE_A_CLUSTER: Condition = {
  holds: ({ type, properties }) =>
    type === 'AWS::RDS::DBInstance' ? not(isSet(get(properties, 'DBClusterIdentifier'))) : YES,
  otherwise: text(
    'the instance is a member of a cluster: the cluster decides',
    'クラスターのメンバーです(クラスター側の設定で決まります)',
  ),
};
