/** What a service's model says of values beyond their types. Facts of AWS's service models, generated. */
export interface ConstraintTable {
  /** Shape name to its bounds: characters of a string, items of a list, value of a number. */
  readonly shapes: Readonly<Record<string, Bounds>>;
  /** Shape name to the values that it may have. */
  readonly enums: Readonly<Record<string, readonly string[]>>;
  /** List shape to the constrained shape of its items. */
  readonly lists: Readonly<Record<string, string>>;
  /** Structure to member to constrained shape; of maps the members are `key` and `value`. */
  readonly members: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** A regular expression that the whole value has to match. */
  readonly pattern?: string;
  /** A number that may have a fraction; any other one is an integer. */
  readonly fractions?: true;
}

export const NO_CONSTRAINTS: ConstraintTable = { shapes: {}, enums: {}, lists: {}, members: {} };
