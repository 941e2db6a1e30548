import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { isNumber, someItem, YES } from '../../model/answer.ts';
import type { Remedy } from '../../model/remedy.ts';
import { ACCOUNT_TYPE, type Resource } from '../../model/resource.ts';
import { get, itemsOf } from '../../model/value.ts';
import { serviceState } from '../account-service.ts';
import { addResource, ref, setProperty } from '../edits.ts';
import { on, partial, presenceOf } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

/**
 * Limits against bill floods: a budget that tells somebody, and caps where use is paid per call. Sources:
 * AWS Cost Management user guide, "Managing your costs with AWS Budgets"; Lambda developer guide,
 * "Configuring reserved concurrency for a function"; API Gateway developer guide, "Throttle requests".
 */
export const definition = safeguard({
  id: 'budget',
  name: text('Budget alarms and caps', '予算アラームと上限'),
  alsoKnownAs: ['AWS Budgets', '予算', '利用料', '請求', 'billing alarm', 'throttling', 'スロットリング'],
  factor: 'overload',
  effect: 'limit',
  price: 'free',
  stops: text(
    'A bill that grows without bounds when a flood, a loop or stolen keys use paid services.',
    '大量アクセス・無限ループ・盗まれたキーによる課金サービスの利用で、請求が際限なく増えること。',
  ),
  doesNotStop: text(
    'The flood itself; a budget only tells, hours later.',
    '大量アクセスそのもの(予算アラームは数時間後に知らせるだけです)。',
  ),
  confusedWith: text(
    'Shield Advanced refunds what a DDoS attack caused to scale; a budget tells; a cap stops.',
    'Shield AdvancedはDDoS起因の費用を補償し、予算は知らせ、上限は止めます。',
  ),
  attachesTo: [
    ACCOUNT_TYPE,
    'AWS::AutoScaling::AutoScalingGroup',
    'AWS::Lambda::Function',
    'AWS::ApiGateway::Stage',
    'AWS::ApiGatewayV2::Stage',
  ],
  presence: presenceAt,
  remedy: remedyAt,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence {
  switch (place.type) {
    case ACCOUNT_TYPE:
      return serviceState(graph, ['AWS::Budgets::Budget'], ofBudget, {
        what: text('budget that tells somebody', '通知先のある予算'),
        command: 'aws budgets describe-budgets --account-id ACCOUNT',
      });
    case 'AWS::AutoScaling::AutoScalingGroup':
      return on(
        text('MaxSize caps the number of servers', 'MaxSizeでサーバー数の上限が決まっています'),
        property(place, 'MaxSize'),
      );
    case 'AWS::Lambda::Function':
      return ofFunction(place);
    default:
      return ofStage(place);
  }
}

function ofBudget(budget: Resource): Presence {
  const tells = someItem(property(budget, 'NotificationsWithSubscribers'), (each) =>
    someItem(get(each, 'Subscribers'), () => YES),
  );
  if (tells.is === 'no')
    return partial(text('a budget that tells nobody', '通知先のない予算です'), property(budget, 'Budget'));
  return presenceOf(tells, {
    on: text('a budget tells somebody', '予算の超過が通知されます'),
    off: text('a budget that tells nobody', '通知先のない予算です'),
    unknown: text('whom the budget tells is not decided', '予算の通知先が未確定です'),
  });
}

function ofFunction(place: Resource): Presence {
  const value = property(place, 'ReservedConcurrentExecutions');
  return presenceOf(
    isNumber(value, () => true),
    {
      on: text('reserved concurrency caps it', '予約された同時実行数が上限です'),
      off: text(
        'nothing caps it below the concurrency of the account',
        'アカウント全体の同時実行数まで上限がありません',
      ),
      unknown: text('its cap is not decided', '上限が未確定です'),
    },
    value,
  );
}

function ofStage(stage: Resource): Presence {
  const rates =
    stage.type === 'AWS::ApiGateway::Stage'
      ? itemsOf(property(stage, 'MethodSettings')).map((each) => get(each, 'ThrottlingRateLimit'))
      : [property(stage, 'DefaultRouteSettings', 'ThrottlingRateLimit')];
  const rate = rates.find((each) => each.kind !== 'absent') ?? property(stage, 'MethodSettings');
  return presenceOf(
    isNumber(rate, (limit) => limit > 0),
    {
      on: text('a throttling rate caps it', 'スロットリングで上限が決まっています'),
      off: text('only the limit of the whole account caps it', 'アカウント全体の上限しかありません'),
      unknown: text('its throttling is not decided', 'スロットリングが未確定です'),
    },
    rate,
  );
}

function remedyAt(_: ResourceGraph, place: Resource): Remedy {
  switch (place.type) {
    case ACCOUNT_TYPE:
      return {
        summary: text(
          'Let a budget tell somebody before the month is spent.',
          '月の予算を使い切る前に通知する予算を作ります。',
        ),
        edits: [
          addResource('MonthlyBudget', 'AWS::Budgets::Budget', {
            Budget: {
              BudgetType: 'COST',
              TimeUnit: 'MONTHLY',
              BudgetLimit: { Amount: ref('MonthlyBudgetDollars'), Unit: 'USD' },
            },
            NotificationsWithSubscribers: [
              {
                Notification: {
                  NotificationType: 'ACTUAL',
                  ComparisonOperator: 'GREATER_THAN',
                  Threshold: 80,
                },
                Subscribers: [{ SubscriptionType: 'EMAIL', Address: ref('BudgetRecipient') }],
              },
            ],
          }),
        ],
        needs: [
          text(
            'the month’s amount and a recipient (parameters MonthlyBudgetDollars and BudgetRecipient)',
            '月額と通知先(パラメータMonthlyBudgetDollarsとBudgetRecipient)',
          ),
        ],
      };
    case 'AWS::Lambda::Function':
      return {
        summary: text('Cap the number of concurrent executions.', '同時実行数に上限を設けます。'),
        edits: [setProperty(place, 'ReservedConcurrentExecutions', 50)],
        needs: [text('the highest number you expect', '想定する最大の同時実行数')],
      };
    case 'AWS::ApiGatewayV2::Stage':
      return {
        summary: text('Cap the rate of requests.', 'リクエストの頻度に上限を設けます。'),
        edits: [
          setProperty(place, 'DefaultRouteSettings.ThrottlingRateLimit', 100),
          setProperty(place, 'DefaultRouteSettings.ThrottlingBurstLimit', 200),
        ],
      };
    default:
      return {
        summary: text('Cap the rate of requests.', 'リクエストの頻度に上限を設けます。'),
        edits: [
          setProperty(place, 'MethodSettings', [
            { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
          ]),
        ],
      };
  }
}
