import { randomUUID } from 'node:crypto';
import type { EventEnvelope } from '../model/event.ts';
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

/** The outbox takes 256 KB per event; the rest of a record needs a few. */
const LARGEST_PART = 100_000;

/**
 * The record of a call in CloudTrail's form, inside the envelope that EventBridge carries it in.
 * Source: AWS CloudTrail User Guide, "CloudTrail record contents for management, data, and network activity events".
 */
export function auditEvent(call: AuditedCall): EventEnvelope {
  const time = call.now.toISOString().replace(/\.\d+Z$/, 'Z');
  const id = orderedId(call.now);
  const { error } = call;
  return {
    version: '0',
    id,
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${call.eventSource.split('.', 1)[0]}`,
    account: call.account,
    time,
    region: call.region,
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: userIdentity(call),
      eventTime: time,
      eventSource: call.eventSource,
      eventName: call.eventName,
      awsRegion: call.region,
      sourceIPAddress: call.request.sourceIp,
      userAgent: call.request.userAgent,
      ...(error && { errorCode: error.code, errorMessage: error.message.slice(0, 2_048) }),
      requestParameters: bounded(call.requestParameters),
      responseElements: error ? null : bounded(call.responseElements ?? null),
      requestID: call.requestId,
      eventID: id,
      readOnly: call.readOnly,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: call.account,
      eventCategory: 'Management',
      tlsDetails: call.request.secureTransport ? { clientProvidedHostHeader: call.request.host } : undefined,
    },
  };
}

/** Ids that begin with the time lie side by side in an index (RFC 9562, UUID version 7). */
function orderedId(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

function bounded(part: Record<string, unknown> | null): Record<string, unknown> | null {
  if (part === null) return null;
  const size = JSON.stringify(part).length;
  if (size <= LARGEST_PART) return part;
  return { omitted: true, originalSize: size, reason: 'Larger than an audit record takes' };
}

const IDENTITY_TYPES: Readonly<Record<Caller['kind'], string>> = {
  root: 'Root',
  user: 'IAMUser',
  role: 'AssumedRole',
  'federated-user': 'FederatedUser',
  anonymous: 'Unknown',
};

/** Source: AWS CloudTrail User Guide, "CloudTrail userIdentity element". */
function userIdentity({ caller, claimedKey }: AuditedCall): Record<string, unknown> {
  if (!caller || caller.kind === 'anonymous') {
    return { type: 'Unknown', ...(claimedKey !== undefined && { accessKeyId: claimedKey }) };
  }
  const { principal, session } = caller;
  return {
    type: IDENTITY_TYPES[caller.kind],
    principalId: caller.userId,
    arn: caller.arn,
    accountId: caller.account,
    accessKeyId: caller.accessKeyId,
    ...(caller.kind === 'user' && principal && { userName: principal.name }),
    ...(session && {
      sessionContext: {
        ...(principal &&
          caller.kind === 'role' && {
            sessionIssuer: {
              type: 'Role',
              principalId: principal.id,
              arn: principal.arn,
              accountId: principal.account,
              userName: principal.name,
            },
          }),
        attributes: {
          creationDate: new Date(session.issuedAt).toISOString(),
          mfaAuthenticated: String(session.mfaAt !== undefined),
        },
        ...(session.sourceIdentity !== undefined && { sourceIdentity: session.sourceIdentity }),
      },
    }),
  };
}

const READING_VERBS =
  /^(?:Get|List|Describe|Head|Batch(?:Get|Describe)|Search|Lookup|Simulate|Validate|Check|Decode|Query|Select|Preview|Estimate|Verify)/;

/** CloudTrail's `readOnly` where an operation does not say it itself. */
export function readsOnly(operation: string): boolean {
  return READING_VERBS.test(operation);
}
