import { z } from 'zod';
import {
  BandSchema,
  BasisSchema,
  EffectSchema,
  FactorSchema,
  IntervalSchema,
  LanguageSchema,
  list,
  PlacedSafeguardSchema,
  PlaceSchema,
  PriceSchema,
  ResourceRefSchema,
  StateSchema,
  TextSchema,
} from './common.ts';

const rectangle = { x: z.number(), y: z.number(), width: z.number(), height: z.number() };

/** One line of text and the room that it takes; positions are absolute, in pixels. */
export const MapLabelSchema = z.object({
  ...rectangle,
  text: z.string(),
  style: z.enum(['title', 'kind', 'note']),
  size: z.number(),
});

/** A safeguard as it is drawn where it attaches; the state is told by its shape and by the text in `lines`. */
export const MapBadgeSchema = z.object({
  ...rectangle,
  safeguard: z.string(),
  /** The places that it stands for, for the panel. */
  places: list(z.string()),
  state: StateSchema,
  lines: list(MapLabelSchema),
});

export interface MapBoxShape {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly key: string;
  readonly kind:
    | 'internet'
    | 'account'
    | 'region'
    | 'vpc'
    | 'subnet'
    | 'zone'
    | 'tier'
    | 'group'
    | 'resource'
    | 'gate'
    | 'ghost';
  readonly resources: readonly string[];
  /** The type of the resources, for the picture. */
  readonly type?: string | undefined;
  readonly labels: readonly z.output<typeof MapLabelSchema>[];
  readonly badges: readonly z.output<typeof MapBadgeSchema>[];
  readonly children: readonly MapBoxShape[];
  readonly tone?: 'public' | 'private' | 'undecided' | undefined;
  readonly hint?: string | undefined;
}

/** A rectangle with its labels, badges and what lies in it. `gate`: the safeguards on the edge before a resource. */
export const MapBoxSchema: z.ZodType<MapBoxShape> = z
  .lazy(() =>
    z.object({
      ...rectangle,
      key: z.string(),
      kind: z.enum([
        'internet',
        'account',
        'region',
        'vpc',
        'subnet',
        'zone',
        'tier',
        'group',
        'resource',
        'gate',
        'ghost',
      ]),
      /** None for structure, several where a box stands for many of one type. */
      resources: list(z.string()),
      type: z.string().optional(),
      labels: list(MapLabelSchema),
      badges: list(MapBadgeSchema),
      children: list(MapBoxSchema),
      tone: z.enum(['public', 'private', 'undecided']).optional(),
      hint: z.string().optional(),
    }),
  )
  .meta({ id: 'MapBox' });

/** A way that requests or attackers take, as a line of horizontal and vertical pieces. */
export const MapFlowSchema = z.object({
  from: z.string(),
  to: z.string(),
  decided: z.boolean(),
  points: list(z.object({ x: z.number(), y: z.number() })),
});

export const MapQuery = z.strictObject({ lang: LanguageSchema.default('en') });

/** The whole picture. The server lays it out, checks the geometry and keeps it for each state and language. */
export const MapSchema = z
  .object({
    revision: z.number(),
    width: z.number(),
    height: z.number(),
    boxes: list(MapBoxSchema),
    flows: list(MapFlowSchema),
    offMap: list(ResourceRefSchema.extend({ reason: TextSchema })),
    /** What the geometry check complains about: empty. */
    problems: list(z.object({ box: z.string(), problem: z.string() })),
    /** How to colour and word the states. */
    legend: list(z.object({ state: StateSchema, words: TextSchema, mark: z.string() })),
    safeguards: list(
      z.object({
        id: z.string(),
        name: TextSchema,
        factor: FactorSchema,
        effect: EffectSchema,
        price: PriceSchema,
        state: StateSchema,
        places: z.number(),
      }),
    ),
  })
  .meta({ id: 'Map' });

/** A risk whose band a safeguard at a place changes, alone or together with others. */
export const ChangedByPlaceSchema = z.object({
  risk: z.string(),
  title: TextSchema,
  from: BandSchema,
  /** The band with the whole set on; where the safeguard is on already, the band without it. */
  to: BandSchema,
  /** What else has to be put on: empty when it does it alone. */
  together: list(PlacedSafeguardSchema.extend({ name: TextSchema, placeName: z.string() })),
});

/** One piece of a patch: where it goes, and what is written there (lines keep their columns). */
export const PatchPartSchema = z.object({
  where: TextSchema.optional(),
  format: z.enum(['cloudformation', 'terraform', 'command']),
  code: z.string(),
});
export const PatchSchema = z.object({
  summary: TextSchema,
  /** What the author must supply or decide first. */
  needs: list(TextSchema),
  parts: list(PatchPartSchema),
});

