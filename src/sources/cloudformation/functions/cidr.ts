import { known, list, numberFrom, stringFrom } from '../../../model/value.ts';
import { subnetsWithin } from '../address-block.ts';
import { invalid, takes, undecidedCall } from '../invalid.ts';
import type { Intrinsic } from '../scope.ts';

/** `Fn::Cidr`: a list of address blocks cut out of a larger one. */
export const cidr: Intrinsic = {
  name: 'Fn::Cidr',
  evaluate(call) {
    const { argument, scope } = call;
    const [blockNode, countNode, bitsNode] = argument.kind === 'list' ? argument.items : [];
    if (!blockNode || !countNode) {
      return invalid(
        call,
        takes(
          'Fn::Cidr',
          'an address block, a count and a number of host bits',
          'アドレス範囲・個数・ホストビット数',
        ),
      );
    }
    const block = stringFrom(scope.evaluate(blockNode));
    const count = numberFrom(scope.evaluate(countNode));
    const bits = bitsNode ? numberFrom(scope.evaluate(bitsNode)) : undefined;
    if (block === undefined || count === undefined || (bitsNode && bits === undefined)) {
      return undecidedCall(call, 'function');
    }
    const blocks = subnetsWithin(block, count, bits);
    if (!blocks) {
      return invalid(
        call,
        takes('Fn::Cidr', `a block that has room for ${count} parts`, `${count}個に分けられるアドレス範囲`),
      );
    }
    return list(
      blocks.map((each) => known(each, call.span)),
      call.span,
    );
  },
};
