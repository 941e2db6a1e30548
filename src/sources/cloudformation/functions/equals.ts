import { type Answer, answer, undecided } from '../../../model/answer.ts';
import { type Hole, stringFrom, type Value } from '../../../model/value.ts';
import { invalid, takes } from '../invalid.ts';
import type { ConditionFunction, StackScope } from '../scope.ts';

/** `Fn::Equals`: two values are the same string. */
export const equals: ConditionFunction = {
  name: 'Fn::Equals',
  decide(call) {
    const { argument, scope } = call;
    const [left, right, ...more] = argument.kind === 'list' ? argument.items : [];
    if (!left || !right || more.length > 0) {
      return undecided(invalid(call, takes('Fn::Equals', 'two values', '2つの値')));
    }
    return compare(scope, scope.evaluate(left), scope.evaluate(right));
  },
};

function compare(scope: StackScope, left: Value, right: Value): Answer {
  if (left.kind === 'oneOf')
    return agree(
      left,
      left.options.map((option) => compare(scope, option, right)),
    );
  if (right.kind === 'oneOf') return compare(scope, right, left);
  const a = textOf(left);
  const b = textOf(right);
  if (a !== undefined && b !== undefined) return answer(a === b);
  if (sameParts(left, right)) return answer(true);
  if (excluded(scope, left, b) || excluded(scope, right, a)) return answer(false);
  return undecided(...[left, right].filter((each) => each.kind === 'unknown'));
}

/** What is compared: null counts as the empty string; lists and maps by their written form. */
function textOf(value: Value): string | undefined {
  if (value.kind === 'known' && value.value === null) return '';
  return stringFrom(value);
}

function agree(value: Value, answers: readonly Answer[]): Answer {
  const [first] = answers;
  if (first && first.is !== 'unknown' && answers.every((each) => each.is === first.is)) return first;
  return undecided(value);
}

function sameParts(left: Value, right: Value): boolean {
  if (left.kind !== 'unknown' || right.kind !== 'unknown' || !left.parts || !right.parts) return false;
  return JSON.stringify(left.parts) === JSON.stringify(right.parts);
}

/** Whether a parameter that is not given can never take the value, by its AllowedValues. */
function excluded(scope: StackScope, value: Value, wanted: string | undefined): boolean {
  if (wanted === undefined || value.kind !== 'unknown') return false;
  const [part, ...more] = value.parts ?? [];
  if (!isParameterHole(part) || more.length > 0) return false;
  const allowed = scope.allowedValues(part.expression);
  return allowed !== undefined && !allowed.includes(wanted);
}

function isParameterHole(part: unknown): part is Hole {
  return typeof part === 'object' && part !== null && (part as Hole).type === 'parameter';
}