export const PanelQuery = z.strictObject({
  safeguard: z.string().max(100),
  place: z.string().max(2_000),
});

/** Everything about a safeguard at one place. */
export const PanelSchema = z
  .object({
    revision: z.number(),
    safeguard: z.string(),
    name: TextSchema,
    place: ResourceRefSchema,
    state: StateSchema,
    because: TextSchema,
    basis: BasisSchema,
    asOf: z.string(),
    source: PlaceSchema.optional(),
    undecided: list(z.string()),
    facets: list(z.object({ id: z.string(), name: TextSchema, state: StateSchema, because: TextSchema })),
    factor: FactorSchema,
    effect: EffectSchema,
    price: PriceSchema,
    stops: TextSchema,
    doesNotStop: TextSchema,
    confusedWith: TextSchema.optional(),
    risks: list(ChangedByPlaceSchema),
    patch: PatchSchema.optional(),
    /** For `what-if`: with and without it. */
    switchable: z.boolean(),
  })
  .meta({ id: 'Panel' });

/** One switch of a what-if: a safeguard (or one facet) at a place is taken as on or off. */
export const SwitchSchema = z.strictObject({
  safeguard: z.string().max(100),
  place: z.string().max(2_000),
  facet: z.string().max(100).optional(),
  state: z.enum(['on', 'off']),
});
export const WhatIfBody = z.strictObject({ switches: z.array(SwitchSchema).min(1).max(50).readonly() });

const level = z.object({ current: IntervalSchema, band: BandSchema });
export const WhatIfSchema = z
  .object({
    revision: z.number(),
    /** 「モデル上の段階。確率ではない」 / "a level in the model, not a probability". */
    marking: TextSchema,
    risks: list(
      z.object({
        risk: z.string(),
        title: TextSchema,
        factor: FactorSchema,
        before: level,
        after: level,
        /** What blocks or hinders on the deciding path after the switch. */
        cut: list(PlacedSafeguardSchema.extend({ name: TextSchema, placeName: z.string() })),
        /** How many paths have neither block nor hinder, before and after. */
        openPaths: z.object({ before: z.number(), after: z.number() }),
      }),
    ),
    counts: z.object({
      before: z.record(BandSchema, z.number()),
      after: z.record(BandSchema, z.number()),
    }),
  })
  .meta({ id: 'WhatIf' });

/** `blocks` 止める, `hinders` 妨げる, `sees` 見つけるだけ, `unknown` 不明, `nothing`: off. */
export const VerdictSchema = z.enum(['blocks', 'hinders', 'limits', 'sees', 'unknown', 'nothing']);

export const AttackHopSchema = z.object({
  /** A resource id, or `internet`. */
  resource: z.string(),
  name: z.string(),
  /** The key of the box that lights up; absent when the place is not on the map. */
  box: z.string().optional(),
  what: TextSchema,
  source: PlaceSchema.optional(),
  guards: list(
    z.object({
      safeguard: z.string(),
      name: TextSchema,
      facet: z.string().optional(),
      place: z.string(),
      state: StateSchema,
      verdict: VerdictSchema,
      why: TextSchema,
      source: PlaceSchema.optional(),
    }),
  ),
});

/** A way that can be played over the map, hop by hop. */
export const AttackSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['injection', 'stolen-credentials', 'flood', 'unpatched', 'other']),
    title: TextSchema,
    risk: z.string(),
    decided: z.boolean(),
    /** Why the event is as likely as it is taken to be, an assumed flaw of the application included. */
    likelihood: TextSchema.optional(),
    hops: list(AttackHopSchema),
    /** How it ends: the first hop where something blocks, or the last. */
    endsAt: z.number(),
    outcome: z.enum(['reaches', 'hindered', 'blocked', 'undecided']),
    seenBy: list(
      z.object({ safeguard: z.string(), name: TextSchema, place: z.string(), state: StateSchema }),
    ),
    current: IntervalSchema,
    band: BandSchema,
  })
  .meta({ id: 'Attack' });
export const AttacksSchema = z.object({ revision: z.number(), items: list(AttackSchema) });

export type EnvironmentMap = z.output<typeof MapSchema>;
export type MapBox = z.output<typeof MapBoxSchema>;
export type MapBadge = z.output<typeof MapBadgeSchema>;
export type MapLabel = z.output<typeof MapLabelSchema>;
export type MapFlow = z.output<typeof MapFlowSchema>;
export type Panel = z.output<typeof PanelSchema>;
export type Patch = z.output<typeof PatchSchema>;
export type Switch = z.output<typeof SwitchSchema>;
export type WhatIf = z.output<typeof WhatIfSchema>;
export type Attack = z.output<typeof AttackSchema>;
export type AttackHop = z.output<typeof AttackHopSchema>;
