import type { Place } from '../kernel/source-file.ts';
import type { Text } from '../kernel/texts.ts';
import type { Moved } from './moved.ts';
import type { Effect, Factor, PriceClass, SafeguardState } from './safeguard.ts';

/** A value that is known (low = high) or known to lie between two. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export type Band = 'low' | 'medium' | 'high';

/** 受容 accept, 低減 reduce, 移転 transfer, 回避 avoid. */
export type Response = 'accept' | 'reduce' | 'transfer' | 'avoid';

/** A safeguard that stands on a path, with the state that counts for the score. */
export interface Guard {
  readonly safeguard: string;
  readonly facet?: string;
  /** The id of the resource at which it attaches. */
  readonly place: string;
  readonly effect: Effect;
  readonly state: SafeguardState;
  /** Whether the proposed treatment puts it on. */
  readonly proposed: boolean;
}

/** One hop of an attack path and what stands there. */
export interface PathStep {
  /** A resource id, or `internet`. */
  readonly resource: string;
  readonly what: Text;
  readonly source?: Place;
  readonly guards: readonly Guard[];
}

/** One way to the event. `decided` is false when something undecided lies on it. */
export interface AttackPath {
  readonly decided: boolean;
  readonly steps: readonly PathStep[];
  /** The expressions that would decide it. */
  readonly undecided?: readonly string[];
}

/** All that the score is computed from; `verify-scores` needs nothing else. */
export interface Scoring {
  /** A: the highest class over the assets that the event reaches, 1 to 3. */
  readonly importance: Interval;
  /** T: how readily the threat occurs, 1 to 3. */
  readonly threat: Interval;
  readonly threatReason: Text;
  /** Guards whose effect is to limit: each one that is on lowers A by one. */
  readonly limits: readonly Guard[];
  readonly paths: readonly AttackPath[];
}

/** An asset that an event reaches, with its classes (機密性・完全性・可用性). */
export interface AssetReached {
  readonly resource: string;
  readonly importance: Interval;
  /** True when nobody declared the class and it is a guess to confirm (仮定). */
  readonly assumed: boolean;
}

export interface Proposal {
  readonly response: Response;
  readonly safeguards: readonly PlacedSafeguard[];
  readonly reason: Text;
  /** The highest price class among the proposed safeguards. */
  readonly price?: PriceClass;
}

/** A safeguard, or one facet of it, at a place. */
export interface PlacedSafeguard {
  readonly id: string;
  readonly place: string;
  readonly facet?: string;
}

/** A fact that the risk rests on. */
export interface RiskEvidence {
  /** A finding's id, or a safeguard's. */
  readonly kind: 'finding' | 'safeguard' | 'fact';
  readonly id: string;
  readonly because: Text;
  readonly source?: Place;
}

export interface Risk {
  /** Rule and sorted resources, hashed: the same between runs. */
  readonly id: string;
  readonly rule: string;
  /** The rule's number in the method's list. */
  readonly number: number;
  readonly title: Text;
  readonly statement: { readonly cause: Text; readonly event: Text; readonly effect: Text };
  readonly factor: Factor;
  readonly assets: readonly AssetReached[];
  /** The path that gives the current score, hop by hop. */
  readonly path: readonly PathStep[];
  /** What blocks or hinders on that path now: with it the path gives the current score. */
  readonly cut?: readonly Guard[];
  readonly scoring: Scoring;
  readonly inherent: Interval;
  readonly current: Interval;
  readonly target: Interval;
  readonly band: { readonly inherent: Band; readonly current: Band; readonly target: Band };
  /** Safeguards that would notice it: a second badge, never part of the score. */
  readonly seenBy: readonly Guard[];
  /** The smallest sets of safeguards at places that bring it into a lower band, the smaller ones first. Absent in older reports, as is `cut`. */
  readonly lowering?: readonly (readonly PlacedSafeguard[])[];
  readonly proposal: Proposal;
  readonly evidence: readonly RiskEvidence[];
  /** Declared renames of the resources that it speaks of; its id and fingerprint rest on the first names. */
  readonly moved?: readonly Moved[];
}
