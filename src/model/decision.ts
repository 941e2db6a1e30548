import type { Text } from '../kernel/texts.ts';
import type { Interval, Response } from './risk.ts';

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
  /** The name of the environment; with the risk it names the history. */
  readonly environment: string;
  readonly risk: string;
  /** From 0, without gaps. */
  readonly sequence: number;
  /** Hash of the entry before; null in the first. */
  readonly previous: string | null;
  /** ISO 8601 in UTC; never decreases in a history. */
  readonly at: string;
  /** Who says it: a name, or `Name <mail address>` as git writes it; proven only by a signature. */
  readonly by: string;
  readonly shown: ShownRisk;
  /** An SSH signature (`ssh-keygen -Y sign -n honmaru-decision`) over the entry without it. */
  readonly signature?: string;
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
  /** What was decided about, so that a signature covers it. */
  readonly treatment: Treatment;
  readonly proposedBy: string;
  /** By what the person was told from others when they did not sign. */
  readonly confirmation?: 'password' | 'totp';
}

/** Whoever proposed takes the open proposal back; what was before it holds again. */
export interface WithdrawnEntry extends EntryFrame {
  readonly kind: 'withdrawn';
  readonly reason: string;
}

/** Why a decision holds no more. */
export type LapseReason = 'date' | 'class' | 'path' | 'safeguards' | 'findings' | 'facts' | 'gone' | 'clock';

/** The record that a decision lapsed; after it only a new one counts, also when the facts return. */
export interface LapsedEntry extends EntryFrame {
  readonly kind: 'lapsed';
  readonly why: readonly LapseReason[];
}

/** A fact that shows why a risk is closed: the state of a safeguard, a finding that passes, a value. */
export interface ClosingEvidence {
  readonly kind: 'value' | 'safeguard' | 'gone' | 'said';
  /** `waf:sqli@cfn:app/LoadBalancer`, an assessment's time, or what a person says. */
  readonly what: string;
  readonly state?: string;
}

export interface ClosedEntry extends EntryFrame {
  readonly kind: 'closed';
  readonly reason: string;
  readonly evidence: readonly ClosingEvidence[];
  /** The upper end of the current value when it was closed; 0 when the risk was gone. */
  readonly value: number;
  /** By what the person was told from others when they did not sign. */
  readonly confirmation?: 'password' | 'totp';
}

export interface ReopenedEntry extends EntryFrame {
  readonly kind: 'reopened';
  readonly reason: string;
}

/** The record that a resource of the risk has another name now; alters nothing that was decided. */
export interface RenamedEntry extends EntryFrame {
  readonly kind: 'renamed';
  readonly from: string;
  readonly to: string;
}

/** The class of an asset changed. Lowering it is a decision: it counts when the owner makes the entry. */
export interface ClassChangedEntry extends EntryFrame {
  readonly kind: 'class-changed';
  readonly resource: string;
  readonly before: Interval;
  readonly after: Interval;
  readonly reason: string;
  /** By what the person was told from others when they did not sign. */
  readonly confirmation?: 'password' | 'totp';
}

export type UnsealedEntry =
  | ProposedEntry
  | DecidedEntry
  | WithdrawnEntry
  | LapsedEntry
  | ClosedEntry
  | ReopenedEntry
  | RenamedEntry
  | ClassChangedEntry;

export type EntryKind = UnsealedEntry['kind'];

/** An entry with the SHA-256 of its canonical bytes. */
export type DecisionEntry = UnsealedEntry & { readonly hash: string };

export type DecisionState =
  | 'undecided'
  | 'proposed'
  | 'rejected'
  | 'accepted'
  | 'reducing'
  | 'transferred'
  | 'avoided'
  | 'lapsed'
  | 'closed';

/**
 * How sure it is who decided. `signed`: by a key that the environment names for the owner. `confirmed`: by
 * password or one-time code, not signed. `unsigned`: the name is what somebody typed.
 */
export type Assurance = 'signed' | 'confirmed' | 'unsigned';

/** Where one risk stands: one entry of `decisions` in an assessment. */
export interface RiskDecision {
  readonly risk: string;
  readonly status: DecisionState;
  /** Why it lapsed, was reopened or closed. */
  readonly why?: Text;
  /** Whether it counts: an acceptance that counts keeps its risk from meeting `--fail-on`. */
  readonly counts: boolean;
  /** Why a decision that is there does not count (who decided, whose signature). */
  readonly doubt?: Text;
  readonly response?: Response;
  readonly reason?: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly until?: string;
  /** Of a transfer. */
  readonly counterparty?: string;
  readonly contract?: string;
  readonly coverage?: string;
  readonly proposedBy?: string;
  /** ISO 8601. */
  readonly proposedAt?: string;
  readonly decidedBy?: string;
  /** ISO 8601. */
  readonly decidedAt?: string;
  readonly assurance?: Assurance;
  /** 自己承認: whoever decided had proposed it; marked beside the assurance. */
  readonly selfApproved?: boolean;
  /** Why a closed risk is closed. */
  readonly evidence?: readonly ClosingEvidence[];
  /** The hash of the entry that says so. */
  readonly entry?: string;
  /** True when the environment has this risk no more. */
  readonly gone?: boolean;
}
