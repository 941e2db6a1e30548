import { z } from 'zod';
import {
  AssuranceSchema,
  BandSchema,
  DecisionStateSchema,
  EffectSchema,
  FactorSchema,
  IntervalSchema,
  list,
  listQuery,
  PlacedSafeguardSchema,
  PlaceSchema,
  PriceSchema,
  pageOf,
  ResponseSchema,
  StateSchema,
  TextSchema,
} from './common.ts';

const bands = z.object({ inherent: BandSchema, current: BandSchema, target: BandSchema });

/** Where a risk stands. `counts: false` with a `doubt` is a decision that does not hold. */
export const RiskStandingSchema = z
  .object({
    status: DecisionStateSchema,
    counts: z.boolean(),
    why: TextSchema.optional(),
    doubt: TextSchema.optional(),
    response: ResponseSchema.optional(),
    reason: z.string().optional(),
    /** Last day on which it holds, `YYYY-MM-DD`. */
    until: z.string().optional(),
    counterparty: z.string().optional(),
    contract: z.string().optional(),
    coverage: z.string().optional(),
    proposedBy: z.string().optional(),
    proposedAt: z.string().optional(),
    decidedBy: z.string().optional(),
    decidedAt: z.string().optional(),
    assurance: AssuranceSchema.optional(),
    /** 自己承認. */
    selfApproved: z.boolean().optional(),
  })
  .meta({ id: 'RiskStanding' });

export const RiskRowSchema = z
  .object({
    id: z.string(),
    rule: z.string(),
    number: z.number(),
    title: TextSchema,
    factor: FactorSchema,
    /** Ids and names of the assets that the event reaches. */
    assets: list(z.object({ id: z.string(), name: z.string() })),
    importance: IntervalSchema,
    likelihood: IntervalSchema,
    inherent: IntervalSchema,
    current: IntervalSchema,
    target: IntervalSchema,
    band: bands,
    response: ResponseSchema,
    price: PriceSchema.optional(),
    standing: RiskStandingSchema,
    /** Entered by hand. */
    byHand: z.boolean(),
    /** The environment has this risk no more; only its history is left. */
    gone: z.boolean(),
    /** I am the owner and a proposal of somebody else waits for me. */
    waitsForMe: z.boolean(),
  })
  .meta({ id: 'RiskRow' });

export const RISK_SORTS = [
  'current',
  'inherent',
  'target',
  'number',
  'title',
  'factor',
  'status',
  'until',
] as const;
/** Without `sort`: acceptances that lapsed first, then the highest current value. */
export const RisksQuery = listQuery(
  {
    band: BandSchema,
    factor: FactorSchema,
    status: DecisionStateSchema,
    response: ResponseSchema,
    rule: z.string().max(100),
    asset: z.string().max(2_000),
    assurance: AssuranceSchema,
    /** `3x2`: importance × likelihood, as the heat map has it. */
    cell: z.string().regex(/^[1-3]x[1-3]$/),
    waiting: z.enum(['me']),
  },
  RISK_SORTS,
);
export const RisksPage = pageOf(RiskRowSchema);

/** Likelihood × impact, 3 by 3; a risk stands at the upper ends of its intervals. */
export const HeatMapSchema = z.object({
  revision: z.number(),
  cells: list(
    z.object({
      importance: z.number(),
      likelihood: z.number(),
      value: z.number(),
      band: BandSchema,
      open: z.number(),
      decided: z.number(),
      /** The first few of them. */
      risks: list(z.string()),
    }),
  ),
});

/** One column for each state of treatment. */
export const BoardSchema = z.object({
  revision: z.number(),
  columns: list(
    z.object({
      status: DecisionStateSchema,
      total: z.number(),
      /** The first hundred; the list page filters for the rest. */
      risks: list(RiskRowSchema),
    }),
  ),
});

export const GuardSchema = z
  .object({
    safeguard: z.string(),
    name: TextSchema,
    facet: z.string().optional(),
    place: z.string(),
    placeName: z.string(),
    effect: EffectSchema,
    state: StateSchema,
    proposed: z.boolean(),
  })
  .meta({ id: 'Guard' });
