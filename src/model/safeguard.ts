import type { Place } from '../kernel/source-file.ts';
import type { Text } from '../kernel/texts.ts';
import type { Basis } from './resource.ts';

/** 脆弱性, 認証情報の流出, 人為的な過負荷 of the lecture, and human error 人為ミス beside them. */
export type Factor = 'vulnerability' | 'credential-leak' | 'overload' | 'human-error';

/** What a safeguard does on a path: 遮断 block, 妨害 hinder, 検知 detect, 被害限定 limit. */
export type Effect = 'block' | 'hinder' | 'detect' | 'limit';

export type SafeguardState = 'on' | 'partial' | 'off' | 'unknown' | 'not-applicable';

/** Order of magnitude per month for a small web application. */
export type PriceClass =
  | 'free'
  | 'a-few-dollars'
  | 'tens-of-dollars'
  | 'hundreds-of-dollars'
  | 'thousands-of-dollars';

/** A part of a safeguard that is on or off by itself (the WAF's SQL injection rules). */
export interface FacetState {
  readonly id: string;
  readonly state: SafeguardState;
  readonly because: Text;
}

/** The state of a safeguard at one place. */
export interface Attachment {
  /** The id of the resource it attaches to (or the account's or region's). */
  readonly resource: string;
  readonly state: SafeguardState;
  readonly basis: Basis;
  /** When this was known: ISO 8601, of the reading. */
  readonly asOf: string;
  readonly facets?: readonly FacetState[];
  readonly because: Text;
  /** Where the fact that decides it is written. */
  readonly source?: Place;
  /** The expressions that would decide an unknown. */
  readonly undecided?: readonly string[];
}

/** One safeguard over the whole environment. */
export interface SafeguardReport {
  readonly id: string;
  readonly name: Text;
  readonly factor: Factor;
  readonly effect: Effect;
  readonly price: PriceClass;
  readonly attachments: readonly Attachment[];
}
