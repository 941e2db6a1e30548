import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { noneOf } from '../questions.ts';

/** AWS Security Hub controls reference, Redshift.8. */
export const definition = propertyControl({
  id: 'Redshift.8',
  title: text(
    'The first user of a Redshift cluster has a name of its own',
    'Redshiftクラスターの管理ユーザー名が既定値でない',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Redshift::Cluster'],
  configRule: 'redshift-default-admin-check',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  property: ['MasterUsername'],
  good: noneOf('awsuser'),
  whenAbsent: { good: YES, means: text('taken from the snapshot', 'スナップショットから引き継ぎます') },
  remedy: {
    summary: text(
      'Give the first user a name of its own (replaces the cluster)',
      '管理ユーザーに独自の名前を付ける(クラスターは置換される)',
    ),
    needs: [text('a user name', 'ユーザー名')],
  },
});
