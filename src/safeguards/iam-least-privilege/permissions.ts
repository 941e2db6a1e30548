import type { ResourceGraph } from '../../environment/graph.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { itemsOf, type OneOfValue, showValue, stringFrom, type Value } from '../../model/value.ts';
import { covers, type Statement, statementsOf } from '../policies.ts';
import { off, on, partial, providedBy, unsure } from '../presence.ts';
import { documentsOf, policyName } from '../roles.ts';
import type { Presence } from '../safeguard.ts';
import { property } from '../values.ts';

/** Managed policies of AWS that hand over the account or its identities. */
const ADMINISTRATORS = ['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess'];

/**
 * Actions by which an identity gives itself more (Rhino Security Labs' published list of privilege
 * escalation methods). A single one is enough when it is granted on everything.
 */
const ESCALATIONS = [
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:AttachUserPolicy',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:PutUserPolicy',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:AddUserToGroup',
  'iam:UpdateAssumeRolePolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:UpdateLoginProfile',
  'iam:PassRole',
  'sts:AssumeRole',
] as const;

/** How wide the permissions of a role, user or group are; the widest document decides. */
export function permissionsOf(graph: ResourceGraph, holder: Resource): Presence {
  const bounded = property(holder, 'PermissionsBoundary').kind !== 'absent';
  const presences = [
    ...fromManagedPolicies(graph, holder),
    ...documentsOf(graph, holder).map(({ document, declaredBy }) => ({
      ...providedBy(declaredBy, ofDocument(document, bounded)),
    })),
  ];
  return (
    widest(presences) ??
    on(text('it grants no more than named actions', '許可しているのは指定された操作だけです'))
  );
}

function widest(presences: readonly Presence[]): Presence | undefined {
  for (const state of ['off', 'unknown', 'partial', 'on'] as const) {
    const found = presences.find((each) => each.state === state);
    if (found) return found;
  }
  return undefined;
}

function fromManagedPolicies(graph: ResourceGraph, holder: Resource): readonly Presence[] {
  return itemsOf(property(holder, 'ManagedPolicyArns')).flatMap((arn): readonly Presence[] => {
    if (arn.kind === 'oneOf') return maybeAttached(arn);
    const named = ofManagedPolicy(arn);
    if (named) return [named];
    const open = arn.kind === 'unknown' && arn.why === 'parameter' && !graph.target(arn);
    return open ? [unsure(UNREAD_POLICY, [arn])] : [];
  });
}

const UNREAD_POLICY = text(
  'a managed policy is not among what was read',
  '読み取り対象に含まれていないマネージドポリシーがあります',
);

function maybeAttached(arn: OneOfValue): readonly Presence[] {
  const wide = arn.options.some((option) => ofManagedPolicy(option) !== undefined);
  return wide
    ? [
        unsure(
          text(
            'a wide managed policy is attached perhaps',
            '広い権限のマネージドポリシーが付くかどうかが未確定です',
          ),
          [arn],
        ),
      ]
    : [];
}

function ofManagedPolicy(arn: Value): Presence | undefined {
  const name = policyName(arn);
  if (name === undefined) return undefined;
  if (ADMINISTRATORS.includes(name)) {
    return off(text(`${name} hands over the account`, `${name}はアカウント全体の権限です`), arn);
  }
  return /FullAccess$/.test(name)
    ? partial(text(`${name} grants a whole service`, `${name}はサービス全体の権限です`), arn)
    : undefined;
}

function ofDocument(document: Value, bounded: boolean): Presence {
  if (document.kind === 'unknown')
    return unsure(text('a policy is not decided', 'ポリシーが未確定です'), [document]);
  const presences = statementsOf(document)
    .filter((statement) => statement.effect === 'Allow')
    .map((statement) => ifPresent(statement, ofStatement(statement, bounded)));
  return widest(presences) ?? on(text('it allows nothing', '何も許可していません'));
}

/** What a statement grants that is there perhaps is not decided, unless it is narrow anyway. */
function ifPresent({ present }: Statement, presence: Presence): Presence {
  if (present.is !== 'unknown' || presence.state === 'on') return presence;
  return unsure(
    text(
      'a wide statement hangs on an undecided condition',
      '広い権限のステートメントが未確定の条件にかかっています',
    ),
    present.undecided,
  );
}

const NARROW = on(text('it grants no more than named actions', '許可しているのは指定された操作だけです'));

function ofStatement(statement: Statement, bounded: boolean): Presence {
  const open = statement.actionValues.find((each) => each.kind === 'unknown');
  if (open) return unsure(text('an action is not decided', '未確定の操作があります'), [open]);
  const everything = onEverything(statement.resources);
  if (statement.notActions.length > 0) {
    return off(
      text('NotAction grants all that it does not name', 'NotActionは列挙した以外のすべてを許可します'),
      statement.at,
    );
  }
  if (statement.actions.some((action) => action === '*' || action === '*:*')) {
    return off(
      text(
        `every action on ${showValue(statement.resources)}`,
        `${showValue(statement.resources)}に対するすべての操作`,
      ),
      statement.at,
    );
  }
  if (!everything) return NARROW;
  return onAnything(statement, bounded);
}

/** A statement on `*`: escalation and whole services are too much, single write actions are wide. */
function onAnything(statement: Statement, bounded: boolean): Presence {
  const escalation = ESCALATIONS.find((action) =>
    statement.actions.some((pattern) => covers(pattern, action)),
  );
  const conditioned = statement.condition.kind !== 'absent';
  if (escalation && !conditioned) {
    const because = escalates(escalation);
    return bounded ? partial(because, statement.at) : off(because, statement.at);
  }
  const service = statement.actions.find((action) => action.endsWith(':*'));
  if (service) {
    return off(text(`${service} on every resource`, `すべてのリソースに対する${service}`), statement.at);
  }
  const wide = statement.actions.find((action) => !reads(action));
  if (wide)
    return partial(text(`${wide} on every resource`, `すべてのリソースに対する${wide}`), statement.at);
  return NARROW;
}

function escalates(action: string): Text {
  return text(
    `${action} on every resource lets it give itself more`,
    `すべてのリソースに対する${action}で、自分の権限を広げられます`,
  );
}

/** Actions that look and list; some of them allow no narrower resource. */
function reads(action: string): boolean {
  const name = action.slice(action.indexOf(':') + 1);
  return (
    /^(Describe|List|Get(?!SecretValue|Object|Parameter|Item|SessionToken|FederationToken)|Lookup|Search|View)/.test(
      name,
    ) ||
    /^(cloudwatch:PutMetricData|ec2messages:|ssmmessages:|ssm:UpdateInstanceInformation|xray:Put|logs:Create)/.test(
      action,
    )
  );
}

function onEverything(resources: Value): boolean {
  return itemsOf(resources).some((each) => stringFrom(each) === '*');
}
