import { text } from '../../kernel/texts.ts';
import { type Answer, all, isNumber, isTrue, NO, not } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import type { Guard } from '../../model/risk.ts';
import { get } from '../../model/value.ts';
import { assetFor } from '../assets.ts';
import type { RiskContext } from '../context.ts';
import { topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';

/** A database cannot be restored, or is deleted by one command. */
export const definition = riskRule({
  id: 'no-restore',
  number: 35,
  title: text('Database lost by a mistake', '操作ミスによるデータベースの喪失'),
  factor: 'human-error',
  find: (context) =>
    context.graph
      .ofType(
        'AWS::RDS::DBInstance',
        'AWS::RDS::DBCluster',
        'AWS::DocDB::DBCluster',
        'AWS::Neptune::DBCluster',
      )
      .filter((database) => assetFor(context.graph, database) === database)
      .flatMap((database) => candidateFor(context, database)),
});

function candidateFor(context: RiskContext, database: Resource): readonly Candidate[] {
  const retention = get(database.properties, 'BackupRetentionPeriod');
  const protection = get(database.properties, 'DeletionProtection');
  const noBackup = all([database.exists, isNumber(retention, (days) => days <= 0, NO)]);
  const unprotected = all([database.exists, not(isTrue(protection))]);
  const faults = [
    {
      answer: noBackup,
      facet: 'retention',
      what: text(`automatic backups of ${database.name} are off`, `${database.name}の自動バックアップが無効`),
      at: retention,
    },
    {
      answer: unprotected,
      facet: 'deletion',
      what: text(`${database.name} has no deletion protection`, `${database.name}に削除保護がない`),
      at: protection,
    },
  ].filter((fault) => fault.answer.is !== 'no');
  if (faults.length === 0) return [];
  const paths = faults.map((fault) =>
    factPath(database, fault, guardsOf(context, database, fault.facet, fault.answer), fault.answer),
  );
  return [
    {
      resources: [database.id],
      statement: {
        cause: text(
          `${database.name} lacks ${noBackup.is === 'yes' ? 'backups' : 'deletion protection'}`,
          `${database.name}に${noBackup.is === 'yes' ? 'バックアップ' : '削除保護'}がない`,
        ),
        event: text(
          'somebody deletes it, a migration goes wrong, or ransomware overwrites it',
          '誤って削除される、移行に失敗する、ランサムウェアに書き換えられる',
        ),
        effect: text('the data cannot be brought back', 'データを元に戻せない'),
      },
      reaches: [database],
      threat: threat(2, text('one mistake', '一度の操作ミス')),
      paths,
      seenBy: context.seenBy(['cloudtrail', 'config']),
      controls: ['RDS.7', 'RDS.8', 'RDS.11', 'RDS.1001', 'DocumentDB.2', 'DocumentDB.5', 'Neptune.4'],
    },
  ];
}

function guardsOf(context: RiskContext, database: Resource, facet: string, answer: Answer): readonly Guard[] {
  const reported = context.guard('backup', database, 'block', facet);
  return reported.length > 0 ? reported : [topologyGuard('backup', database.id, answer, { facet })];
}
