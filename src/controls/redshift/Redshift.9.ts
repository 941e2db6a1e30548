import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { noneOf } from '../questions.ts';

/** AWS Security Hub controls reference, Redshift.9. */
export const definition = propertyControl({
  id: 'Redshift.9',
  title: text(
    'The database of a Redshift cluster has a name of its own',
    'Redshiftクラスターのデータベース名が既定値でない',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Redshift::Cluster'],
  configRule: 'redshift-default-db-name-check',
  mappings: {},
  property: ['DBName'],
  good: noneOf('dev'),
  whenAbsent: { good: NO, means: text('dev by default', '既定は dev') },
  remedy: {
    summary: text(
      'Give the database a name of its own (replaces the cluster)',
      'データベースに独自の名前を付ける(クラスターは置換される)',
    ),
    needs: [text('a database name', 'データベース名')],
  },
});
