import { text } from '../../kernel/texts.ts';
import { allowsAllBut } from './passing.ts';
import { policyControl } from './policy-control.ts';

/** A control of our own. */
export const definition = policyControl({
  id: 'IAM.1003',
  title: text('No policy allows everything but a list', '「一部を除くすべて」を許可するポリシーがない'),
  severity: 'medium',
  mappings: {},
  violates: allowsAllBut,
  says: {
    pass: text(
      'no statement allows with NotAction or NotResource',
      'NotAction・NotResource による許可はありません',
    ),
    fail: text(
      'a statement allows everything but what it lists, also what AWS adds later',
      '列挙したもの以外をすべて許可する文があります(今後追加される操作も含みます)',
    ),
    unknown: text(
      'whether a statement allows everything but a list cannot be decided',
      '「一部を除くすべて」を許可する文があるか決められません',
    ),
  },
  remedy: { summary: text('List what is allowed instead', '許可するものを列挙する') },
});
