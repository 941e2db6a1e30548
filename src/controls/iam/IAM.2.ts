import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, any, not, someItem, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import { control, verdict } from '../control.ts';

/** AWS Security Hub controls reference, IAM.2. */
export const definition = control({
  id: 'IAM.2',
  title: text('Users get their permissions from groups or roles', 'ユーザーに直接ポリシーを付けない'),
  severity: 'low',
  resourceTypes: ['AWS::IAM::User'],
  configRule: 'iam-user-no-policies-check',
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
      'SC-25',
    ],
    'pci-dss-3.2.1': ['2.2', '7.1.2', '7.1.3', '7.2.1', '7.2.2'],
  },
  basis: 'effective',
  evaluate(user, graph) {
    return verdict(not(hasPolicies(user, graph)), {
      pass: text('no policy hangs on the user', 'ユーザーに直接付いたポリシーはありません'),
      fail: text('a policy hangs on the user directly', 'ユーザーにポリシーが直接付いています'),
      unknown: text(
        'whether a policy hangs on the user cannot be decided',
        'ユーザーに直接ポリシーが付くか決められません',
      ),
    });
  },
  remedy: () => ({
    summary: text(
      'Move the policies to a group, or to a role that the person assumes',
      'ポリシーをグループ、または引き受けるロールに移す',
    ),
    edits: [],
  }),
});

function hasPolicies(user: Resource, graph: ResourceGraph): Answer {
  const attached = graph.referrersOfType(
    user,
    'AWS::IAM::Policy',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::UserPolicy',
  );
  return any([
    someItem(get(user.properties, 'Policies'), () => YES),
    someItem(get(user.properties, 'ManagedPolicyArns'), () => YES),
    ...attached.map(() => YES),
  ]);
}
