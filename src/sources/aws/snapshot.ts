import type { FoundResource, Gap } from './api.ts';

/** What one collector found in one region. */
export interface Part {
  readonly collector: string;
  /** `global` for what belongs to no region. */
  readonly region: string;
  /** The types that are listed completely unless a gap names them. */
  readonly types: readonly string[];
  readonly resources: readonly FoundResource[];
  readonly gaps: readonly Gap[];
}

/** An account at one time; its JSON form is described by docs/schemas/snapshot.schema.json. */
export interface Snapshot {
  readonly schema: 'honmaru.snapshot/1';
  /** ISO 8601. */
  readonly collectedAt: string;
  /** The account's number. */
  readonly account: string;
  /** `aws`, `aws-cn`, … */
  readonly partition: string;
  readonly regions: readonly string[];
  /** Regions that were asked for and are switched off for the account. */
  readonly regionsOff: readonly string[];
  /** False while parts are missing because the run was interrupted. */
  readonly complete: boolean;
  readonly parts: readonly Part[];
}

export const SNAPSHOT_SCHEMA = 'honmaru.snapshot/1';
