import type { Text } from '../kernel/texts.ts';
import type { Response } from './risk.ts';

/** What the person saw: the canonical bytes of the risk, their SHA-256 and the fingerprint of its facts. */
export interface ShownRisk {
  readonly canonical: string;
  readonly hash: string;
  readonly fingerprint: string;
}

/** What is to be done about a risk (対応). */
export interface Treatment {
  readonly response: Response;
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD` in UTC; an acceptance always has one. */
  readonly until?: string;
  /** Of a transfer (移転): who takes it, under what contract, what it covers. */
  readonly counterparty?: string;
  readonly contract?: string;
  readonly coverage?: string;
}

interface EntryFrame {
  readonly schema: 'honmaru.decision/1';
  readonly risk: string;
  /** From 0, without gaps. */
  readonly sequence: number;
  /** Hash of the entry before; null in the first. */
  readonly previous: string | null;
  /** ISO 8601 in UTC; never decreases in a history. */
  readonly at: string;
  /** Who says it, as named at the time; not proven, entries carry no signature. */
  readonly by: string;
  readonly shown: ShownRisk;
}

export interface ProposedEntry extends EntryFrame {
  readonly kind: 'proposed';
  readonly treatment: Treatment;
}

export interface DecidedEntry extends EntryFrame {
  readonly kind: 'decided';
  readonly approved: boolean;
  /** 自己承認: the owner proposed it and nobody else could decide. */
  readonly selfApproved: boolean;
}

export type UnsealedEntry = ProposedEntry | DecidedEntry;

/** An entry with the SHA-256 of its canonical bytes. */
export type DecisionEntry = UnsealedEntry & { readonly hash: string };

export type DecisionState =
  | 'undecided'
  | 'proposed'
  | 'rejected'
  | 'accepted'
  | 'reducing'
  | 'transferred'
  | 'avoiding'
  | 'lapsed';

/** Where a risk stands now. */
export interface DecisionStatus {
  readonly state: DecisionState;
  readonly treatment?: Treatment;
  readonly decidedBy?: string;
  readonly selfApproved?: boolean;
  /** Why it lapsed. */
  readonly why?: Text;
}
