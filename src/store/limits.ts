/** Bounds of the store; the same on both engines. Sizes in bytes of UTF-8. */
export const STORE_LIMITS = {
  /** Longest key of a record. */
  keyBytes: 1_024,
  /** Longest value of an index; with the key it stays below a PostgreSQL index row (2,704 bytes). */
  indexBytes: 1_024,
  /** Largest record as JSON: an assessment of a large environment has about 20 MB. */
  recordBytes: 32 * 1024 * 1024,
  /** Largest event as JSON, as EventBridge's PutEvents has it. */
  eventBytes: 256 * 1024,
  /** Most operations in one transaction. */
  operations: 1_000,
  /** Most events in one transaction. */
  events: 1_000,
  /** Most bytes of records and events in one transaction. */
  transactionBytes: 64 * 1024 * 1024,
  /** Most records of one page. */
  pageRecords: 1_000,
  /** A page ends early when its records reach this size; it always has at least one. */
  pageBytes: 32 * 1024 * 1024,
  /** Most events of one read of the outbox. */
  readEvents: 1_000,
  /** Longest name of a subscriber, in characters. */
  subscriberCharacters: 128,
} as const;
