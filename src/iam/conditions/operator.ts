/** How the values of a condition are compared. */
export type Comparison =
  | { readonly family: 'string'; readonly ignoreCase: boolean; readonly wildcards: boolean }
  | { readonly family: 'numeric'; readonly order: Order }
  | { readonly family: 'date'; readonly order: Order }
  | { readonly family: 'bool' | 'binary' | 'ip' | 'arn' | 'null' };

export type Order = 'equal' | 'less' | 'less-or-equal' | 'greater' | 'greater-or-equal';

export type SetQualifier = 'ForAllValues' | 'ForAnyValue';

/** A condition operator with everything that its name says. */
export interface ConditionOperator {
  readonly name: string;
  readonly qualifier: SetQualifier | undefined;
  readonly ifExists: boolean;
  readonly negated: boolean;
  readonly comparison: Comparison;
}

interface Base {
  readonly negated: boolean;
  readonly comparison: Comparison;
}

/** The 28 operators of "IAM JSON policy elements: Condition operators", by name in lower case. */
const BASES: ReadonlyMap<string, Base> = new Map<string, Base>([
  ...both('String', 'Equals', { family: 'string', ignoreCase: false, wildcards: false }),
  ...both('String', 'EqualsIgnoreCase', { family: 'string', ignoreCase: true, wildcards: false }),
  ...both('String', 'Like', { family: 'string', ignoreCase: false, wildcards: true }),
  ...ordered('Numeric', 'numeric'),
  ...ordered('Date', 'date'),
  ['bool', { negated: false, comparison: { family: 'bool' } }],
  ['binaryequals', { negated: false, comparison: { family: 'binary' } }],
  ['ipaddress', { negated: false, comparison: { family: 'ip' } }],
  ['notipaddress', { negated: true, comparison: { family: 'ip' } }],
  ...both('Arn', 'Equals', { family: 'arn' }),
  ...both('Arn', 'Like', { family: 'arn' }),
  ['null', { negated: false, comparison: { family: 'null' } }],
]);

/** Number of operators without qualifiers and suffixes. */
export const OPERATOR_COUNT = BASES.size;

function both(family: string, name: string, comparison: Comparison): [string, Base][] {
  return [
    [`${family}${name}`.toLowerCase(), { negated: false, comparison }],
    [`${family}Not${name}`.toLowerCase(), { negated: true, comparison }],
  ];
}

function ordered(prefix: string, family: 'numeric' | 'date'): [string, Base][] {
  return [
    ...both(prefix, 'Equals', { family, order: 'equal' }),
    ...orderedOnly(prefix, 'LessThan', { family, order: 'less' }),
    ...orderedOnly(prefix, 'LessThanEquals', { family, order: 'less-or-equal' }),
    ...orderedOnly(prefix, 'GreaterThan', { family, order: 'greater' }),
    ...orderedOnly(prefix, 'GreaterThanEquals', { family, order: 'greater-or-equal' }),
  ];
}

function orderedOnly(prefix: string, name: string, comparison: Comparison): [string, Base][] {
  return [[`${prefix}${name}`.toLowerCase(), { negated: false, comparison }]];
}

/**
 * Reads an operator name with its set qualifier and `IfExists`; undefined for a name that IAM does not
 * know. `Null` takes no `IfExists`.
 */
export function parseOperator(name: string): ConditionOperator | undefined {
  let rest = name.toLowerCase();
  let qualifier: SetQualifier | undefined;
  if (rest.startsWith('forallvalues:')) qualifier = 'ForAllValues';
  else if (rest.startsWith('foranyvalue:')) qualifier = 'ForAnyValue';
  if (qualifier !== undefined) rest = rest.slice(qualifier.length + 1);
  const ifExists = rest.endsWith('ifexists');
  if (ifExists) rest = rest.slice(0, -'ifexists'.length);
  const base = BASES.get(rest);
  if (base === undefined || (ifExists && base.comparison.family === 'null')) return undefined;
  return { name, qualifier, ifExists, negated: base.negated, comparison: base.comparison };
}
