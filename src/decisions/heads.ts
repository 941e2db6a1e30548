import type { DecisionEntry } from '../model/decision.ts';
import { canonicalJson, digest } from './canonical.ts';

/** The last entry of a history at some moment. */
export interface Head {
  readonly environment: string;
  readonly risk: string;
  readonly sequence: number;
  readonly head: string;
}

interface UnsealedHeads {
  readonly schema: 'honmaru.decision/1';
  readonly kind: 'heads';
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly by: string;
  readonly heads: readonly Head[];
  /** An SSH signature over the manifest without it. */
  readonly signature?: string;
}

/**
 * The manifest of every history's head: an anchor. Kept where the histories are not (a signed commit, a
 * mail), it shows when one of them was cut or rewritten.
 */
export type Heads = UnsealedHeads & { readonly hash: string };

export type Histories = ReadonlyMap<string, readonly DecisionEntry[]>;

/** The heads of histories, in a fixed order, still to be signed or sealed. */
export function headsOf(histories: Histories, by: string, now: Date): UnsealedHeads {
  const heads = [...histories.keys()].toSorted().flatMap((name) => {
    const last = histories.get(name)?.at(-1);
    if (!last) return [];
    const { environment, risk, sequence, hash } = last;
    return [{ environment, risk, sequence, head: hash }];
  });
  return { schema: 'honmaru.decision/1', kind: 'heads', at: now.toISOString(), by, heads };
}

/** The bytes that a signature of a manifest covers. */
export function headsBytes(heads: UnsealedHeads): string {
  const { signature, hash, ...unsigned } = heads as UnsealedHeads & { readonly hash?: string };
  return canonicalJson(unsigned);
}

export function sealHeads(heads: UnsealedHeads): Heads {
  return { ...heads, hash: digest(canonicalJson(heads)) };
}

export function isIntactHeads({ hash, ...heads }: Heads): boolean {
  return digest(canonicalJson(heads)) === hash;
}
