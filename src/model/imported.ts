import type { Text } from '../kernel/texts.ts';
import type { FindingSource, FindingStatus, ForeignFact, Severity } from './finding.ts';

export type { FindingSource, ForeignFact, ForeignHandling } from './finding.ts';

/** One fact that other tools found; the same fact of several tools is one, with several sources. */
export interface ImportedFinding {
  /** The same between runs: depends on what the fact is and where, not on file or order. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** `fail` when any source says so. */
  readonly fact: ForeignFact;
  /** The resource of the graph, where one is meant for certain. */
  readonly resource?: string;
  /** How the tools name the resource. */
  readonly named: string;
  /** The control that checks the same fact. */
  readonly control?: string;
  /** Our own finding of that control on that resource. */
  readonly finding?: string;
  /** What our own finding says. */
  readonly own?: FindingStatus;
  /** Risks that rest on that control at that resource, the worst first. */
  readonly risks: readonly string[];
  /** The decision that answers it; a fact that does not fail needs none. */
  readonly decision?: string;
  readonly sources: readonly FindingSource[];
  /** Not in the last assessment of this environment. */
  readonly isNew?: true;
}

/** What a decision is about. */
export type DecisionSubject = 'risk' | 'settings' | 'packages' | 'secrets' | 'outside' | 'other';

/** One thing to decide, with all the findings that it answers. */
export interface ImportedDecision {
  readonly id: string;
  readonly about: DecisionSubject;
  readonly title: Text;
  /** Of a risk: its id. */
  readonly risk?: string;
  readonly severity: Severity;
  /** How many findings of the tools it answers. */
  readonly findings: number;
  /** How many facts these are. */
  readonly facts: number;
  readonly tools: readonly string[];
  /** The checks among them, the most frequent first, then the gravest. */
  readonly checks: readonly string[];
  /** How many findings of each severity, where there are several. */
  readonly severities?: Readonly<Partial<Record<Severity, number>>>;
  /** What the findings of a group without a risk or control of ours are about, the most first. */
  readonly themes?: readonly { readonly title: Text; readonly findings: number }[];
}

/** A finding of the last assessment that is gone, and why. */
export interface ClosedFinding {
  readonly id: string;
  readonly title: string;
  readonly named: string;
  readonly tools: readonly string[];
  readonly why: Text;
}

export interface ImportedFile {
  readonly file: string;
  readonly format: string;
  readonly tools: readonly string[];
  /** Findings in it, each once. */
  readonly findings: number;
  /** Repeated entries of the same finding. */
  readonly repeated: number;
}

/** What other tools found, sorted into decisions. */
export interface Imports {
  readonly files: readonly ImportedFile[];
  readonly counts: {
    /** Findings that say something is wrong; the left side of "645 findings → 12 decisions". */
    readonly findings: number;
    readonly facts: number;
    readonly decisions: number;
    readonly passed: number;
    readonly undecided: number;
    /** Of the findings: put aside in the other tool, and counted all the same. */
    readonly setAside: number;
    /** Facts that a control of ours found too. */
    readonly alsoOurs: number;
    /** Facts on which our own control is UNKNOWN, and on which it passes: there both are to be looked at. */
    readonly ownUnknown: number;
    readonly ownPass: number;
    /** Facts that the last import did not have; 0 where there was none. */
    readonly isNew: number;
  };
  readonly decisions: readonly ImportedDecision[];
  readonly findings: readonly ImportedFinding[];
  readonly closed: readonly ClosedFinding[];
}
