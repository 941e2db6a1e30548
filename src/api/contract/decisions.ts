import { z } from 'zod';
import { AssuranceSchema, list, listQuery, pageOf, TextSchema } from './common.ts';
import { EntrySchema } from './risks.ts';

const reason = z.string().min(1).max(4_000);
const shown = z.string().length(64);

/** Takes back an open proposal; whoever proposed it may. */
export const WithdrawBody = z.strictObject({ reason, shown: shown.optional() });

/**
 * The start of a closing. `evidence` is what the owner knows beside what the server found; `reason` is made from the
 * evidence when it is left out.
 */
export const ClosingStartBody = z.strictObject({
  reason: reason.optional(),
  evidence: z.array(z.string().min(1).max(1_000)).max(20).default([]).readonly(),
  shown,
});

/** The start of the record that the class of an asset changed; `asset` as `classes` of the risk names it. */
export const ClassStartBody = z.strictObject({ asset: z.string().min(1).max(2_000), reason, shown });

/** What a review recorded: decisions that lapsed, closed risks that are back, resources with another name. */
export const ReviewAnswer = z.object({
  revision: z.number(),
  recorded: list(z.object({ risk: z.string(), title: TextSchema, says: TextSchema })),
});

/** One entry of any history, with the risk that it is about. */
export const DecisionRowSchema = EntrySchema.extend({
  risk: z.string(),
  title: TextSchema,
  /** The environment has this risk no more. */
  gone: z.boolean(),
}).meta({ id: 'DecisionRow' });

/** Without `sort`: the newest first. */
export const DecisionsQuery = listQuery(
  {
    kind: EntrySchema.shape.kind,
    risk: z.string().max(200),
    by: z.string().max(200),
    assurance: AssuranceSchema,
  },
  ['at', 'kind', 'by', 'title'],
);
export const DecisionsPage = pageOf(DecisionRowSchema);

/** `anchor`: heads that were kept elsewhere (`GET /api/decisions/anchor` of an earlier day), to show a history that was cut. */
export const VerifyBody = z.strictObject({ anchor: z.string().min(1).max(200_000).optional() });
export const VerificationSchema = z.object({
  revision: z.number(),
  /** Histories of which every hash and link fits. */
  whole: z.number(),
  /** What is wrong; empty when nothing is. */
  problems: list(TextSchema),
  inForce: z.object({ signed: z.number(), confirmed: z.number(), unsigned: z.number() }),
});

export type DecisionRow = z.output<typeof DecisionRowSchema>;
export type Verification = z.output<typeof VerificationSchema>;
