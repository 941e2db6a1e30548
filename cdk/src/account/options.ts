import type { Choice } from '../catalogue.ts';

/** How the account's safeguards are made. */
export interface AccountSafeguardsOptions extends Choice {
  /** Who is told about findings, alarms and costs; must confirm a message from AWS. */
  readonly operatorEmail: string;
  /** The same person's phone for text messages, which need no confirmation; such as `+81312345678`. */
  readonly operatorPhone?: string;
  /** What the account may cost a month before somebody is told. Default 600. */
  readonly monthlyBudgetDollars?: number;
  /** Names of buckets in which Macie looks for personal data, weekly. */
  readonly macieBuckets?: readonly string[];
  /** ARNs of buckets whose reads and writes of objects the trail records. */
  readonly dataEventBucketArns?: readonly string[];
  /**
   * `continuous`: checks run all the time. `economical`: once a month Security Hub is enabled, collects for 24 hours,
   * its findings are exported to the evidence bucket, and it is disabled. Default `continuous`.
   */
  readonly securityHub?: 'continuous' | 'economical';
  /** When the economical mode begins. Default the first of the month, 00:00 UTC: `cron(0 0 1 * ? *)`. */
  readonly securityHubSchedule?: string;
  /** What Inspector scans. Default servers, images, functions. */
  readonly inspectorScans?: readonly ('EC2' | 'ECR' | 'LAMBDA' | 'LAMBDA_CODE')[];
  /** Whether roles and keys that nobody uses are found too ($0.20 per role or user). Default true. */
  readonly unusedAccess?: boolean;
  /** Days for which the trail cannot be erased. Default 365. */
  readonly evidenceDays?: number;
}
