import { type Place, placeOf, type Span } from '../../kernel/source-file.ts';
import type { Text } from '../../kernel/texts.ts';
import type { Answer } from '../../model/answer.ts';

/** Where a path begins when anybody on the internet may begin it. */
export const INTERNET = 'internet';

/** One thing that traffic passes, and the fact that lets it through (or stops it). */
export interface NetworkHop {
  /** A resource id, or `internet`. */
  readonly resource: string;
  readonly what: Text;
  readonly source?: Place;
}

/** One way for traffic, hop by hop. */
export interface NetworkPath {
  readonly hops: readonly NetworkHop[];
  /** Yes, or unknown naming what would decide it; a path that is surely closed is not listed. */
  readonly answer: Answer;
  /** The port that is reached, or the first of `ports`. */
  readonly port?: number;
  readonly ports?: PortRange;
  /** `tcp`, `udp`, `icmp`, `all`, or the protocol number. */
  readonly protocol?: string;
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** Whether something is reached: the ways, or the one thing that blocks it. */
export interface InternetReach {
  readonly answer: Answer;
  readonly paths: readonly NetworkPath[];
  readonly blockedBy?: NetworkHop;
}

/** What a front forwards requests to. */
export interface Forward {
  /** The id of the listener, distribution or API that forwards. */
  readonly by: string;
  readonly target: string;
  readonly hops: readonly NetworkHop[];
  readonly answer: Answer;
  readonly port?: number;
  /** It is taken only by requests with a certain header (which a distribution may add as a secret). */
  readonly needsHeader?: boolean;
}

/** A hop whose place is that of the fact behind it (nothing where there is no file). */
export function hop(resource: string, what: Text, at?: { readonly span: Span }): NetworkHop {
  return at?.span.file.path ? { resource, what, source: placeOf(at.span) } : { resource, what };
}
