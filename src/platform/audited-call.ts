import type { AwsError } from '../wire/aws-error.ts';
import type { Caller } from './caller.ts';
import type { RequestFacts } from './context.ts';

/** What an audit record is made from. */
export interface AuditedCall {
  readonly caller: Caller | undefined;
  /** What is known of an unauthenticated caller: the access key id that it named. */
  readonly claimedKey?: string | undefined;
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
}
