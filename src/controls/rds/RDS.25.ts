import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { noneOf } from '../questions.ts';

/** AWS Security Hub controls reference, RDS.25. */
export const definition = propertyControl({
  id: 'RDS.25',
  title: text(
    'The first user of a database instance has a name of its own',
    'データベースインスタンスの管理ユーザー名が既定値でない',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-instance-default-admin-check',
  mappings: { 'pci-dss-3.2.1': ['2.1', '2.1.b', '2.2', '2.2.a', '2.2.d'] },
  property: ['MasterUsername'],
  good: noneOf('admin', 'postgres'),
  whenAbsent: {
    good: YES,
    means: text(
      'taken from the snapshot or the source instance',
      'スナップショットまたは複製元から引き継ぎます',
    ),
  },
  remedy: {
    summary: text(
      'Give the first user a name that cannot be guessed (replaces the instance)',
      '管理ユーザーに推測されにくい名前を付ける(インスタンスは置換される)',
    ),
    needs: [text('a user name', 'ユーザー名')],
  },
});
