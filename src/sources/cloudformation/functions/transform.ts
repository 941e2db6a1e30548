import { child, stringOf } from '../../../kernel/document.ts';
import { text } from '../../../kernel/texts.ts';
import { undecidedCall } from '../invalid.ts';
import { note } from '../note.ts';
import type { Intrinsic } from '../scope.ts';

/** `Fn::Transform`: a macro runs in the account, so what it makes is unknown here. */
export const transform: Intrinsic = {
  name: 'Fn::Transform',
  evaluate(call) {
    const name = stringOf(child(call.argument, 'Name')) ?? '';
    call.scope.report(
      note('unsupported', {
        file: call.scope.file,
        at: call.node,
        what: `Fn::Transform ${name}`.trim(),
        reason: text(
          'a macro runs inside the account; what it makes here is unknown',
          'マクロはアカウントの中で実行されるため、ここで何が作られるかは分かりません',
        ),
      }),
    );
    return undecidedCall(call, 'function');
  },
};
