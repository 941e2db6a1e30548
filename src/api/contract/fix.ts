import { z } from 'zod';
import { BandSchema, list, PlacedSafeguardSchema, PlaceSchema, StateSchema, TextSchema } from './common.ts';

/** What comes of a safeguard at a place; `edit` stands in the diff, `migration` is never edited but has a runbook. */
export const OutcomeSchema = z.enum(['edit', 'migration', 'needs', 'refused', 'by-hand', 'undecided']);

const answer = z.string().min(1).max(320);
/** What no file tells, as the options of `honmaru fix`: `needs` of a change says which are asked for. */
export const FixAnswersSchema = z.strictObject({
  domain: answer.optional(),
  hostedZone: answer.optional(),
  email: answer.optional(),
  /** Other values by their name (`--set NAME=VALUE`). */
  values: z
    .array(z.strictObject({ name: z.string().min(1).max(100), value: z.string().max(2_000) }))
    .max(20)
    .default([])
    .readonly(),
  /** Safeguards whose cost is accepted by name (`--accept-cost`). */
  acceptCost: z.array(z.string().max(100)).max(20).default([]).readonly(),
});
export const FixBody = z.strictObject({
  safeguard: z.string().max(100),
  place: z.string().max(2_000),
  answers: FixAnswersSchema.optional(),
});

const bandChange = z.object({
  risk: z.string(),
  title: TextSchema,
  from: BandSchema,
  to: BandSchema,
  /** What else has to be put on; empty when the change does it alone. */
  with: list(PlacedSafeguardSchema.extend({ name: TextSchema, placeName: z.string() })),
});

/** One safeguard at one place with all that is said about putting it on. */
export const FixChangeSchema = z.object({
  id: z.string(),
  safeguard: z.string(),
  name: TextSchema,
  place: z.string(),
  placeName: z.string(),
  state: StateSchema,
  outcome: OutcomeSchema,
  summary: TextSchema,
  /** What must hold before it is deployed. */
  first: list(TextSchema),
  /** What a person runs: no template can declare it. */
  commands: list(z.string()),
  /** What a deployment replaces or interrupts; `stateful`: data is lost with a replacement. */
  deploy: list(
    z.object({
      resource: z.string(),
      name: z.string(),
      property: z.string(),
      effect: z.enum(['replaced', 'interrupted']),
      why: TextSchema,
      stateful: z.boolean(),
    }),
  ),
  /** How data is moved where an edit would lose it. */
  runbook: list(z.object({ title: TextSchema, notes: list(TextSchema), commands: list(z.string()) })),
  /** Why there is no edit, or only a part of one, and where that is written. */
  reason: TextSchema.optional(),
  where: PlaceSchema.optional(),
  impact: list(bandChange),
  /** Typical US dollars a month. */
  dollars: z.number(),
  /** What the amount rests on. */
  price: z
    .object({
      low: z.number(),
      typical: z.number(),
      high: z.number(),
      assumption: TextSchema,
      verified: z.boolean(),
    })
    .optional(),
  undo: TextSchema,
});

/** What `honmaru fix --only SAFEGUARD` would do at one place. Nothing is written. */
export const FixSchema = z
  .object({
    revision: z.number(),
    changes: list(FixChangeSchema),
    files: list(
      z.object({
        path: z.string(),
        isNew: z.boolean(),
        hunks: list(z.object({ header: z.string(), lines: list(z.string()), by: list(z.string()) })),
      }),
    ),
    /** The whole as a unified diff, as `git apply` and `patch` take it; empty when no file changes. */
    diff: z.string(),
    dollars: z.number(),
    /** Region and day of the price list. */
    prices: z.object({ region: z.string(), date: z.string(), currency: z.string() }),
    bands: z.object({ before: z.record(BandSchema, z.number()), after: z.record(BandSchema, z.number()) }),
    /** Controls that fail afterwards and did not before. */
    newFailing: list(z.object({ control: z.string(), resource: z.string(), because: TextSchema })),
    /** What stays off or partial. */
    remaining: list(z.object({ id: z.string(), because: TextSchema })),
    /** The command that makes the same change in the files. */
    command: z.string(),
  })
  .meta({ id: 'Fix' });

export type Fix = z.output<typeof FixSchema>;
export type FixChange = z.output<typeof FixChangeSchema>;
