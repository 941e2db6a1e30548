import type { ProblemDetails } from '../../kernel/errors.ts';
import type { Value } from '../../model/value.ts';
import { parseOperator } from '../conditions/operator.ts';
import type { Condition } from './policy.ts';
import { FLAWS, policyProblem, unknownOperator } from './problems.ts';
import { readElements } from './read-elements.ts';

interface ConditionReading {
  readonly conditions: readonly Condition[];
  /** What hides conditions: the statement may hold or not, whatever the request says. */
  readonly undecided: readonly string[];
}

/** Reads a `Condition` element. An unknown operator is a problem unless it compares nothing. */
export function readConditions(value: Value | undefined, problems: ProblemDetails[]): ConditionReading {
  const conditions: Condition[] = [];
  const undecided: string[] = [];
  for (const [operator, keys] of entriesOf(value, undecided, problems)) {
    for (const [key, values] of entriesOf(keys, undecided, problems)) {
      if (parseOperator(operator) === undefined) {
        problems.push(policyProblem('operator', unknownOperator(operator), keys.span));
      }
      conditions.push({ operator, key, values: readElements(values, key, problems), span: values.span });
    }
  }
  return { conditions, undecided };
}

function entriesOf(
  value: Value | undefined,
  undecided: string[],
  problems: ProblemDetails[],
): Iterable<readonly [string, Value]> {
  if (value === undefined) return [];
  switch (value.kind) {
    case 'absent':
      return [];
    case 'map':
      return value.entries;
    case 'unknown':
      undecided.push(value.expression);
      return [];
    case 'oneOf':
      undecided.push(value.condition);
      return [];
    default:
      problems.push(policyProblem('syntax', FLAWS.badCondition, value.span));
      return [];
  }
}