export const StepSchema = z.object({
  resource: z.string(),
  name: z.string(),
  what: TextSchema,
  source: PlaceSchema.optional(),
  guards: list(GuardSchema),
});
export const NamedPlacedSchema = PlacedSafeguardSchema.extend({ name: TextSchema, placeName: z.string() });

/** A fact that shows that a risk can be closed. `says` is the sentence on it. */
export const ClosingEvidenceSchema = z.object({
  kind: z.enum(['value', 'safeguard', 'gone', 'said']),
  what: z.string(),
  state: z.string().optional(),
  says: TextSchema,
});
/** What the server found for closing a risk now. */
export const ClosingSchema = z.object({
  evidence: list(ClosingEvidenceSchema),
  /** The facts do not show it yet: what is missing. */
  notYet: TextSchema.optional(),
  /** The facts alone do not show it: the owner has to say how they know. */
  needsWord: z.boolean(),
});
export const ClassSchema = z.object({
  asset: z.string(),
  name: z.string(),
  /** Absent where nobody recorded it: it may have been anything up to 3. */
  recorded: IntervalSchema.optional(),
  current: IntervalSchema,
  /** Lowering one is for the owner to decide. */
  lowered: z.boolean(),
});

export const RiskSchema = RiskRowSchema.extend({
  revision: z.number(),
  statement: z.object({ cause: TextSchema, event: TextSchema, effect: TextSchema }),
  threat: z.object({ value: IntervalSchema, reason: TextSchema }),
  reached: list(
    z.object({ id: z.string(), name: z.string(), importance: IntervalSchema, assumed: z.boolean() }),
  ),
  /** The path that gives the current score. */
  path: list(StepSchema),
  paths: list(z.object({ decided: z.boolean(), undecided: list(z.string()), steps: list(StepSchema) })),
  cut: list(GuardSchema),
  seenBy: list(GuardSchema),
  limits: list(GuardSchema),
  /** The smallest sets that bring it into a lower band. */
  lowering: list(list(NamedPlacedSchema)),
  proposal: z.object({
    response: ResponseSchema,
    reason: TextSchema,
    price: PriceSchema.optional(),
    safeguards: list(NamedPlacedSchema),
  }),
  evidence: list(
    z.object({
      kind: z.enum(['finding', 'safeguard', 'fact']),
      id: z.string(),
      because: TextSchema,
      source: PlaceSchema.optional(),
    }),
  ),
  /** SHA-256 of the canonical bytes of exactly what is shown; a decision names it. */
  shown: z.object({ hash: z.string(), fingerprint: z.string() }),
  owner: z.string().optional(),
  /** Why I cannot decide, when I cannot. */
  cannotDecide: TextSchema.optional(),
  cannotPropose: TextSchema.optional(),
  /** The open proposal may be taken back by whoever made it. */
  cannotWithdraw: TextSchema.optional(),
  cannotReopen: TextSchema.optional(),
  /** Why I cannot close it, when I cannot. */
  cannotClose: TextSchema.optional(),
  closing: ClosingSchema,
  /** Of each asset that it reaches, its first name: what was last recorded of its class, and what it is now. */
  classes: list(ClassSchema),
  cannotChangeClass: TextSchema.optional(),
}).meta({ id: 'Risk' });

/** One entry of a history. */
export const EntrySchema = z
  .object({
    sequence: z.number(),
    kind: z.enum([
      'proposed',
      'decided',
      'withdrawn',
      'lapsed',
      'closed',
      'reopened',
      'renamed',
      'class-changed',
    ]),
    at: z.string(),
    by: z.string(),
    /** A sentence on what happened. */
    says: TextSchema,
    hash: z.string(),
    previous: z.string().nullable(),
    approved: z.boolean().optional(),
    selfApproved: z.boolean().optional(),
    response: ResponseSchema.optional(),
    reason: z.string().optional(),
    until: z.string().optional(),
    assurance: AssuranceSchema.optional(),
    confirmation: z.enum(['password', 'totp']).optional(),
    /** With what it was signed. */
    signedWith: z.enum(['passkey', 'ssh-key']).optional(),
    doubt: TextSchema.optional(),
    /** Of a closing. */
    evidence: list(ClosingEvidenceSchema).optional(),
    shown: z.object({ hash: z.string(), fingerprint: z.string() }),
  })
  .meta({ id: 'Entry' });
