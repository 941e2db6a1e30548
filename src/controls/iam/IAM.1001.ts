import { text } from '../../kernel/texts.ts';
import { NO, not } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { control, verdict } from '../control.ts';
import { hasItems } from '../questions.ts';
import { IDENTITY_TYPES } from './policies.ts';

/** AWS Config managed rule iam-no-inline-policy-check, which no AWS control uses. */
export const definition = control({
  id: 'IAM.1001',
  title: text(
    'Users, roles and groups have no inline policies',
    'ユーザー・ロール・グループにインラインポリシーがない',
  ),
  severity: 'low',
  resourceTypes: IDENTITY_TYPES,
  configRule: 'iam-no-inline-policy-check',
  mappings: {
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
      'AC-6',
      'AC-6(3)',
      'AC-24',
      'CM-5(1)(a)',
      'CM-6a',
      'CM-9b',
      'MP-2',
      'SC-23(3)',
    ],
    'pci-dss-3.2.1': ['2.2', '7.1.2', '7.1.3', '7.2.1', '7.2.2'],
  },
  basis: 'effective',
  evaluate(identity) {
    const policies = get(identity.properties, 'Policies');
    return verdict(
      not(hasItems(1)(policies, NO)),
      {
        pass: text('no policy is written inline', 'インラインポリシーはありません'),
        fail: text('policies are written inline', 'インラインポリシーがあります'),
        unknown: text(
          'whether policies are written inline cannot be decided',
          'インラインポリシーの有無を決められません',
        ),
      },
      policies,
    );
  },
  remedy: () => ({
    summary: text(
      'Move the statements to a managed policy, which can be reviewed and reused',
      '文をマネージドポリシーに移す(レビューと再利用がしやすい)',
    ),
    edits: [],
  }),
});
