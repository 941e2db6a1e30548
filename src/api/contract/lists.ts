import { z } from 'zod';
import {
  BandSchema,
  BasisSchema,
  EffectSchema,
  FactorSchema,
  FindingStatusSchema,
  IntervalSchema,
  list,
  listQuery,
  PlaceSchema,
  PriceSchema,
  pageOf,
  ResourceRefSchema,
  SeveritySchema,
  StateSchema,
  TextSchema,
} from './common.ts';

/** One line of the asset inventory (情報資産管理台帳). */
export const AssetRowSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    kind: z.string(),
    confidentiality: IntervalSchema,
    integrity: IntervalSchema,
    availability: IntervalSchema,
    importance: IntervalSchema,
    /** A class is a guess to confirm (仮定). */
    assumed: z.boolean(),
    manager: z.string().optional(),
    holds: z.string().optional(),
    owner: z.string().optional(),
    location: z.string().optional(),
    reachedFrom: TextSchema,
    byHand: z.boolean(),
    /** How many open risks reach it, and the highest band among them. */
    risks: z.number(),
    band: BandSchema.optional(),
    source: PlaceSchema.optional(),
  })
  .meta({ id: 'AssetRow' });
export const AssetsQuery = listQuery(
  {
    kind: z.string().max(50),
    type: z.string().max(200),
    importance: z.enum(['1', '2', '3']),
    manager: z.string().max(200),
    assumed: z.enum(['true', 'false']),
    origin: z.enum(['by-hand', 'found']),
  },
  ['name', 'kind', 'importance', 'manager', 'risks'],
);
export const AssetsPage = pageOf(AssetRowSchema);

/** An asset with who can reach it: principals by the policies, network sources with their paths. */
export const AssetSchema = AssetRowSchema.extend({
  revision: z.number(),
  principals: list(
    z.object({
      /** The id of a role or user, or `*` for anybody. */
      id: z.string(),
      name: z.string(),
      may: TextSchema,
      decided: z.boolean(),
    }),
  ),
  network: list(z.object({ decided: z.boolean(), through: list(ResourceRefSchema) })),
  reachedBy: list(z.object({ id: z.string(), title: TextSchema, band: BandSchema })),
}).meta({ id: 'Asset' });

const importance = z.number().int().min(1).max(3).optional();
const words = z.string().min(1).max(1_000).optional();
export const OwnAssetBody = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  name: z.string().min(1).max(200),
  kind: z.enum(['pc', 'mobile', 'paper', 'media', 'office', 'partner', 'service', 'other']),
  confidentiality: importance,
  integrity: importance,
  availability: importance,
  holds: words,
  location: words,
  manager: words,
  owner: words,
  reachedBy: words,
});

export const FindingRowSchema = z
  .object({
    id: z.string(),
    control: z.string(),
    title: TextSchema,
    status: FindingStatusSchema,
    severity: SeveritySchema,
    resource: z.string(),
    resourceName: z.string(),
    type: z.string(),
    because: TextSchema,
    undecided: list(z.string()),
    /** Other tools that say the same. */
    tools: list(z.string()),
    source: PlaceSchema.optional(),
  })
  .meta({ id: 'FindingRow' });
export const FindingsQuery = listQuery(
  {
    status: FindingStatusSchema,
    severity: SeveritySchema,
    control: z.string().max(100),
    family: z.string().max(100),
    type: z.string().max(200),
    resource: z.string().max(2_000),
    file: z.string().max(1_000),
  },
  ['severity', 'status', 'control', 'resource', 'type'],
);
export const FindingsPage = pageOf(FindingRowSchema).extend({
  /** Of all that the filter lets through. */
  counts: z.record(FindingStatusSchema, z.number()),
});

/** Resource × safeguard. */
export const MatrixQuery = listQuery(
  { safeguard: z.string().max(100), state: StateSchema, factor: FactorSchema, type: z.string().max(200) },
  ['name', 'type'],
);
export const MatrixCellSchema = z.object({ safeguard: z.string(), state: StateSchema, because: TextSchema });
export const MatrixRowSchema = z.object({
  resource: z.string(),
  name: z.string(),
  type: z.string(),
  cells: list(MatrixCellSchema),
});
export const MatrixPage = pageOf(MatrixRowSchema).extend({
  columns: list(
    z.object({
      id: z.string(),
      name: TextSchema,
      factor: FactorSchema,
      effect: EffectSchema,
      price: PriceSchema,
      state: StateSchema,
      counts: z.record(StateSchema, z.number()),
    }),
  ),
});