export const HistorySchema = z.object({
  revision: z.number(),
  risk: z.string(),
  /** Whether every hash, link and signature of the chain was checked and fits. */
  intact: z.boolean(),
  problems: list(TextSchema),
  entries: list(EntrySchema),
});

const reason = z.string().min(1).max(4_000);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const part = z.string().min(1).max(1_000);
export const TreatmentSchema = z.strictObject({
  response: ResponseSchema,
  reason,
  /** Last day; an acceptance always has one. */
  until: day.optional(),
  counterparty: part.optional(),
  contract: part.optional(),
  coverage: part.optional(),
});
/** `shown`: the hash of what the person saw; other facts are refused with 409. */
export const ProposeBody = z.strictObject({ treatment: TreatmentSchema, shown: z.string().length(64) });
export const BulkProposeBody = z.strictObject({
  risks: z
    .array(z.strictObject({ id: z.string().max(200), shown: z.string().length(64).optional() }))
    .min(1)
    .max(200)
    .readonly(),
  treatment: TreatmentSchema,
});
export const BulkAnswer = z.object({
  proposed: list(z.string()),
  refused: list(z.object({ risk: z.string(), code: z.string(), message: TextSchema })),
});

/** The start of a decision: what will be signed. */
export const DecisionStartBody = z.strictObject({
  approved: z.boolean(),
  shown: z.string().length(64),
});
export const DecisionStart = z.object({
  /** Names the prepared decision; single use, five minutes. */
  ticket: z.string(),
  /** SHA-256 of the bytes that are signed. */
  hash: z.string(),
  /** The bytes themselves, for those who check. */
  canonical: z.string(),
  methods: list(z.enum(['totp', 'passkey'])),
  /** Options for the passkey: its challenge holds the hash. */
  passkey: z.record(z.string(), z.unknown()).optional(),
});
export const DecideBody = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('passkey'),
    ticket: z.string().max(200),
    response: z
      .object({ id: z.string().max(2_000), rawId: z.string().max(2_000), type: z.literal('public-key') })
      .catchall(z.unknown()),
  }),
  z.strictObject({
    method: z.literal('totp'),
    ticket: z.string().max(200),
    code: z.string().regex(/^\d{6}$/),
  }),
]);
export const ReasonBody = z.strictObject({ reason });
export const StandingAnswer = z.object({ revision: z.number(), standing: RiskStandingSchema });

export const OwnRiskBody = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  title: z.string().min(1).max(200),
  factor: FactorSchema,
  cause: z.string().min(1).max(1_000),
  event: z.string().min(1).max(1_000),
  effect: z.string().min(1).max(1_000),
  assets: z.array(z.string().min(1).max(500)).min(1).max(50).readonly(),
  threat: z.number().int().min(1).max(3).optional(),
});

export type RiskStanding = z.output<typeof RiskStandingSchema>;
export type RiskRow = z.output<typeof RiskRowSchema>;
export type RiskDetail = z.output<typeof RiskSchema>;
export type RiskGuard = z.output<typeof GuardSchema>;
export type RiskStep = z.output<typeof StepSchema>;
export type HeatMap = z.output<typeof HeatMapSchema>;
export type Board = z.output<typeof BoardSchema>;
export type HistoryEntry = z.output<typeof EntrySchema>;
export type History = z.output<typeof HistorySchema>;
export type ClosingEvidenceRow = z.output<typeof ClosingEvidenceSchema>;
export type Closing = z.output<typeof ClosingSchema>;
export type AssetClass = z.output<typeof ClassSchema>;
export type Treatment = z.output<typeof TreatmentSchema>;
