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
  readonly source: Place;
}
