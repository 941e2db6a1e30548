import { z } from 'zod';
import {
  BandSchema,
  FactorSchema,
  LanguageSchema,
  list,
  PlaceSchema,
  StateSchema,
  TextSchema,
} from './common.ts';
import { RiskRowSchema } from './risks.ts';

const perBand = z.record(BandSchema, z.number());

/** A template that cannot be read: the last good state stays. */
export const BannerSchema = z
  .object({
    kind: z.enum(['broken', 'gone']),
    message: TextSchema,
    /** The file and line at fault. */
    place: PlaceSchema.optional(),
    /** When it was seen first, ISO 8601. */
    since: z.string(),
  })
  .meta({ id: 'Banner' });

/** What cannot wait until somebody looks at the risks: a key under live data is disabled, or will be deleted. */
export const WarningSchema = z
  .object({
    kind: z.literal('key-lost'),
    message: TextSchema,
    /** The risk that says more. */
    risk: z.string(),
  })
  .meta({ id: 'Warning' });

/** Why nothing can be encrypted or decrypted with the KMS keys of this node, and what to do. */
export const SealSchema = z
  .object({
    kind: z.enum(['sealed', 'unreachable']),
    message: TextSchema,
    /** What to type on the server. */
    command: z.string().optional(),
  })
  .meta({ id: 'Seal' });

const ChangedRiskSchema = z.object({
  id: z.string(),
  title: TextSchema,
  from: BandSchema,
  fromValue: z.number(),
  to: BandSchema,
  toValue: z.number(),
});

export const OverviewSchema = z
  .object({
    revision: z.number(),
    environment: z.object({
      name: z.string(),
      scope: z.enum(['application', 'account']),
      owner: z.string().optional(),
      alone: z.boolean(),
      resources: z.number(),
      files: list(z.string()),
    }),
    assessedAt: z.string(),
    watching: z.boolean(),
    banner: BannerSchema.optional(),
    warnings: list(WarningSchema),
    /** Risks without a decision that counts. */
    open: z.object({
      total: z.number(),
      byBand: perBand,
      byFactor: list(z.object({ factor: FactorSchema, byBand: perBand, total: z.number() })),
    }),
    /** One point per day on which something was assessed, the oldest first; counts, never sums. */
    trend: list(z.object({ day: z.string(), open: perBand })),
    /** Against the last assessment of an earlier day. */
    sinceYesterday: z
      .object({
        from: z.string(),
        appeared: list(z.object({ id: z.string(), title: TextSchema, band: BandSchema })),
        disappeared: list(z.object({ id: z.string(), title: TextSchema, band: BandSchema })),
        raised: list(ChangedRiskSchema),
        lowered: list(ChangedRiskSchema),
        failing: z.number(),
        mended: z.number(),
      })
      .optional(),
    /** Decisions that wait for me, and acceptances that lapsed. */
    waiting: list(RiskRowSchema),
    lapsed: list(RiskRowSchema),
    safeguards: z.object({
      byState: z.record(StateSchema, z.number()),
      off: list(z.object({ id: z.string(), name: TextSchema, state: StateSchema })),
    }),
    /** The lecture's list: n of 12. */
    checklist: z.object({
      on: z.number(),
      of: z.number(),
      items: list(
        z.object({
          id: z.string(),
          name: TextSchema,
          state: z.union([StateSchema, z.literal('not-judged')]),
        }),
      ),
    }),
    /** 解決までの平均時間: from the first sight of a failing finding to its mending; absent while none was mended. */
    meanTimeToClose: z.object({ hours: z.number(), of: z.number() }).optional(),
    findings: z.object({ failing: z.number(), unknown: z.number() }),
  })
  .meta({ id: 'Overview' });

export const REPORT_FORMATS = ['html', 'pdf', 'csv', 'json', 'markdown', 'sarif'] as const;
export const ReportFormatSchema = z.enum(REPORT_FORMATS);
export const ReportsSchema = z.object({
  revision: z.number(),
  assessedAt: z.string(),
  items: list(
    z.object({
      format: ReportFormatSchema,
      title: TextSchema,
      media: z.string(),
      /** False for PDF where no Chromium is installed; `note` says what to do. */
      available: z.boolean(),
      note: TextSchema.optional(),
    }),
  ),
});
export const ReportQuery = z.strictObject({ lang: LanguageSchema.default('en') });

/** What the event stream says; after each one pages ask again for what they show. */
export const EventSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('hello'),
      revision: z.number(),
      banner: BannerSchema.optional(),
      warnings: list(WarningSchema),
      seal: SealSchema.optional(),
    }),
    /** A file was saved, or a key changed its state: `revision` is new. */
    z.object({
      kind: z.literal('assessed'),
      revision: z.number(),
      changedFiles: list(z.string()),
      warnings: list(WarningSchema),
    }),
    z.object({
      kind: z.literal('decided'),
      revision: z.number(),
      risk: z.string(),
      what: z.enum([
        'proposed',
        'decided',
        'withdrawn',
        'lapsed',
        'closed',
        'reopened',
        'renamed',
        'class-changed',
      ]),
    }),
    /** A template is broken (with the banner) or is well again (without). */
    z.object({ kind: z.literal('banner'), revision: z.number(), banner: BannerSchema.optional() }),
    /** The KMS keys cannot be used (with the seal), or can again (without); `revision` is no new one. */
    z.object({ kind: z.literal('seal'), revision: z.number(), seal: SealSchema.optional() }),
    /** This session was revoked or has ended. */
    z.object({ kind: z.literal('signed-out') }),
  ])
  .meta({ id: 'Event' });

export type Overview = z.output<typeof OverviewSchema>;
export type Warning = z.output<typeof WarningSchema>;
export type Seal = z.output<typeof SealSchema>;
export type Banner = z.output<typeof BannerSchema>;
export type Reports = z.output<typeof ReportsSchema>;
export type ReportFormat = z.output<typeof ReportFormatSchema>;
export type ConsoleEvent = z.output<typeof EventSchema>;
