import { text } from '../../kernel/texts.ts';
import { all } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { policyControl } from './policy-control.ts';
import { allows, someString } from './policy-statements.ts';

/** AWS Security Hub controls reference, IAM.21. */
export const definition = policyControl({
  id: 'IAM.21',
  title: text('No policy allows every action of a service', 'サービスの全操作を許すポリシーがない'),
  severity: 'low',
  configRule: 'iam-policy-no-statements-with-full-access',
  mappings: {
    'nist-800-53-r5': ['AC-3', 'AC-5b', 'AC-6(2)', 'AC-6(10)', 'CM-5(1)(a)'],
    'pci-dss-3.2.1': ['7.1.2', '7.1.3', '7.2.1', '7.2.2'],
  },
  violates: (statement) =>
    all([
      allows(statement),
      someString(get(statement, 'Action'), (action) => action === '*' || /^[a-z0-9-]+:\*$/i.test(action)),
    ]),
  says: {
    pass: text('no statement allows all actions of a service', 'サービスの全操作を許す文はありません'),
    fail: text('a statement allows all actions of a service', 'サービスの全操作を許す文があります'),
    unknown: text(
      'whether a statement allows all actions of a service cannot be decided',
      'サービスの全操作を許す文があるかどうか決められません',
    ),
  },
  remedy: {
    summary: text(
      'Replace service:* with the actions that are needed',
      '「サービス:*」を必要な操作に置き換える',
    ),
    needs: [text('which actions the holder really uses', '実際に使われている操作の一覧')],
  },
});
