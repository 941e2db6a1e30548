import type { Place } from '../../kernel/source-file.ts';
import type { Severity } from '../../model/finding.ts';
import type { ForeignFact, ForeignHandling } from '../../model/imported.ts';

/** One finding of another tool, in our words; nothing in it is trusted. */
export interface ForeignFinding {
  readonly tool: string;
  /** The tool's id of the finding; with the tool it says which entries are the same. */
  readonly uid: string;
  /** Names by which the check may be known, the most telling first. */
  readonly checks: readonly string[];
  readonly title: string;
  readonly severity: Severity;
  readonly fact: ForeignFact;
  readonly handling: ForeignHandling;
  readonly says: string;
  readonly kind: 'configuration' | 'package' | 'secret' | 'other';
  readonly resource: ForeignResource;
  /** When it last changed, as the tool writes it; of two entries the later one counts. */
  readonly updated: string;
  readonly source: Place;
}

/** How a tool names a resource. */
export interface ForeignResource {
  /** ARNs, identifiers, addresses and names, the most telling first. */
  readonly names: readonly string[];
  /** The tool's word for its type, such as `AwsS3Bucket` or `AWS::S3::Bucket`. */
  readonly type?: string;
  readonly account?: string;
  /** CloudFormation's own tags: which stack and logical id made it. */
  readonly stack?: string;
  readonly logicalId?: string;
  /** Where it is written, for findings about files. */
  readonly file?: string;
  readonly line?: number;
}

const SEVERITIES: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  fatal: 'critical',
  high: 'high',
  error: 'high',
  medium: 'medium',
  moderate: 'medium',
  warning: 'medium',
  low: 'low',
  note: 'low',
  informational: 'informational',
  info: 'informational',
  none: 'informational',
};

/** A severity in our words; one that is not known counts as medium, never as nothing. */
export function severityOf(word: string | undefined): Severity {
  const known = word?.toLowerCase() ?? '';
  return Object.hasOwn(SEVERITIES, known) ? (SEVERITIES[known] ?? 'medium') : 'medium';
}

/** Number 0 to 10 of CVSS or of GitHub's `security-severity`, by the bands of CVSS 3.1. */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'informational';
}
