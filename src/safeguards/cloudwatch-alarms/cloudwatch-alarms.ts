import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { isFalse } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import { ACCOUNT_TYPE, type Resource } from '../../model/resource.ts';
import { get, itemsOf, referencesIn, stringFrom, type Value } from '../../model/value.ts';
import { notDeclared } from '../absence.ts';
import { declared } from '../account-service.ts';
import { bestDelivery, delivery } from '../delivery.ts';
import { addResource, ref } from '../edits.ts';
import { apiCallsIn } from '../eventbridge/patterns.ts';
import { off, providedBy, rollUp, strongest, unsure } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';
import { type Meaning, meaningsOfCalls, meaningsOfPattern } from './meaning.ts';

const FACETS: readonly (FacetName & { readonly id: Meaning })[] = [
  { id: 'root-use', name: text('use of the root user', 'ルートユーザーの使用') },
  { id: 'denied-calls', name: text('denied calls', '拒否された呼び出し') },
  { id: 'trail-changes', name: text('changes to the trail', '証跡の変更') },
];

/**
 * Alarms on what the trail records, read by meaning. Sources: Amazon CloudWatch Logs user guide, "Filter
 * pattern syntax for metric filters"; AWS Security Hub user guide, "CloudWatch controls" (which events a
 * trail should alarm on); Amazon CloudWatch user guide, "Using Amazon CloudWatch alarms".
 */
export const definition = safeguard({
  id: 'cloudwatch-alarms',
  name: text('Amazon CloudWatch alarms', 'Amazon CloudWatchアラーム'),
  alsoKnownAs: ['CloudWatch', 'Cloud Watch', 'Cloud Watchアラーム', 'アラーム', 'alarm', 'metric filter'],
  factor: 'credential-leak',
  effect: 'detect',
  price: 'a-few-dollars',
  stops: text(
    'Nothing by itself: it tells somebody within minutes that the root user signed in, that calls were denied, or that the trail was changed.',
    'それ自体は何も止めません。ルートユーザーの使用、拒否された呼び出し、証跡の変更を数分で知らせます。',
  ),
  doesNotStop: text(
    'The event, and alarms whose topic nobody reads.',
    '事象そのもの(読む人のいない通知も役に立ちません)。',
  ),
  confusedWith: text(
    'CloudTrail records, CloudWatch counts and alarms; GuardDuty recognises patterns without being told them.',
    'CloudTrailは記録、CloudWatchは集計と警報、GuardDutyは指定しなくても異常なパターンを見つけます。',
  ),
  facets: FACETS,
  attachesTo: [ACCOUNT_TYPE],
  presence: presenceAt,
  remedy,
});

function presenceAt(graph: ResourceGraph): Presence {
  const watchers = [...watchingAlarms(graph), ...watchingRules(graph)];
  if (watchers.length === 0) return notDeclared(graph, MISSING);
  return rollUp(
    FACETS.map((facet) => {
      const own = watchers
        .filter(({ meanings }) => meanings.includes(facet.id))
        .map(({ presence }) => presence);
      return { facet, presence: strongest(own) ?? off(text('no alarm', 'アラームがありません')) };
    }),
  );
}

const MISSING = {
  what: text('alarm on the trail', '証跡に対するアラーム'),
  command: 'aws cloudwatch describe-alarms',
};

interface Watcher {
  readonly meanings: readonly Meaning[];
  readonly presence: Presence;
}

/** Alarms on the metric of a metric filter whose pattern means something. */
function watchingAlarms(graph: ResourceGraph): readonly Watcher[] {
  const alarms = alarmsByMetric(graph);
  return declared(graph, 'AWS::Logs::MetricFilter').flatMap((filter) => {
    const pattern = property(filter, 'FilterPattern');
    const meanings = meaningsOfPattern(stringFrom(pattern) ?? '');
    if (meanings.length === 0) return [];
    const own = itemsOf(property(filter, 'MetricTransformations')).flatMap(
      (each) => alarms.get(metricOf(each)) ?? [],
    );
    const presence =
      strongest(own.map((alarm) => providedBy(alarm, alarmPresence(graph, alarm)))) ??
      off(
        text(
          `no alarm watches the metric of ${filter.name}`,
          `${filter.name}のメトリクスを監視するアラームがありません`,
        ),
        pattern,
      );
    return [{ meanings, presence: providedBy(filter, fedByTrail(graph, filter) ?? presence) }];
  });
}

function metricOf(holder: Value): string {
  const namespace = stringFrom(get(holder, 'MetricNamespace')) ?? stringFrom(get(holder, 'Namespace')) ?? '';
  return `${namespace}/${stringFrom(get(holder, 'MetricName')) ?? ''}`;
}

