import { type Part, stringFrom } from '../../../model/value.ts';
import { type Plain, partsOf, valueFromParts } from '../evaluate/values.ts';
import {
  items,
  listItems,
  notDecided,
  number,
  ofStrings,
  pure,
  RefusedArguments,
  type TerraformFunction,
  text,
  textOf,
} from './function.ts';

const LONGEST_RESULT = 1_000_000;

/** Terraform's string functions ("String Functions" in its language documentation). */
export const STRING_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  chomp: ofStrings((value = '') => value.replace(/[\r\n]+$/, '')),
  endswith: ofStrings((value = '', suffix = '') => value.endsWith(suffix)),
  format: (values, call) => {
    const [pattern, ...rest] = values;
    const template = textOf(pattern);
    if (template === undefined) return notDecided(call);
    const parts = formatParts(
      template,
      rest.map((each) => partsOf(each) ?? shownParts(each)),
    );
    return parts ? valueFromParts(parts, 'after-deployment', call.span) : notDecided(call);
  },
  formatlist: pure((pattern, ...lists) => formatList(text(pattern), lists)),
  indent: pure((spaces, value) => text(value).replaceAll('\n', `\n${' '.repeat(bounded(number(spaces)))}`)),
  join: (values, call) => {
    const [separator, ...lists] = values;
    const between = textOf(separator);
    const all = lists.map(listItems);
    if (between === undefined || all.some((each) => !each)) return notDecided(call);
    const parts: Part[] = [];
    for (const item of all.flatMap((each) => each ?? [])) {
      const piece = partsOf(item);
      if (!piece) return notDecided(call);
      if (parts.length > 0) parts.push(between);
      parts.push(...(piece.length > 0 ? piece : ['']));
    }
    return valueFromParts(parts, 'after-deployment', call.span);
  },
  lower: ofStrings((value = '') => value.toLowerCase()),
  replace: ofStrings((value = '', wanted = '', by = '') => {
    if (wanted.length > 1 && wanted.startsWith('/') && wanted.endsWith('/')) throw new RefusedArguments();
    return value.replaceAll(wanted, () => by);
  }),
  split: ofStrings((separator = '', value = '') => value.split(separator)),
  startswith: ofStrings((value = '', prefix = '') => value.startsWith(prefix)),
  strcontains: ofStrings((value = '', part = '') => value.includes(part)),
  strrev: ofStrings((value = '') => [...value].reverse().join('')),
  substr: pure((value, offset, length) => {
    const characters = [...text(value)];
    const start = number(offset) < 0 ? Math.max(0, characters.length + number(offset)) : number(offset);
    return characters.slice(start, number(length) < 0 ? undefined : start + number(length)).join('');
  }),
  title: ofStrings((value = '') =>
    value.replace(
      /(^|[^\p{L}\p{N}_'])(\p{L})/gu,
      (_all, before: string, letter: string) => before + letter.toUpperCase(),
    ),
  ),
  trim: ofStrings((value = '', set = '') => trimSet(value, set)),
  trimprefix: ofStrings((value = '', prefix = '') =>
    prefix !== '' && value.startsWith(prefix) ? value.slice(prefix.length) : value,
  ),
  trimspace: ofStrings((value = '') => value.trim()),
  trimsuffix: ofStrings((value = '', suffix = '') =>
    suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value,
  ),
  upper: ofStrings((value = '') => value.toUpperCase()),
};

function bounded(count: number): number {
  if (count < 0 || count > LONGEST_RESULT) throw new RefusedArguments();
  return count;
}

function trimSet(value: string, set: string): string {
  const characters = [...value];
  let start = 0;
  let end = characters.length;
  while (start < end && set.includes(characters[start] ?? '')) start += 1;
  while (end > start && set.includes(characters[end - 1] ?? '')) end -= 1;
  return characters.slice(start, end).join('');
}

function shownParts(value: Parameters<typeof stringFrom>[0]): readonly Part[] {
  return [stringFrom(value) ?? 'null'];
}

const VERB = /%(?:\[(\d+)\])?([-+ 0#]*)(\d+)?(?:\.(\d+))?([%a-zA-Z])/g;

/** Fills Go's format verbs; undefined for verbs that are not known here. */
function formatParts(template: string, given: readonly (readonly Part[])[]): readonly Part[] | undefined {
  const parts: Part[] = [];
  let at = 0;
  let next = 0;
  for (const match of template.matchAll(VERB)) {
    parts.push(template.slice(at, match.index));
    at = match.index + match[0].length;
    const [, position, flags = '', width, precision, verb = ''] = match;
    if (verb === '%') {
      parts.push('%');
      continue;
    }
    const index = position === undefined ? next : Number(position) - 1;
    next = index + 1;
    const value = given[index];
    if (!value) return undefined;
    const filled = formatVerb(verb, value, { flags, width: Number(width ?? 0), precision });
    if (!filled) return undefined;
    parts.push(...filled);
  }
  parts.push(template.slice(at));
  return parts;
}

function formatVerb(
  verb: string,
  value: readonly Part[],
  layout: { flags: string; width: number; precision: string | undefined },
): readonly Part[] | undefined {
  const [only = ''] = value;
  const isText = value.length === 0 || (value.length === 1 && typeof only === 'string');
  if (!isText) return (verb === 's' || verb === 'v') && layout.width === 0 ? value : undefined;
  const shown = formatText(verb, String(only), layout.precision);
  if (shown === undefined || layout.width > LONGEST_RESULT) return undefined;
  if (layout.flags.includes('-')) return [shown.padEnd(layout.width)];
  return [shown.padStart(layout.width, layout.flags.includes('0') && verb !== 's' ? '0' : ' ')];
}

function formatText(verb: string, value: string, precision: string | undefined): string | undefined {
  switch (verb) {
    case 's':
    case 'v':
    case 't':
      return value;
    case 'q':
      return JSON.stringify(value);
    case 'd':
      return Number.isFinite(Number(value)) ? String(Math.trunc(Number(value))) : undefined;
    case 'f':
      return Number.isFinite(Number(value))
        ? Number(value).toFixed(Math.min(Number(precision ?? 6), 100))
        : undefined;
    case 'x':
      return Number.isInteger(Number(value)) ? Number(value).toString(16) : undefined;
    case 'X':
      return Number.isInteger(Number(value)) ? Number(value).toString(16).toUpperCase() : undefined;
    case 'b':
      return Number.isInteger(Number(value)) ? Number(value).toString(2) : undefined;
    default:
      return undefined;
  }
}

function formatList(pattern: string, lists: readonly Plain[]): Plain {
  const lengths = lists.filter(Array.isArray).map((each) => (each as readonly Plain[]).length);
  const length = lengths[0] ?? 0;
  if (lengths.some((each) => each !== length)) throw new RefusedArguments();
  return Array.from({ length }, (_, index) => {
    const given = lists.map((each) => [text(Array.isArray(each) ? items(each)[index] : each)]);
    const parts = formatParts(pattern, given);
    if (!parts) throw new RefusedArguments();
    return parts.join('');
  });
}
