import type { Place } from '../kernel/source-file.ts';

/** A declared fact that the account contradicts, or a declared resource that it does not have. */
export interface Drift {
  readonly kind: 'differs' | 'not-there';
  /** The declared resource. */
  readonly resource: string;
  readonly type: string;
  /** The ARN, or what else names it in the account; absent where it is not there. */
  readonly live?: string;
  /** Names joined by `.`, such as `BucketEncryption`; absent where the resource is not there. */
  readonly property?: string;
  /** What is written; `(not set)` where nothing is. Secrets are never shown. */
  readonly declared?: string;
  readonly found?: string;
  /** Where it is declared. */
  readonly source?: Place;
}

/** What comes of laying templates and the snapshot of an account over each other. */
export interface DriftReport {
  readonly drifts: readonly Drift[];
  /** Declared resources that were recognised in the account. */
  readonly joined: number;
  /** Declared resources that nothing in the account could be told to be. */
  readonly unrecognised: number;
  /** Resources of the account that nothing declares. */
  readonly undeclared: number;
}
