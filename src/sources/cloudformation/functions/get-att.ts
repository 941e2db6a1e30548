import { stringOf } from '../../../kernel/document.ts';
import { stringFrom } from '../../../model/value.ts';
import { invalid, takes, undecidedCall } from '../invalid.ts';
import type { Intrinsic, IntrinsicCall } from '../scope.ts';

/** `Fn::GetAtt`: an attribute of a resource, written `Resource.Attribute` or as a list of two. */
export const getAtt: Intrinsic = {
  name: 'Fn::GetAtt',
  evaluate(call) {
    const names = namesOf(call);
    if (names === undefined) {
      return invalid(call, takes('Fn::GetAtt', 'a resource and an attribute', 'リソース名と属性名'));
    }
    const [resource, attribute] = names;
    if (resource === undefined || attribute === undefined) return undecidedCall(call, 'function');
    return call.scope.attribute(resource, attribute, call.span);
  },
};

/** The two names; one that is computed and not known is undefined. */
function namesOf(call: IntrinsicCall): readonly [string | undefined, string | undefined] | undefined {
  const { argument } = call;
  const dotted = stringOf(argument);
  if (dotted !== undefined) {
    const dot = dotted.indexOf('.');
    return dot > 0 && dot < dotted.length - 1 ? [dotted.slice(0, dot), dotted.slice(dot + 1)] : undefined;
  }
  if (argument.kind !== 'list' || argument.items.length !== 2) return undefined;
  const [resource, attribute] = argument.items.map((item) => stringFrom(call.scope.evaluate(item)));
  return [resource, attribute];
}
