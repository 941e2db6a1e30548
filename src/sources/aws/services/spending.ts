import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { pick, textOf } from '../fields.ts';
import { everywhere } from '../found.ts';
import { withoutPerson } from '../redact.ts';

/** Budgets and whom they tell (AWS Billing and Cost Management API reference). */
export const budgets: Collector = {
  id: 'budgets',
  service: 'budgets',
  where: 'account',
  types: ['AWS::Budgets::Budget'],
  actions: {
    DescribeBudgets: 'budgets:ViewBudget',
    DescribeNotificationsForBudget: 'budgets:ViewBudget',
    DescribeSubscribersForNotification: 'budgets:ViewBudget',
  },
  async read(api) {
    const found = await api.all('DescribeBudgets', 'Budgets', { AccountId: api.account });
    return Promise.all(found.map((each) => budget(api, each)));
  },
};

async function budget(api: Api, found: Output): Promise<FoundResource> {
  const name = textOf(found, 'BudgetName');
  const input = { AccountId: api.account, BudgetName: name };
  const notifications = await api.all('DescribeNotificationsForBudget', 'Notifications', input);
  const told = await Promise.all(
    notifications.map(async (notification) => {
      const Notification = pick(notification, [
        'NotificationType',
        'ComparisonOperator',
        'Threshold',
        'ThresholdType',
      ]);
      const subscribers = await api.all('DescribeSubscribersForNotification', 'Subscribers', {
        ...input,
        Notification,
      });
      return { Notification, Subscribers: subscribers.map(subscriber) };
    }),
  );
  return everywhere({
    id: `arn:${api.partition}:budgets::${api.account}:budget/${name}`,
    type: 'AWS::Budgets::Budget',
    name,
    names: { Ref: name },
    properties: {
      Budget: pick(found, ['BudgetName', 'BudgetLimit', 'TimeUnit', 'BudgetType']),
      NotificationsWithSubscribers: told,
    },
  });
}

function subscriber(found: Output): Output {
  return { ...pick(found, ['SubscriptionType']), Address: withoutPerson(textOf(found, 'Address')) };
}
