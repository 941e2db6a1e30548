import { text } from '../../kernel/texts.ts';
import { all } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { policyControl } from './policy-control.ts';
import { allows, someString } from './policy-statements.ts';

/** AWS Security Hub controls reference, IAM.1. */
export const definition = policyControl({
  id: 'IAM.1',
  title: text(
    'No policy allows everything on everything',
    'すべての操作をすべてのリソースに許すポリシーがない',
  ),
  severity: 'high',
  configRule: 'iam-policy-no-statements-with-admin-access',
  mappings: {
    'cis-5.0': ['1.15'],
    'nist-800-53-r5': [
      'AC-2(1)',
      'AC-2(6)',
      'AC-2i.2',
      'AC-3',
      'AC-3(3)',
      'AC-3(3)(a)',
      'AC-3(3)(b)(1)',
      'AC-3(3)(b)(2)',
      'AC-3(3)(b)(3)',
      'AC-3(3)(b)(4)',
      'AC-3(3)(b)(5)',
      'AC-3(3)(c)',
      'AC-3(4)',
      'AC-3(4)(a)',
      'AC-3(4)(b)',
      'AC-3(4)(c)',
      'AC-3(4)(d)',
      'AC-3(4)(e)',
      'AC-3(7)',
      'AC-3(8)',
      'AC-3(12)(a)',
      'AC-3(13)',
      'AC-3(15)(a)',
      'AC-3(15)(b)',
      'AC-4(28)',
      'AC-5b',
      'AC-6',
      'AC-6(2)',
      'AC-6(3)',
      'AC-6(10)',
      'AC-24',
      'CM-5(1)(a)',
      'CM-6a',
      'CM-9b',
      'MP-2',
      'SC-23(3)',
      'SC-25',
    ],
    'pci-dss-3.2.1': ['2.2', '7.1.2', '7.1.3', '7.2.1', '7.2.2'],
  },
  violates: (statement) =>
    all([
      allows(statement),
      someString(get(statement, 'Action'), (action) => action === '*' || action === '*:*'),
      someString(get(statement, 'Resource'), (resource) => resource === '*'),
    ]),
  says: {
    pass: text('no statement allows * on *', '* を * に許す文はありません'),
    fail: text(
      'a statement allows every action on every resource',
      'すべての操作をすべてのリソースに許す文があります',
    ),
    unknown: text(
      'whether a statement allows everything cannot be decided',
      'すべてを許す文があるかどうか決められません',
    ),
  },
  remedy: {
    summary: text(
      'List the actions and resources that are needed instead of *',
      '* の代わりに、必要な操作とリソースを列挙する',
    ),
    needs: [text('which actions the holder really uses', '実際に使われている操作の一覧')],
  },
});