function alarmsByMetric(graph: ResourceGraph): ReadonlyMap<string, readonly Resource[]> {
  const index = new Map<string, Resource[]>();
  for (const alarm of declared(graph, 'AWS::CloudWatch::Alarm')) {
    const key = metricOf(alarm.properties);
    index.set(key, [...(index.get(key) ?? []), alarm]);
  }
  return index;
}

/** A filter on a log group that no trail feeds never counts anything. */
function fedByTrail(graph: ResourceGraph, filter: Resource): Presence | undefined {
  const group = graph.target(property(filter, 'LogGroupName'));
  const trails = declared(graph, 'AWS::CloudTrail::Trail');
  if (!group || trails.length === 0) return undefined;
  const fed = trails.some((trail) =>
    referencesIn(property(trail, 'CloudWatchLogsLogGroupArn')).some(({ resource }) => resource === group.id),
  );
  return fed
    ? undefined
    : off(
        text(`no trail writes to ${group.name}`, `証跡が${group.name}に書き込んでいません`),
        property(filter, 'LogGroupName'),
      );
}

function alarmPresence(graph: ResourceGraph, alarm: Resource): Presence {
  const enabled = property(alarm, 'ActionsEnabled');
  const disabled = isFalse(enabled);
  if (disabled.is === 'yes')
    return off(
      text(`the actions of ${alarm.name} are disabled`, `${alarm.name}のアクションが無効です`),
      enabled,
    );
  if (disabled.is === 'unknown')
    return unsure(
      text('whether its actions are enabled is not decided', 'アクションの有効・無効が未確定です'),
      [enabled],
    );
  const actions = property(alarm, 'AlarmActions');
  if (actions.kind === 'unknown' && !actions.parts)
    return unsure(text('its actions are not decided', 'アクションが未確定です'), [actions]);
  return bestDelivery(itemsOf(actions).map((action) => delivery(graph, action, 'cloudwatch.amazonaws.com')));
}

/** A rule of EventBridge on the same calls counts as much. */
function watchingRules(graph: ResourceGraph): readonly Watcher[] {
  return declared(graph, 'AWS::Events::Rule').flatMap((rule) => {
    const pattern = property(rule, 'EventPattern');
    const signIn = itemsOf(get(pattern, 'detail', 'userIdentity', 'type')).some(
      (each) => stringFrom(each) === 'Root',
    );
    const meanings = [...meaningsOfCalls(apiCallsIn(pattern)), ...(signIn ? (['root-use'] as const) : [])];
    if (meanings.length === 0 || stringFrom(property(rule, 'State')) === 'DISABLED') return [];
    const targets = itemsOf(property(rule, 'Targets')).map((target) =>
      delivery(graph, get(target, 'Arn'), 'events.amazonaws.com'),
    );
    return [{ meanings, presence: providedBy(rule, bestDelivery(targets)) }];
  });
}

const PATTERNS: Readonly<Record<Meaning, string>> = {
  'root-use':
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  'denied-calls': '{ $.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*" }',
  'trail-changes':
    '{ $.eventName = "StopLogging" || $.eventName = "DeleteTrail" || $.eventName = "UpdateTrail" }',
};

const NAMES: Readonly<Record<Meaning, string>> = {
  'root-use': 'RootUse',
  'denied-calls': 'DeniedCalls',
  'trail-changes': 'TrailChanges',
};

function remedy(graph: ResourceGraph): Remedy {
  const [trail] = declared(graph, 'AWS::CloudTrail::Trail');
  const group = trail && referencesIn(property(trail, 'CloudWatchLogsLogGroupArn'))[0];
  const groupName = group ? group.resource.slice(group.resource.lastIndexOf('/') + 1) : 'TrailLogGroup';
  return {
    summary: text(
      'Alarm on use of the root user, on denied calls and on changes to the trail.',
      'ルートユーザーの使用、拒否された呼び出し、証跡の変更でアラームを出します。',
    ),
    edits: FACETS.flatMap(({ id }) => [
      addResource(`${NAMES[id]}Filter`, 'AWS::Logs::MetricFilter', {
        LogGroupName: ref(groupName),
        FilterPattern: PATTERNS[id],
        MetricTransformations: [{ MetricNamespace: 'Security', MetricName: NAMES[id], MetricValue: '1' }],
      }),
      addResource(`${NAMES[id]}Alarm`, 'AWS::CloudWatch::Alarm', {
        Namespace: 'Security',
        MetricName: NAMES[id],
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: id === 'denied-calls' ? 10 : 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
        AlarmActions: [ref('SecurityTopic')],
      }),
    ]),
    needs: [
      text(
        'a trail that writes to a log group (TrailLogGroup), and a topic that somebody reads (SecurityTopic)',
        'ロググループ(TrailLogGroup)に書き込む証跡と、誰かが読むトピック(SecurityTopic)',
      ),
    ],
  };
}
