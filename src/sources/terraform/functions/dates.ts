import { ofStrings, RefusedArguments, type TerraformFunction } from './function.ts';

/** Terraform's functions over given dates ("Date and Time Functions"); those that ask the clock are not pure. */
export const DATE_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  timeadd: ofStrings((time = '', duration = '') =>
    new Date(instant(time) + milliseconds(duration)).toISOString().replace('.000Z', 'Z'),
  ),
  timecmp: ofStrings((a = '', b = '') => Math.sign(instant(a) - instant(b))),
};

function instant(written: string): number {
  const time = Date.parse(written);
  if (Number.isNaN(time)) throw new RefusedArguments();
  return time;
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** A duration in Go's notation, such as `-1h30m`. */
function milliseconds(written: string): number {
  const match = /^(-?)((?:\d+(?:\.\d+)?(?:ms|s|m|h))+)$/.exec(written);
  if (!match?.[2]) throw new RefusedArguments();
  let total = 0;
  for (const [, amount, unit] of match[2].matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(amount) * (UNITS.get(unit ?? '') ?? 0);
  }
  return match[1] === '-' ? -total : total;
}
