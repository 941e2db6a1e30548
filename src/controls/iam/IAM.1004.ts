import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { noElevated } from './managed-policies.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'IAM.1004',
  title: text(
    `No identity has AWS's policies for administrators`,
    'AWS管理の管理者向けポリシーを付けていない',
  ),
  severity: 'high',
  resourceTypes: ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'],
  mappings: {},
  property: ['ManagedPolicyArns'],
  good: noElevated,
  whenAbsent: { good: YES, means: text('no managed policy', 'マネージドポリシーなし') },
  remedy: {
    summary: text('Attach a policy with the actions that are needed', '必要な操作だけのポリシーを付ける'),
    needs: [text('which actions are really used', '実際に使われている操作の一覧')],
  },
});
