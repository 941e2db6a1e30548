import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { assetFor } from '../assets.ts';
import type { RiskContext } from '../context.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';

/** An unencrypted snapshot can be shared with anybody by one wrong click. */
export const definition = riskRule({
  id: 'snapshot-leak',
  number: 27,
  title: text('Snapshot or storage medium leaks', 'スナップショットや記憶媒体からの流出'),
  factor: 'credential-leak',
  find: (context) =>
    context.graph
      .ofType(...SNAPSHOT_TYPES)
      .filter((store) => assetFor(context.graph, store) === store)
      .flatMap((store) => candidateFor(context, store)),
});

const SNAPSHOT_TYPES = [
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::DocDB::DBCluster',
  'AWS::Neptune::DBCluster',
  'AWS::Redshift::Cluster',
  'AWS::EC2::Volume',
];

function candidateFor(context: RiskContext, store: Resource): readonly Candidate[] {
  const guards = context.guard('encryption-at-rest', store, 'block');
  if (guards.length === 0) return [];
  const what = text(
    `a snapshot of ${store.name} is shared or copied`,
    `${store.name}のスナップショットが共有・コピーされる`,
  );
  return [
    {
      resources: [store.id],
      statement: {
        cause: text(
          `${store.name} and its snapshots lie on disk as they are stored`,
          `${store.name}とそのスナップショットがディスク上に保存されている`,
        ),
        event: text(
          'a snapshot is made public or shared with the wrong account',
          'スナップショットが誤って公開される、または別のアカウントに共有される',
        ),
        effect: text(
          'without encryption the receiver reads everything',
          '暗号化がなければ、受け取った者がすべてを読める',
        ),
      },
      reaches: [store],
      threat: threat(2),
      paths: [factPath(store, { what }, guards, store.exists)],
      seenBy: context.seenBy(['cloudtrail', 'config', 'security-hub']),
      controls: ['RDS.3', 'RDS.27', 'EC2.3', 'EC2.7', 'Redshift.10', 'DocumentDB.1', 'Neptune.1'],
    },
  ];
}
