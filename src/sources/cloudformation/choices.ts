import type { Span } from '../../kernel/source-file.ts';
import { choice, type Value } from '../../model/value.ts';

/** More combinations than this are not written out. */
const MOST_COMBINATIONS = 64;

/**
 * Applies a function to every combination of the options of its arguments, so that a choice in an
 * argument becomes a choice in the result. Undefined when there would be too many combinations.
 */
export function overChoices(
  values: readonly Value[],
  span: Span,
  apply: (values: readonly Value[]) => Value,
): Value | undefined {
  const at = values.findIndex((value) => value.kind === 'oneOf');
  const open = values[at];
  if (open?.kind !== 'oneOf') return apply(values);
  const combinations = values.reduce(
    (product, value) => product * (value.kind === 'oneOf' ? value.options.length : 1),
    1,
  );
  if (combinations > MOST_COMBINATIONS) return undefined;
  const results: Value[] = [];
  for (const option of open.options) {
    const result = overChoices(values.with(at, option), span, apply);
    if (!result) return undefined;
    results.push(result);
  }
  return choice(open.condition, results, span);
}
