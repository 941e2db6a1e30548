import {
  items,
  number,
  ofNumbers,
  pure,
  RefusedArguments,
  type TerraformFunction,
  text,
} from './function.ts';

/** Terraform's numeric functions ("Numeric Functions" in its language documentation), with `sum`. */
export const NUMBER_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  abs: ofNumbers((value = Number.NaN) => Math.abs(value)),
  ceil: ofNumbers((value = Number.NaN) => Math.ceil(value)),
  floor: ofNumbers((value = Number.NaN) => Math.floor(value)),
  log: ofNumbers((value = Number.NaN, base = Number.NaN) => Math.log(value) / Math.log(base)),
  max: ofNumbers((...values) => Math.max(...values)),
  min: ofNumbers((...values) => Math.min(...values)),
  parseint: pure((value, base) => {
    const digits = text(value).toLowerCase();
    const radix = number(base);
    const parsed = Number.parseInt(digits, radix);
    if (!Number.isInteger(parsed) || parsed.toString(radix) !== digits.replace(/^0+(?=.)/, '')) {
      throw new RefusedArguments();
    }
    return parsed;
  }),
  pow: ofNumbers((value = Number.NaN, power = Number.NaN) => value ** power),
  signum: ofNumbers((value = Number.NaN) => Math.sign(value)),
  sum: pure((values) => items(values).reduce<number>((total, each) => total + number(each), 0)),
};
