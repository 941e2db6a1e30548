import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, isOneOf, not } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import { REGION_TYPE, type Resource } from '../../model/resource.ts';
import { get, itemsOf } from '../../model/value.ts';
import { notDeclared } from '../absence.ts';
import { declared } from '../account-service.ts';
import { bestDelivery, delivery } from '../delivery.ts';
import { addResource, ref } from '../edits.ts';
import { chain, presenceOf, providedBy, strongest, unsure } from '../presence.ts';
import { type FacetName, type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';
import { fitsFindings } from './patterns.ts';

const FACETS = {
  enabled: { id: 'enabled', name: text('rule', 'ルール') },
  target: { id: 'target', name: text('delivery', '配信') },
} as const satisfies Record<string, FacetName>;

/**
 * Rules of EventBridge that tell somebody about findings. Sources: Amazon EventBridge user guide, "Creating
 * Amazon EventBridge event patterns"; Security Hub, GuardDuty, Inspector and Macie user guides, on their
 * events in EventBridge.
 */
export const definition = safeguard({
  id: 'eventbridge',
  name: text('Amazon EventBridge rules for findings', 'Amazon EventBridge(検出結果の通知・対応)'),
  alsoKnownAs: ['EventBridge', 'Event Bridge', 'イベントブリッジ', 'CloudWatch Events', '自動対応'],
  factor: 'human-error',
  effect: 'detect',
  price: 'free',
  stops: text(
    'Findings that nobody sees: a rule hands them to people or to a function that reacts within seconds.',
    '誰にも見られない検出結果(ルールが数秒で人や対応用の関数に渡します)。',
  ),
  doesNotStop: text(
    'What no detector finds, and findings whose target does not accept them.',
    '検知されない事象と、通知先が受け取れない検出結果。',
  ),
  confusedWith: text(
    'EventBridge reacts to single events; CloudWatch alarms react to numbers over time.',
    'EventBridgeは個々のイベントに、CloudWatchアラームは数値の推移に反応します。',
  ),
  facets: Object.values(FACETS),
  attachesTo: [REGION_TYPE],
  presence: presenceAt,
  remedy,
});

function presenceAt(graph: ResourceGraph): Presence {
  const presences = declared(graph, 'AWS::Events::Rule').flatMap((rule) => {
    const fits = fitsFindings(property(rule, 'EventPattern'));
    return fits.is === 'no' ? [] : [providedBy(rule, rulePresence(graph, rule, fits))];
  });
  return (
    strongest(presences) ??
    notDeclared(graph, {
      what: text('rule for findings', '検出結果のルール'),
      command: 'aws events list-rules',
    })
  );
}

function rulePresence(graph: ResourceGraph, rule: Resource, fits: Answer): Presence {
  if (fits.is === 'unknown') {
    return unsure(
      text(`what ${rule.name} matches is not decided`, `${rule.name}の対象が未確定です`),
      fits.undecided,
    );
  }
  const targets = property(rule, 'Targets');
  return chain([
    {
      facet: FACETS.enabled,
      presence: presenceOf(
        not(isOneOf(property(rule, 'State'), ['DISABLED'])),
        {
          on: text(`${rule.name} matches findings`, `${rule.name}が検出結果に一致します`),
          off: text(`${rule.name} is disabled`, `${rule.name}は無効です`),
          unknown: text(
            `whether ${rule.name} is enabled is not decided`,
            `${rule.name}が有効かどうかが未確定です`,
          ),
        },
        property(rule, 'State'),
      ),
    },
    {
      facet: FACETS.target,
      presence:
        targets.kind === 'unknown'
          ? unsure(text('its targets are not decided', '通知先が未確定です'), [targets])
          : bestDelivery(
              itemsOf(targets).map((target) => delivery(graph, get(target, 'Arn'), 'events.amazonaws.com')),
            ),
    },
  ]);
}

function remedy(): Remedy {
  return {
    summary: text(
      'Tell somebody about findings of GuardDuty (medium and above) and Security Hub (high and critical).',
      'GuardDuty(中以上)とSecurity Hub(高・重大)の検出結果を通知します。',
    ),
    edits: [
      addResource('SecurityTopic', 'AWS::SNS::Topic', {
        Subscription: [{ Protocol: 'email', Endpoint: ref('SecurityRecipient') }],
      }),
      addResource('SecurityTopicPolicy', 'AWS::SNS::TopicPolicy', {
        Topics: [ref('SecurityTopic')],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: ['events.amazonaws.com', 'cloudwatch.amazonaws.com'] },
              Action: 'sns:Publish',
              Resource: ref('SecurityTopic'),
            },
          ],
        },
      }),
      addResource('FindingsRule', 'AWS::Events::Rule', {
        EventPattern: {
          source: ['aws.guardduty'],
          'detail-type': ['GuardDuty Finding'],
          detail: { severity: [{ numeric: ['>=', 4] }] },
        },
        Targets: [{ Id: 'topic', Arn: ref('SecurityTopic') }],
      }),
      addResource('SecurityHubFindingsRule', 'AWS::Events::Rule', {
        EventPattern: {
          source: ['aws.securityhub'],
          'detail-type': ['Security Hub Findings - Imported'],
          detail: {
            findings: {
              Severity: { Label: ['HIGH', 'CRITICAL'] },
              Workflow: { Status: ['NEW'] },
              RecordState: ['ACTIVE'],
            },
          },
        },
        Targets: [{ Id: 'topic', Arn: ref('SecurityTopic') }],
      }),
    ],
    needs: [
      text(
        'a recipient who confirms the subscription (parameter SecurityRecipient)',
        '購読の確認メールに応じる受信者(パラメータSecurityRecipient)',
      ),
    ],
  };
}
