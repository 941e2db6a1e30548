import type { PolicyProgram } from '../../iam/engine.ts';
import type { ContextValue } from '../../iam/request.ts';
import type { StoredRecord } from '../../store/store.ts';
import type { KeyRecord } from './records.ts';

/** A key with what its policy and grants say, compiled once for each version of the key. */
export interface FoundKey {
  readonly stored: StoredRecord<KeyRecord>;
  readonly record: KeyRecord;
  readonly arn: string;
  readonly policy: PolicyProgram | undefined;
  readonly grants: PolicyProgram | undefined;
  /** The condition keys that follow from the key. */
  readonly context: Readonly<Record<string, ContextValue>>;
  /** The name under which it was asked for (`kms:RequestAlias`). */
  readonly alias?: string;
}

/** Where an identifier points to, before anything is looked up. */
export interface KeyPlace {
  readonly account: string;
  readonly region: string;
  readonly id?: string;
  readonly alias?: string;
}
