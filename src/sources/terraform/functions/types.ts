import { booleanFrom, known, numberFrom, stringFrom, type Value } from '../../../model/value.ts';
import { distinctValues, listAt, notDecided, RefusedArguments, type TerraformFunction } from './function.ts';

/** Terraform's type conversions ("Type Conversion Functions" in its language documentation). */
export const TYPE_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  nonsensitive: ([value], call) => value ?? notDecided(call),
  sensitive: ([value], call) => value ?? notDecided(call),
  ephemeralasnull: (_, call) => known(null, call.span),
  tobool: converting(booleanFrom),
  tonumber: converting(numberFrom),
  tostring: converting(stringFrom),
  tolist: ([value], call) => asList(value) ?? notDecided(call),
  toset: ([value], call) => {
    const all = asList(value);
    return all?.kind === 'list' ? listAt(sorted(distinctValues(all.items)), call) : notDecided(call);
  },
  tomap: ([value], call) => value ?? notDecided(call),
  map: (_, call) => notDecided(call),
};

function converting(convert: (value: Value) => string | number | boolean | undefined): TerraformFunction {
  return ([value], call) => {
    if (!value || value.kind === 'unknown' || (value.kind === 'known' && value.value === null)) {
      return value ?? notDecided(call);
    }
    const converted = convert(value);
    if (converted === undefined) throw new RefusedArguments();
    return known(converted, call.span);
  };
}

function asList(value: Value | undefined): Value | undefined {
  if (value?.kind === 'list') return value;
  if (value?.kind === 'known' && value.value !== null) throw new RefusedArguments();
  return undefined;
}

/** Sets of strings are ordered by their text. */
function sorted(values: readonly Value[]): readonly Value[] {
  const keys = values.map(stringFrom);
  if (keys.some((key) => key === undefined)) return values;
  return values.toSorted((a, b) => ((stringFrom(a) ?? '') < (stringFrom(b) ?? '') ? -1 : 1));
}