export const ResourceRowSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    basis: BasisSchema,
    existence: z.enum(['certain', 'maybe']),
    analysed: z.boolean(),
    failing: z.number(),
    unknown: z.number(),
    safeguardsOff: z.number(),
    risks: z.number(),
    source: PlaceSchema.optional(),
  })
  .meta({ id: 'ResourceRow' });
export const ResourcesQuery = listQuery(
  {
    type: z.string().max(200),
    basis: BasisSchema,
    existence: z.enum(['certain', 'maybe']),
    analysed: z.enum(['true', 'false']),
    file: z.string().max(1_000),
  },
  ['name', 'type', 'failing', 'risks', 'safeguardsOff'],
);
export const ResourcesPage = pageOf(ResourceRowSchema);
export const ResourceSchema = ResourceRowSchema.extend({
  revision: z.number(),
  findings: list(FindingRowSchema),
  safeguards: list(MatrixCellSchema.extend({ name: TextSchema, source: PlaceSchema.optional() })),
  risksHere: list(z.object({ id: z.string(), title: TextSchema, band: BandSchema })),
}).meta({ id: 'ResourceDetail' });

/** One thing that was not judged, not known, or assumed. */
export const CoverageFactSchema = z
  .object({
    /** `input`: could not be read; `untouched`: nothing looked at it; `unknown`: undecided; `assumption`: a guess. */
    kind: z.enum(['input', 'unsupported', 'outside', 'untouched', 'unknown', 'assumption']),
    /** A file, a service, an expression, or the property of a resource. */
    what: z.string(),
    resource: z.string().optional(),
    name: z.string().optional(),
    type: z.string().optional(),
    reason: TextSchema,
    remedy: TextSchema.optional(),
    source: PlaceSchema.optional(),
  })
  .meta({ id: 'CoverageFact' });
/** Without `sort`: what could not be read first. */
export const CoverageFactsQuery = listQuery(
  {
    kind: CoverageFactSchema.shape.kind,
    type: z.string().max(200),
    resource: z.string().max(2_000),
    file: z.string().max(1_000),
  },
  ['kind', 'what', 'name', 'type'],
);
export const CoverageFactsPage = pageOf(CoverageFactSchema).extend({
  /** Of all that the filter lets through. */
  counts: z.record(CoverageFactSchema.shape.kind, z.number()),
});

/** What was not judged and why: the first of each list; `GET /api/coverage/facts` has all of it page by page. */
export const CoverageSchema = z
  .object({
    revision: z.number(),
    resources: z.number(),
    analysed: z.number(),
    notAnalysed: list(
      z.object({
        kind: z.enum(['input', 'unsupported', 'outside']),
        what: z.string(),
        reason: TextSchema,
        remedy: TextSchema.optional(),
        source: PlaceSchema.optional(),
      }),
    ),
    /** Resources that no control, safeguard or rule looked at, by type. */
    untouched: list(z.object({ type: z.string(), count: z.number(), examples: list(z.string()) })),
    unknowns: list(
      z.object({
        resource: z.string(),
        name: z.string(),
        property: z.string(),
        expression: z.string(),
        why: TextSchema,
        source: PlaceSchema.optional(),
      }),
    ),
    assumptions: list(z.object({ id: z.string(), name: z.string(), importance: IntervalSchema })),
  })
  .meta({ id: 'Coverage' });

export type AssetRow = z.output<typeof AssetRowSchema>;
export type AssetDetail = z.output<typeof AssetSchema>;
export type FindingRow = z.output<typeof FindingRowSchema>;
export type MatrixRow = z.output<typeof MatrixRowSchema>;
export type ResourceRow = z.output<typeof ResourceRowSchema>;
export type ResourceDetail = z.output<typeof ResourceSchema>;
export type Coverage = z.output<typeof CoverageSchema>;
export type CoverageFact = z.output<typeof CoverageFactSchema>;
