import { text } from '../../kernel/texts.ts';
import { type Answer, all } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { isAdministrator } from '../administrators.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { anyResource, holderMay, permissionsOf } from '../roles.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { threat } from '../threat.ts';

/** Permissions that together make an administrator out of anybody who holds them. */
const ESCALATIONS: readonly {
  readonly name: string;
  readonly actions: readonly (readonly [string, string])[];
}[] = [
  { name: 'iam:PutRolePolicy', actions: [['iam:PutRolePolicy', 'iam:']] },
  { name: 'iam:AttachRolePolicy', actions: [['iam:AttachRolePolicy', 'iam:']] },
  { name: 'iam:PutUserPolicy', actions: [['iam:PutUserPolicy', 'iam:']] },
  { name: 'iam:AttachUserPolicy', actions: [['iam:AttachUserPolicy', 'iam:']] },
  { name: 'iam:CreatePolicyVersion', actions: [['iam:CreatePolicyVersion', 'iam:']] },
  { name: 'iam:UpdateAssumeRolePolicy', actions: [['iam:UpdateAssumeRolePolicy', 'iam:']] },
  { name: 'iam:CreateAccessKey', actions: [['iam:CreateAccessKey', 'iam:']] },
  { name: 'iam:CreateLoginProfile', actions: [['iam:CreateLoginProfile', 'iam:']] },
  {
    name: 'iam:PassRole + ec2:RunInstances',
    actions: [
      ['iam:PassRole', 'iam:'],
      ['ec2:RunInstances', 'ec2:'],
    ],
  },
  {
    name: 'iam:PassRole + lambda:CreateFunction',
    actions: [
      ['iam:PassRole', 'iam:'],
      ['lambda:CreateFunction', 'lambda:'],
    ],
  },
  {
    name: 'iam:PassRole + cloudformation:CreateStack',
    actions: [
      ['iam:PassRole', 'iam:'],
      ['cloudformation:CreateStack', 'cloudformation:'],
    ],
  },
  {
    name: 'iam:PassRole + ecs:RunTask',
    actions: [
      ['iam:PassRole', 'iam:'],
      ['ecs:RunTask', 'ecs:'],
    ],
  },
];

/** A role or user may give itself more permissions. */
export const definition = riskRule({
  id: 'privesc',
  number: 16,
  title: text('Permissions that lead to administrator', '管理者への権限昇格'),
  factor: 'credential-leak',
  find: (context) =>
    context.graph
      .ofType('AWS::IAM::Role', 'AWS::IAM::User')
      .flatMap((holder) => candidateFor(context, holder)),
});

function candidateFor(context: RiskContext, holder: Resource): readonly Candidate[] {
  const { graph } = context;
  const permissions = permissionsOf(graph, holder);
  if (permissions.policies.length === 0 || isAdministrator(graph, holder).is === 'yes') return [];
  const ways = ESCALATIONS.filter((way) => mayAll(context, holder, way.actions).is === 'yes');
  if (ways.length === 0) return [];
  const answer = holder.exists;
  const names = ways
    .map((way) => way.name)
    .slice(0, 4)
    .join(', ');
  const raises = at(
    holder,
    text(`${holder.name} may ${names}`, `${holder.name}に${names}が許可されている`),
    permissions.at,
  );
  return [
    {
      resources: [holder.id],
      statement: {
        cause: text(
          `${holder.name} may change permissions or hand roles to new machines`,
          `${holder.name}が権限の変更や、新しいリソースへのロールの付与を行える`,
        ),
        event: text(
          'whoever has its credentials makes himself an administrator',
          'その認証情報を得た者が、自らを管理者に昇格させる',
        ),
        effect: text('the whole account is lost', 'アカウント全体が奪われる'),
      },
      reaches: [graph.account],
      threat: threat(2),
      paths: [
        attackPath(
          [raises],
          [topologyGuard('iam-least-privilege', holder.id, answer, { facet: 'permissions' })],
          answer,
        ),
      ],
      seenBy: context.seenBy(['guardduty', 'cloudtrail', 'access-analyzer']),
      controls: ['IAM.1', 'IAM.21', 'IAM.1002'],
    },
  ];
}

function mayAll(
  context: RiskContext,
  holder: Resource,
  actions: readonly (readonly [string, string])[],
): Answer {
  return all(
    actions.map(([action, service]) => holderMay(context.graph, holder, action, anyResource(service))),
  );
}
