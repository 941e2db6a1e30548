import { z } from 'zod';

/** A list that nobody changes. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).readonly();
}

/** A text in both languages; the console shows the one that was chosen. */
export const TextSchema = z.object({ en: z.string(), ja: z.string() }).meta({ id: 'Text' });

/** Where a fact is written: line and column count from 1. */
export const PlaceSchema = z
  .object({ file: z.string(), line: z.number(), column: z.number() })
  .meta({ id: 'Place' });

export const IntervalSchema = z.object({ low: z.number(), high: z.number() }).meta({ id: 'Interval' });

export const LanguageSchema = z.enum(['en', 'ja']);
export const BandSchema = z.enum(['low', 'medium', 'high']);
export const FactorSchema = z.enum(['vulnerability', 'credential-leak', 'overload', 'human-error']);
export const EffectSchema = z.enum(['block', 'hinder', 'detect', 'limit']);
export const StateSchema = z.enum(['on', 'partial', 'off', 'unknown', 'not-applicable']);
export const BasisSchema = z.enum(['template', 'plan', 'state', 'live', 'declared']);
export const ResponseSchema = z.enum(['accept', 'reduce', 'transfer', 'avoid']);
export const SeveritySchema = z.enum(['critical', 'high', 'medium', 'low', 'informational']);
export const FindingStatusSchema = z.enum(['PASS', 'FAIL', 'UNKNOWN', 'NOT_APPLICABLE']);
export const PriceSchema = z.enum([
  'free',
  'a-few-dollars',
  'tens-of-dollars',
  'hundreds-of-dollars',
  'thousands-of-dollars',
]);
export const DecisionStateSchema = z.enum([
  'undecided',
  'proposed',
  'rejected',
  'accepted',
  'reducing',
  'transferred',
  'avoided',
  'lapsed',
  'closed',
]);

/** `signed` with a passkey or SSH key; `confirmed`: by password and code, not signed; `unsigned`: a typed name. */
export const AssuranceSchema = z.enum(['signed', 'confirmed', 'unsigned']);

/** A resource as other answers name it. */
export const ResourceRefSchema = z
  .object({ id: z.string(), name: z.string(), type: z.string() })
  .meta({ id: 'ResourceRef' });

/** A safeguard, or one facet of it, at a place (a resource's id). */
export const PlacedSafeguardSchema = z
  .object({ id: z.string(), place: z.string(), facet: z.string().optional() })
  .meta({ id: 'PlacedSafeguard' });

/** Every failure: `code` is for programs, `message` for people; `field` names what was wrong in the request. */
export const ProblemSchema = z
  .object({
    code: z.string(),
    message: TextSchema,
    remedy: TextSchema.optional(),
    field: z.string().optional(),
    place: PlaceSchema.optional(),
  })
  .meta({ id: 'Problem' });

/** One page of a list with how many there are in all that the filter lets through. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: list(item),
    total: z.number(),
    /** From 1. */
    page: z.number(),
    pages: z.number(),
    size: z.number(),
    /** The state of the environment that was read; grows with each assessment and decision. */
    revision: z.number(),
  });
}

const several = <Value extends z.ZodType>(value: Value) =>
  z.preprocess(
    (given) => (given === undefined ? [] : Array.isArray(given) ? given : [given]),
    z.array(value).max(50).readonly(),
  );

/** A field that may be given several times: any of its values lets a row through. `.not`: none of them may. */
function filterFields<Fields extends Record<string, z.ZodType>>(fields: Fields) {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, value] of Object.entries(fields)) {
    shape[name] = several(value);
    shape[`${name}.not`] = several(value);
  }
  return shape as {
    [Name in keyof Fields]: z.ZodType<readonly z.output<Fields[Name]>[], unknown>;
  } & {
    [Name in keyof Fields as `${Name & string}.not`]: z.ZodType<readonly z.output<Fields[Name]>[], unknown>;
  };
}

/**
 * The query of a list: `page` (from 1), `size` (at most 200), `sort` with `descending=true`, `text` (words that
 * all occur), and the list's filter fields. A field that is not known is refused by name.
 */
export function listQuery<Fields extends Record<string, z.ZodType>, Sort extends string>(
  fields: Fields,
  sorts: readonly [Sort, ...Sort[]],
) {
  return z.strictObject({
    page: z.coerce.number().int().min(1).max(1_000_000).default(1),
    size: z.coerce.number().int().min(1).max(200).default(50),
    sort: z.enum(sorts).optional(),
    descending: z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(false),
    text: z.string().max(200).optional(),
    ...filterFields(fields),
  });
}

export type Text = z.output<typeof TextSchema>;
export type Place = z.output<typeof PlaceSchema>;
export type Interval = z.output<typeof IntervalSchema>;
export type Language = z.output<typeof LanguageSchema>;
export type Band = z.output<typeof BandSchema>;
export type Factor = z.output<typeof FactorSchema>;
export type Effect = z.output<typeof EffectSchema>;
export type SafeguardState = z.output<typeof StateSchema>;
export type Basis = z.output<typeof BasisSchema>;
export type Response = z.output<typeof ResponseSchema>;
export type Severity = z.output<typeof SeveritySchema>;
export type FindingStatus = z.output<typeof FindingStatusSchema>;
export type PriceClass = z.output<typeof PriceSchema>;
export type DecisionState = z.output<typeof DecisionStateSchema>;
export type Assurance = z.output<typeof AssuranceSchema>;
export type ResourceRef = z.output<typeof ResourceRefSchema>;
export type PlacedSafeguard = z.output<typeof PlacedSafeguardSchema>;
export type Problem = z.output<typeof ProblemSchema>;
