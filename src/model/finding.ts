import type { Place } from '../kernel/source-file.ts';
import type { Text } from '../kernel/texts.ts';
import type { Value } from './value.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'informational';
export type FindingStatus = 'PASS' | 'FAIL' | 'UNKNOWN' | 'NOT_APPLICABLE';

/** What a control says of one resource, before it becomes a finding. */
export interface Verdict {
  readonly status: FindingStatus;
  readonly because: Text;
  /** The value that made it so: its place is the finding's place (default: the resource). */
  readonly at?: Value;
  /** For UNKNOWN: the values that would decide it. */
  readonly undecided?: readonly Value[];
}

/** What the fact itself is in the other tool's words: `fail` counts, whatever somebody did with the finding. */
export type ForeignFact = 'fail' | 'pass' | 'undecided';

/** What somebody did with the finding in the other tool. It is shown and never obeyed. */
export type ForeignHandling = 'open' | 'suppressed' | 'resolved' | 'archived';

/** What one tool said of one fact, and where in its file. */
export interface FindingSource {
  readonly tool: string;
  /** The tool's id of its check. */
  readonly check: string;
  /** The tool's id of its finding. */
  readonly uid: string;
  readonly title: string;
  readonly severity: Severity;
  readonly fact: ForeignFact;
  readonly handling: ForeignHandling;
  /** The tool's own word for its state, such as `SUPPRESSED`. */
  readonly says: string;
  readonly source: Place;
}

/** One fact about one resource. The id depends on environment, control and resource only. */
export interface Finding {
  readonly id: string;
  readonly control: string;
  readonly configRule?: string;
  readonly title: Text;
  readonly status: FindingStatus;
  readonly resource: string;
  readonly type: string;
  readonly severity: Severity;
  readonly because: Text;
  /** The expressions that would decide an UNKNOWN. */
  readonly undecided?: readonly string[];
  /** Other tools that speak of the same fact (`assess --findings`); they change no verdict. */
  readonly sources?: readonly FindingSource[];
  /** Where the fact is written; facts of the account as a whole are written nowhere. */
  readonly source?: Place;
}
