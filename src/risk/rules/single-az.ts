import { text } from '../../kernel/texts.ts';
import { all, isTrue, not } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';

/** The database stands in one availability zone. */
export const definition = riskRule({
  id: 'single-az',
  number: 34,
  title: text('Database in a single availability zone', '単一アベイラビリティーゾーンのデータベース'),
  factor: 'overload',
  find: (context) =>
    context.graph.ofType('AWS::RDS::DBInstance').flatMap((database) => candidateFor(context, database)),
});

function candidateFor(context: RiskContext, database: Resource): readonly Candidate[] {
  if (get(database.properties, 'DBClusterIdentifier').kind !== 'absent') return [];
  if (get(database.properties, 'SourceDBInstanceIdentifier').kind !== 'absent') return [];
  const setting = get(database.properties, 'MultiAZ');
  const single = all([database.exists, not(isTrue(setting))]);
  if (single.is === 'no') return [];
  const reported = context.guard('redundancy', database, 'block');
  const guards = reported.length > 0 ? reported : [topologyGuard('redundancy', database.id, single)];
  const what = text(
    `${database.name} has no standby in another zone`,
    `${database.name}に別ゾーンの待機系がない`,
  );
  return [
    {
      resources: [database.id],
      statement: {
        cause: text(
          `${database.name} stands in one availability zone`,
          `${database.name}が一つのアベイラビリティーゾーンにしかない`,
        ),
        event: text(
          'the zone or the machine fails, or maintenance takes it down',
          'ゾーンや機器の障害、メンテナンスで停止する',
        ),
        effect: text(
          'the service stands still until the database is restored',
          'データベースが復旧するまでサービスが止まる',
        ),
      },
      reaches: [database],
      threat: threat(2, text('a failure of one zone', '一つのゾーンの障害')),
      paths: [factPath(database, { what, at: setting }, guards, single)],
      seenBy: context.seenBy(['cloudwatch-alarms']),
      controls: ['RDS.5', 'RDS.15'],
    },
  ];
}
