/**
 * The envelope that every event travels in, as Amazon EventBridge defines it (EventBridge user guide,
 * "AWS service event metadata").
 */
export interface EventEnvelope {
  readonly version: '0';
  /** Unique per event; a consumer that has seen it may ignore it. */
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** RFC 3339 in UTC, to the second: `2026-01-31T09:00:00Z`. */
  readonly time: string;
  readonly region: string;
  /** ARNs of what the event is about. */
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}
