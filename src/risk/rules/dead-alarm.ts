import type { ResourceGraph } from '../../environment/graph.ts';
import { arnOf } from '../../environment/reachability/index.ts';
import type { Text } from '../../kernel/texts.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, isFalse, NO, not, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../../model/value.ts';
import type { RiskContext } from '../context.ts';
import { topologyGuard } from '../paths.ts';
import { holderMay } from '../roles.ts';
import { type Candidate, riskRule } from '../rule.ts';
import { factPath } from '../simple.ts';
import { threat } from '../threat.ts';
import { servicePublishes } from '../topics.ts';

/** An alarm or rule whose message reaches nobody. */
export const definition = riskRule({
  id: 'dead-alarm',
  number: 40,
  title: text('An alarm that reaches nobody', '誰にも届かないアラーム'),
  factor: 'human-error',
  find: (context) => [
    ...context.graph.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => forAlarm(context, alarm)),
    ...context.graph.ofType('AWS::Events::Rule').flatMap((rule) => forRule(context, rule)),
  ],
});

interface Fault {
  readonly answer: Answer;
  readonly what: Text;
  readonly at: Value;
}

function forAlarm(context: RiskContext, alarm: Resource): readonly Candidate[] {
  const enabled = get(alarm.properties, 'ActionsEnabled');
  const actions = get(alarm.properties, 'AlarmActions');
  const faults: Fault[] = [
    {
      answer: isFalse(enabled),
      what: text(`actions of ${alarm.name} are disabled`, `${alarm.name}のアクションが無効`),
      at: enabled,
    },
    {
      answer: hasNoAction(actions),
      what: text(`${alarm.name} has no action`, `${alarm.name}にアクションがない`),
      at: actions,
    },
    ...itemsOf(actions).flatMap((action) => topicFaults(context.graph, action, 'cloudwatch.amazonaws.com')),
  ];
  return candidate(context, alarm, 'cloudwatch-alarms', faults);
}

function hasNoAction(actions: Value): Answer {
  const empty = actions.kind === 'absent' || (actions.kind === 'list' && actions.items.length === 0);
  return empty ? YES : NO;
}

function forRule(context: RiskContext, rule: Resource): readonly Candidate[] {
  const state = get(rule.properties, 'State');
  const targets = itemsOf(get(rule.properties, 'Targets'));
  const faults: Fault[] = [
    {
      answer: stringFrom(state) === 'DISABLED' ? YES : NO,
      what: text(`${rule.name} is disabled`, `${rule.name}が無効`),
      at: state,
    },
    ...targets.flatMap((target) =>
      topicFaults(context.graph, get(target, 'Arn'), 'events.amazonaws.com', get(target, 'RoleArn')),
    ),
  ];
  return candidate(context, rule, 'eventbridge', faults);
}

/** Why a message of a service to a topic is lost: no policy for it, a key that it may not use, no subscriber. */
function topicFaults(graph: ResourceGraph, arn: Value, service: string, role?: Value): readonly Fault[] {
  const topic = graph.target(arn);
  if (topic?.type !== 'AWS::SNS::Topic') return [];
  const key = get(topic.properties, 'KmsMasterKeyId');
  const subscribed =
    get(topic.properties, 'Subscription').kind !== 'absent' ||
    graph.referrersOfType(topic, 'AWS::SNS::Subscription').length > 0;
  const managedKey = stringFrom(key)?.endsWith('alias/aws/sns') === true;
  return [
    {
      answer: not(mayPublish(graph, topic, service, role)),
      what: text(
        `${topic.name} does not let ${service} publish`,
        `${topic.name}が${service}の発行を許可していない`,
      ),
      at: topic.properties,
    },
    {
      answer: managedKey ? YES : NO,
      what: text(
        `${topic.name} is encrypted with a key that ${service} may not use (alias/aws/sns)`,
        `${topic.name}の暗号鍵(alias/aws/sns)を${service}は使えない`,
      ),
      at: key,
    },
    {
      answer: subscribed ? NO : YES,
      what: text(`${topic.name} has no subscriber`, `${topic.name}に購読者がいない`),
      at: topic.properties,
    },
  ];
}

/** By the execution role where the target names one, else by the topic's policy. */
function mayPublish(graph: ResourceGraph, topic: Resource, service: string, role: Value | undefined): Answer {
  if (role === undefined || role.kind === 'absent') return servicePublishes(graph, topic, service);
  const holder = graph.target(role);
  return holder?.type === 'AWS::IAM::Role'
    ? holderMay(graph, holder, 'sns:Publish', arnOf(topic))
    : undecided(role);
}

function candidate(
  context: RiskContext,
  holder: Resource,
  safeguard: string,
  faults: readonly Fault[],
): readonly Candidate[] {
  const broken = faults.filter((fault) => fault.answer.is !== 'no');
  if (broken.length === 0) return [];
  const answer = all([holder.exists, any(broken.map((fault) => fault.answer))]);
  const guard = topologyGuard(safeguard, holder.id, answer);
  return [
    {
      resources: [holder.id],
      statement: {
        cause: text(
          `${holder.name} is set up, but its message cannot arrive`,
          `${holder.name}は設定されているが、通知が届かない`,
        ),
        event: text('something happens, and nobody is told', '異常が起きても、誰にも知らされない'),
        effect: text(
          'an incident goes on unnoticed while people trust the alarm',
          'アラームを信じている間に被害が広がる',
        ),
      },
      reaches: [context.graph.account],
      threat: threat(1, text('an incident and the broken alarm together', '異常の発生と通知の不備が重なる')),
      paths: broken.map((fault) => factPath(holder, fault, [guard], all([holder.exists, fault.answer]))),
      controls: ['CloudWatch.15', 'CloudWatch.17'],
    },
  ];
}
