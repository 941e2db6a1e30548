import { randomInt, randomUUID } from 'node:crypto';
import type { EventEnvelope } from '../model/event.ts';
import type { WrittenEvent } from '../store/store.ts';
import { jsonText } from '../wire/codec/json-text.ts';
import { auditWords } from './audit-words.ts';
import type { AuditedCall } from './audited-call.ts';

export type { AuditedCall } from './audited-call.ts';

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
  const { opening, between, origin, ending } = auditWords(call);
  const errors = error
    ? `,"errorCode":${jsonText(error.code)},"errorMessage":${jsonText(error.message.slice(0, 2_048))}`
    : '';
  const evidence = error?.evidence ? `,"additionalEventData":${bounded(error.evidence)}` : '';
  const shared = call.sharedEventId === undefined ? '' : `,"sharedEventID":"${call.sharedEventId}"`;
  const tls = request.secureTransport
    ? `,"tlsDetails":{"clientProvidedHostHeader":${jsonText(request.host)}}`
    : '';
  const envelope =
    `{"version":"0","id":"${id}${opening}${time}${between}${time}${origin}${jsonText(request.sourceIp)}` +
    `,"userAgent":${jsonText(request.userAgent)}${errors}` +
    `,"requestParameters":${bounded(call.requestParameters)}${evidence}` +
    `,"responseElements":${error ? 'null' : bounded(call.responseElements ?? null)}` +
    `,"requestID":${jsonText(call.requestId)},"eventID":"${id}","readOnly":${call.readOnly}${ending}${shared}${tls}}}`;
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

/** The part of ids that tells processes apart: no two draw the same 48 bits and count alike at one moment. */
const OWN_PART = randomUUID().slice(24);
const COUNTED = 0x1000000;
const DIGITS = 6;
let counted = randomInt(COUNTED);
let latestMillisecond = Number.NaN;
let latestHead = '';

/**
 * Ids that begin with the time lie side by side in an index: RFC 9562, UUID version 7, with a counter of 24 bits
 * behind the time ("fixed bit-length dedicated counter", section 6.2).
 */
function orderedId(now: Date): string {
  const millisecond = now.getTime();
  if (millisecond !== latestMillisecond) {
    const time = millisecond.toString(16).padStart(12, '0');
    latestHead = `${time.slice(0, 8)}-${time.slice(8)}-7`;
    latestMillisecond = millisecond;
  }
  counted = (counted + 1) % COUNTED;
  const digits = counted.toString(16).padStart(DIGITS, '0');
  return `${latestHead}${digits.slice(0, 3)}-8${digits.slice(3)}-${OWN_PART}`;
}

function bounded(part: Readonly<Record<string, unknown>> | null): string {
  if (part === null) return 'null';
  const text = JSON.stringify(part);
  if (text.length <= LARGEST_PART) return text;
  return JSON.stringify({
    omitted: true,
    originalSize: text.length,
    reason: 'Larger than an audit record takes',
  });
}

const READING_VERBS =
  /^(?:Get|List|Describe|Head|Batch(?:Get|Describe)|Search|Lookup|Simulate|Validate|Check|Decode|Query|Select|Preview|Estimate|Verify)/;

/** CloudTrail's `readOnly` where an operation does not say it itself. */
export function readsOnly(operation: string): boolean {
  return READING_VERBS.test(operation);
}
