import { text } from '../../kernel/texts.ts';
import { passesAnyRole } from './passing.ts';
import { policyControl } from './policy-control.ts';

/** A control of our own. */
export const definition = policyControl({
  id: 'IAM.1002',
  title: text('No policy lets its holder pass any role', '任意のロールを渡せる(PassRole)ポリシーがない'),
  severity: 'high',
  mappings: {},
  violates: passesAnyRole,
  says: {
    pass: text('no statement passes every role', 'すべてのロールを渡せる文はありません'),
    fail: text(
      'a statement passes every role, also one with more rights than its holder',
      'すべてのロールを渡せる文があります(保持者より強い権限のロールも渡せます)',
    ),
    unknown: text(
      'whether a statement passes every role cannot be decided',
      'すべてのロールを渡せる文があるか決められません',
    ),
  },
  remedy: {
    summary: text(
      'Name the roles in Resource, or the service in the condition iam:PassedToService',
      'Resource でロールを指定するか、条件 iam:PassedToService でサービスを限定する',
    ),
  },
});
