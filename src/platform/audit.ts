import { randomUUID } from 'node:crypto';
import type { EventEnvelope } from '../model/event.ts';
import type { WrittenEvent } from '../store/store.ts';
import type { AwsError } from '../wire/aws-error.ts';
import { jsonText } from '../wire/codec/json-text.ts';
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
  return JSON.parse(auditRecord(call).envelope) as EventEnvelope;
}

/** The same record as JSON, written member by member: it is made for every request. */
export function auditRecord(call: AuditedCall): WrittenEvent {
  const { error, request } = call;
  const time = secondOf(call.now);
  const id = orderedId(call.now);
  const account = jsonText(call.account);
  const region = jsonText(call.region);
  const errors = error
    ? `,"errorCode":${jsonText(error.code)},"errorMessage":${jsonText(error.message.slice(0, 2_048))}`
    : '';
  const tls = request.secureTransport
    ? `,"tlsDetails":{"clientProvidedHostHeader":${jsonText(request.host)}}`
    : '';
  const envelope =
    `{"version":"0","id":"${id}","detail-type":"AWS API Call via CloudTrail"` +
    `,"source":${jsonText(`aws.${call.eventSource.split('.', 1)[0]}`)},"account":${account},"time":"${time}"` +
    `,"region":${region},"resources":[],"detail":{"eventVersion":"1.11","userIdentity":${identityText(call)}` +
    `,"eventTime":"${time}","eventSource":${jsonText(call.eventSource)},"eventName":${jsonText(call.eventName)}` +
    `,"awsRegion":${region},"sourceIPAddress":${jsonText(request.sourceIp)},"userAgent":${jsonText(request.userAgent)}` +
    `${errors},"requestParameters":${bounded(call.requestParameters)}` +
    `,"responseElements":${error ? 'null' : bounded(call.responseElements ?? null)}` +
    `,"requestID":${jsonText(call.requestId)},"eventID":"${id}","readOnly":${call.readOnly}` +
    `,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":${account}` +
    `,"eventCategory":"Management"${tls}}}`;
  return { id, envelope };
}

let latestSecond = Number.NaN;
let latestTime = '';

/** `2026-01-31T09:00:00Z` */
function secondOf(now: Date): string {
  const second = Math.floor(now.getTime() / 1000);
  if (second !== latestSecond) {
    latestTime = now.toISOString().replace(/\.\d+Z$/, 'Z');
    latestSecond = second;
  }
  return latestTime;
}

/** Ids that begin with the time lie side by side in an index (RFC 9562, UUID version 7). */
function orderedId(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

function bounded(part: Record<string, unknown> | null): string {
  if (part === null) return 'null';
  const text = JSON.stringify(part);
  if (text.length <= LARGEST_PART) return text;
  return JSON.stringify({
    omitted: true,
    originalSize: text.length,
    reason: 'Larger than an audit record takes',
  });
}

const identities = new WeakMap<Caller, string>();

/** A caller is the same object from request to request. */
function identityText(call: AuditedCall): string {
  const { caller } = call;
  if (!caller || caller.kind === 'anonymous') return JSON.stringify(userIdentity(call));
  const before = identities.get(caller);
  if (before !== undefined) return before;
  const text = JSON.stringify(userIdentity(call));
  identities.set(caller, text);
  return text;
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
