import { text } from '../../kernel/texts.ts';
import { all, isOneOf, not } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { absent, type Value } from '../../model/value.ts';
import { assetFor } from '../assets.ts';
import type { RiskContext } from '../context.ts';
import { topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';

/** An update of the stack replaces a database and deletes the old one. */
export const definition = riskRule({
  id: 'replace-stateful',
  number: 37,
  title: text('A stack update replaces the database', 'スタック更新によるデータベースの置き換え'),
  factor: 'human-error',
  find: (context) =>
    context.graph
      .ofType(...STATEFUL)
      .filter((store) => store.id.startsWith('cfn:') && assetFor(context.graph, store) === store)
      .flatMap((store) => candidateFor(context, store)),
});

const STATEFUL = [
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::DocDB::DBCluster',
  'AWS::Neptune::DBCluster',
  'AWS::Redshift::Cluster',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::EFS::FileSystem',
  'AWS::Cognito::UserPool',
];

const KEEPING = ['Retain', 'Snapshot', 'RetainExceptOnCreate'];

/**
 * `UpdateReplacePolicy` is Delete when it is left out (CloudFormation, "UpdateReplacePolicy attribute"),
 * whatever the deletion policy says.
 */
function candidateFor(context: RiskContext, store: Resource): readonly Candidate[] {
  const policy: Value = store.attributes.get('UpdateReplacePolicy') ?? absent(store.span);
  const lost = all([store.exists, not(isOneOf(policy, KEEPING))]);
  if (lost.is === 'no') return [];
  const guard = topologyGuard('backup', store.id, lost, { facet: 'replacement' });
  const what = text(
    `${store.name} has no UpdateReplacePolicy that keeps the old one`,
    `${store.name}に、旧リソースを残すUpdateReplacePolicyがない`,
  );
  return [
    {
      resources: [store.id],
      statement: {
        cause: text(
          `some properties of ${store.name} cannot be changed in place`,
          `${store.name}には、変更すると置き換えになるプロパティがある`,
        ),
        event: text(
          'an update of the stack makes a new one and deletes the old one',
          'スタック更新で新しいものが作られ、古いものが削除される',
        ),
        effect: text('the data is gone after a deployment', 'デプロイ後にデータが消えている'),
      },
      reaches: [store],
      threat: threat(2, text('one change of the template', 'テンプレートの変更一つで起こる')),
      paths: [factPath(store, policy.kind === 'absent' ? { what } : { what, at: policy }, [guard], lost)],
      seenBy: context.seenBy(['cloudtrail']),
    },
  ];
}
