import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { accountControl } from '../account.ts';
import { hasItems } from '../questions.ts';

/** A control of our own. */
export const definition = accountControl({
  id: 'Budgets.1001',
  title: text('A budget warns of high costs', '費用の急増を知らせる予算がある'),
  severity: 'medium',
  mappings: {},
  place: 'account',
  types: ['AWS::Budgets::Budget'],
  fulfils: (budget) => hasItems(1)(get(budget.properties, 'NotificationsWithSubscribers'), NO),
  what: text('a budget that tells somebody', '通知先のある予算'),
  ask: 'aws budgets describe-budgets --account-id ACCOUNT',
  remedy: {
    summary: text(
      'Add a monthly budget with an e-mail at 80 percent (the first two are free)',
      '80%でメール通知する月次予算を加える(2つまで無料)',
    ),
    edits: [
      {
        kind: 'add-resource',
        logicalId: 'MonthlyBudget',
        type: 'AWS::Budgets::Budget',
        properties: { Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY' } },
      },
    ],
  },
});
