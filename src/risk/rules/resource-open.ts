import { arnOf, outsiderMay } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, ask, isSet, NO, not } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';

/** The policy of a secret, queue, topic, function or repository admits every AWS account. */
export const definition = riskRule({
  id: 'resource-open',
  number: 28,
  title: text('Resource policy open to every AWS account', 'すべてのAWSアカウントに開かれたリソースポリシー'),
  factor: 'credential-leak',
  find: (context) =>
    onePerSubject([
      ...POLICIES.flatMap((row) =>
        context.graph.ofType(row.type).flatMap((holder) => fromPolicy(context, row, holder)),
      ),
      ...context.graph
        .ofType('AWS::Lambda::Permission')
        .flatMap((permission) => fromPermission(context, permission)),
    ]),
});

/** A policy that opens several actions of one resource is one risk, told with the first. */
function onePerSubject(candidates: readonly Candidate[]): readonly Candidate[] {
  return [
    ...new Map(candidates.toReversed().map((each) => [each.resources.join(' '), each])).values(),
  ].toReversed();
}

interface PolicyRow {
  /** The type whose property holds the policy. */
  readonly type: string;
  readonly policy: string;
  /** The property that names the resources, for policies declared apart. */
  readonly subject?: string;
  readonly action: string;
}

const POLICIES: readonly PolicyRow[] = [
  {
    type: 'AWS::SecretsManager::ResourcePolicy',
    policy: 'ResourcePolicy',
    subject: 'SecretId',
    action: 'secretsmanager:GetSecretValue',
  },
  {
    type: 'AWS::SQS::QueuePolicy',
    policy: 'PolicyDocument',
    subject: 'Queues',
    action: 'sqs:ReceiveMessage',
  },
  { type: 'AWS::SQS::QueuePolicy', policy: 'PolicyDocument', subject: 'Queues', action: 'sqs:SendMessage' },
  { type: 'AWS::SNS::TopicPolicy', policy: 'PolicyDocument', subject: 'Topics', action: 'sns:Subscribe' },
  { type: 'AWS::SNS::TopicPolicy', policy: 'PolicyDocument', subject: 'Topics', action: 'sns:Publish' },
  { type: 'AWS::ECR::Repository', policy: 'RepositoryPolicyText', action: 'ecr:BatchGetImage' },
];

function fromPolicy(context: RiskContext, row: PolicyRow, holder: Resource): readonly Candidate[] {
  const { graph } = context;
  const policy = get(holder.properties, row.policy);
  const subjects = row.subject
    ? itemsOf(get(holder.properties, row.subject)).flatMap((value) => graph.target(value) ?? [])
    : [holder];
  const known = subjects.filter((subject) => !subject.external);
  return (known.length > 0 ? known : [holder]).flatMap((subject) => {
    const answer = all([holder.exists, outsiderMay(policy, row.action, arnOf(subject), graph)]);
    return answer.is === 'no' ? [] : [candidate(context, subject, row.action, policy, answer)];
  });
}

/** `Principal: *` without an account or organisation lets everybody invoke the function. */
function fromPermission(context: RiskContext, permission: Resource): readonly Candidate[] {
  const principal = get(permission.properties, 'Principal');
  const narrowed = ['SourceAccount', 'SourceArn', 'PrincipalOrgID', 'FunctionUrlAuthType'].map((name) =>
    not(isSet(get(permission.properties, name))),
  );
  const answer = all([
    permission.exists,
    ask(principal, (value) => stringFrom(value) === '*', NO),
    ...narrowed,
  ]);
  const target = context.graph.target(get(permission.properties, 'FunctionName'));
  if (answer.is === 'no' || !target || target.external) return [];
  return [candidate(context, target, 'lambda:InvokeFunction', principal, answer)];
}

function candidate(
  context: RiskContext,
  subject: Resource,
  action: string,
  policy: Value,
  answer: Answer,
): Candidate {
  const guard = topologyGuard('iam-least-privilege', subject.id, answer);
  const what = text(
    `its policy lets every AWS account do ${action}`,
    `ポリシーがすべてのAWSアカウントに${action}を許可している`,
  );
  return {
    resources: [subject.id],
    statement: {
      cause: text(
        `the policy of ${subject.name} names everybody`,
        `${subject.name}のポリシーが全員を許可している`,
      ),
      event: text(
        `anybody with an AWS account does ${action}`,
        `AWSアカウントを持つ誰かが${action}を実行する`,
      ),
      effect: text(
        'content is disclosed, or foreign messages and calls are taken for own ones',
        '内容が流出する、または外部からのメッセージや呼び出しが正規のものとして扱われる',
      ),
    },
    reaches: [subject],
    threat: threat(3, text('an AWS account is free', 'AWSアカウントは誰でも作れる')),
    paths: [factPath(subject, { what, at: policy }, [guard], answer)],
    seenBy: context.seenBy(['access-analyzer', 'cloudtrail']),
    controls: ['SQS.3', 'SNS.4', 'Lambda.1', 'ECR.1002'],
    avoid: {
      guards: [guard],
      reason: text(
        'name your own account or organisation as the principal',
        'プリンシパルを自アカウントまたは自組織に限定すれば、リスク自体がなくなる',
      ),
    },
  };
}
