import type { AwsError } from '../wire/aws-error.ts';
import type { Caller } from './caller.ts';
import type { RequestFacts } from './context.ts';

/** Somebody whom an identity provider vouched for, and the account that let them in. */
export interface OutsideCaller {
  readonly account: string;
  readonly type: 'WebIdentityUser' | 'SAMLUser';
  readonly principalId: string;
  readonly userName: string;
  readonly identityProvider: string;
}

/** What an audit record is made from. */
export interface AuditedCall {
  readonly caller: Caller | undefined;
  /** What is known of an unauthenticated caller: the access key id that it named. */
  readonly claimedKey?: string | undefined;
  /** Who sent a call that needs no signature. */
  readonly outside?: OutsideCaller | undefined;
  /** In whose records it stands. */
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
  readonly now: Date;
  readonly request: RequestFacts;
  readonly eventSource: string;
  readonly eventName: string;
  readonly readOnly: boolean;
  readonly requestParameters: Record<string, unknown> | null;
  readonly responseElements?: Record<string, unknown> | null;
  readonly error?: AwsError | undefined;
  /** The same in the records of all accounts that one call is recorded in. */
  readonly sharedEventId?: string | undefined;
}
