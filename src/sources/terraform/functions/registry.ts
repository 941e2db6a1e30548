import type { Value } from '../../../model/value.ts';
import { overChoices, undecidedAt } from '../evaluate/values.ts';
import { COLLECTION_FUNCTIONS } from './collections.ts';
import { DATE_FUNCTIONS } from './dates.ts';
import { ENCODING_FUNCTIONS } from './encoding.ts';
import { FILE_FUNCTIONS } from './files.ts';
import { type CallContext, RefusedArguments, type TerraformFunction } from './function.ts';
import { NETWORK_FUNCTIONS } from './networks.ts';
import { NUMBER_FUNCTIONS } from './numbers.ts';
import { STRING_FUNCTIONS } from './strings.ts';
import { TYPE_FUNCTIONS } from './types.ts';

/**
 * Every function that is computed here. Not among them, and therefore unknown where they are called:
 * those that depend on time or chance (`timestamp`, `uuid`, `bcrypt`), that need a provider, and those
 * that run a regular expression of the author's (`regex`, `regexall`, `replace` with `/…/`), because
 * foreign patterns never reach the built-in engine.
 */
const FUNCTIONS: ReadonlyMap<string, TerraformFunction> = new Map(
  [
    STRING_FUNCTIONS,
    NUMBER_FUNCTIONS,
    COLLECTION_FUNCTIONS,
    TYPE_FUNCTIONS,
    ENCODING_FUNCTIONS,
    NETWORK_FUNCTIONS,
    FILE_FUNCTIONS,
    DATE_FUNCTIONS,
  ].flatMap((family) => Object.entries(family)),
);

/** The names of the functions that are computed. */
export const FUNCTION_NAMES: readonly string[] = [...FUNCTIONS.keys()].sort();

/** Calls a function; what it refuses and what is not computed here gives an unknown value. */
export function callFunction(name: string, values: readonly Value[], call: CallContext): Value {
  const implementation = FUNCTIONS.get(name.replace(/^core::/, ''));
  if (!implementation) return undecidedAt(call.span, 'function');
  return overChoices(values, call.span, (chosen) => {
    try {
      return implementation(chosen, call);
    } catch (error) {
      if (error instanceof RefusedArguments) return undecidedAt(call.span, 'invalid');
      throw error;
    }
  });
}
