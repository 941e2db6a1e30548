import { text } from '../../kernel/texts.ts';
import { undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { isAdministrator } from '../administrators.ts';
import type { RiskContext } from '../context.ts';
import { at, attackPath, topologyGuard } from '../paths.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { bucketsFor } from '../stores.ts';
import { threat } from '../threat.ts';
import { conditionOn, principalsOf, type TrustStatement, trustOf } from '../trust.ts';

/** Another company's account may assume a role without an external id (confused deputy). */
export const definition = riskRule({
  id: 'no-external-id',
  number: 19,
  title: text(
    'A foreign account assumes a role without an external id',
    '外部IDなしで他社アカウントに委ねたロール',
  ),
  factor: 'credential-leak',
  find: (context) => context.graph.ofType('AWS::IAM::Role').flatMap((role) => candidateFor(context, role)),
});

/** Conditions that say who may come at all. */
const NARROWING = [
  'sts:ExternalId',
  'aws:PrincipalOrgID',
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:SourceAccount',
];

function candidateFor(context: RiskContext, role: Resource): readonly Candidate[] {
  const { graph } = context;
  const [open] = trustOf(graph, role).flatMap((trust) => foreignTrust(trust));
  if (!open) return [];
  const answer = open.trust.sure ? YES : undecided(open.trust.policy);
  const guard = topologyGuard('iam-least-privilege', role.id, answer, { facet: 'trust' });
  const everybody = open.who === '*';
  const assumes = at(
    role,
    text(`${role.name} trusts ${open.who}`, `${role.name}が${open.who}を信頼している`),
    open.trust.policy,
  );
  const buckets = bucketsFor(graph, role, 's3:GetObject');
  const administrator = isAdministrator(graph, role).is !== 'no';
  return [
    {
      resources: [role.id],
      statement: {
        cause: text(
          `${role.name} trusts ${everybody ? 'every AWS account' : 'another account'} without asking for an external id`,
          `${role.name}が、外部IDを求めずに${everybody ? 'すべてのAWSアカウント' : '他のアカウント'}を信頼している`,
        ),
        event: text(
          everybody
            ? 'anybody with an AWS account assumes it'
            : 'another customer of that company makes its service assume this role (confused deputy)',
          everybody
            ? 'AWSアカウントを持つ誰もがロールを引き受ける'
            : 'その会社の別の顧客が、サービスにこのロールを引き受けさせる(混乱した代理)',
        ),
        effect: text('a stranger acts with the role\u2019s permissions', '第三者がロールの権限で操作する'),
      },
      reaches: administrator || buckets.length === 0 ? [graph.account] : buckets,
      threat: everybody ? threat(3) : threat(2),
      paths: [attackPath([assumes], [guard], answer)],
      seenBy: context.seenBy(['cloudtrail', 'access-analyzer']),
      avoid: {
        guards: [guard],
        reason: text(
          'ask for an external id that the other company gave you alone, or for your organisation',
          '自社専用に発行された外部ID、または自組織であることを条件にすれば、リスク自体がなくなる',
        ),
      },
    },
  ];
}

function foreignTrust(
  trust: TrustStatement,
): readonly { readonly trust: TrustStatement; readonly who: string }[] {
  if (NARROWING.some((key) => conditionOn(trust.statement, key))) return [];
  const principals = [...principalsOf(trust.statement, 'AWS'), ...principalsOf(trust.statement, '*')];
  const who = principals.find((principal) => principal === '*' || isForeign(principal));
  return who === undefined ? [] : [{ trust, who }];
}

/** A literal account number or ARN of a root: within one's own account templates write a hole for it. */
function isForeign(principal: string): boolean {
  return (
    principal !== OWN &&
    !principal.includes(OWN) &&
    (/^\d{12}$/.test(principal) || /^arn:aws[a-z-]*:iam::\d{12}:root$/.test(principal))
  );
}

/** What stands for the own account in policies that were read. */
const OWN = '111111111111';
