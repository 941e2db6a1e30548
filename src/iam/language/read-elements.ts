import type { ProblemDetails } from '../../kernel/errors.ts';
import { stringFrom, type Value } from '../../model/value.ts';
import { partialOfUnknown } from '../partial.ts';
import type { Element } from './policy.ts';
import { badValue, policyProblem } from './problems.ts';

/**
 * The strings of an element: one or a list. Numbers and booleans read as their text, `null` as nothing
 * (IAM takes both); what hangs on a condition of the template may be missing.
 */
export function readElements(value: Value, name: string, problems: ProblemDetails[]): readonly Element[] {
  if (value.kind === 'list') return value.items.flatMap((item) => elementsAt(item, name, false, problems));
  return elementsAt(value, name, false, problems);
}

function elementsAt(
  value: Value,
  name: string,
  maybe: boolean,
  problems: ProblemDetails[],
): readonly Element[] {
  switch (value.kind) {
    case 'known': {
      const text = stringFrom(value);
      return text === undefined ? [] : [{ text, maybe, span: value.span }];
    }
    case 'unknown':
      return [{ text: partialOfUnknown(value), maybe, span: value.span }];
    case 'oneOf':
      return value.options.flatMap((option) =>
        option.kind === 'list'
          ? option.items.flatMap((item) => elementsAt(item, name, true, problems))
          : elementsAt(option, name, true, problems),
      );
    case 'absent':
      return [];
    default:
      problems.push(policyProblem('syntax', badValue(name), value.span));
      return [];
  }
}
