import type { EventEnvelope } from '../model/event.ts';
import { type AuditedCall, auditEvent } from './audit.ts';

/** Records of one minute that are written one by one. */
const SINGLE_PER_MINUTE = 60;
const WINDOW_MILLISECONDS = 60_000;
/** Sources that are counted apart in one minute. */
const MOST_SOURCES = 1_000;

interface Count {
  readonly first: AuditedCall;
  count: number;
}

/**
 * Keeps requests that nobody signed from filling the disk: the first of each minute are recorded one by one,
 * the others are counted by source and error, and one record tells how many there were.
 */
export interface UnauthenticatedLog {
  /** The record to write now; undefined when the request is only counted. */
  note(call: AuditedCall): EventEnvelope | undefined;
  /** Only counts a request, of which no record can be written now. */
  count(call: AuditedCall): void;
  /** Ends the minute: the records of what was counted. */
  drain(): readonly EventEnvelope[];
}

export function unauthenticatedLog(clock: () => number): UnauthenticatedLog {
  let began = clock();
  let single = 0;
  const counts = new Map<string, Count>();

  function drain(): readonly EventEnvelope[] {
    const events = [...counts.values()].map(({ first, count }) => aggregated(first, count));
    counts.clear();
    single = 0;
    began = clock();
    return events;
  }

  function count(call: AuditedCall): void {
    const source = `${call.request.sourceIp} ${call.error?.code}`;
    const key = counts.has(source) || counts.size < MOST_SOURCES ? source : 'others';
    const before = counts.get(key);
    if (before) before.count += 1;
    else counts.set(key, { first: call, count: 1 });
  }

  return {
    drain,
    count,
    note(call) {
      if (clock() - began >= WINDOW_MILLISECONDS && counts.size === 0) {
        single = 0;
        began = clock();
      }
      if (single < SINGLE_PER_MINUTE) {
        single += 1;
        return auditEvent(call);
      }
      count(call);
      return undefined;
    },
  };
}

function aggregated(first: AuditedCall, count: number): EventEnvelope {
  const event = auditEvent(first);
  return { ...event, detail: { ...event.detail, additionalEventData: { aggregated: true, count } } };
}
