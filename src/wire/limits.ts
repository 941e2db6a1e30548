/** Bounds on what comes over the line. Sizes in bytes, times in milliseconds. */
export const WIRE_LIMITS = {
  /** Largest body of a request that is read as a whole. */
  bodyBytes: 10 * 1024 * 1024,
  /** Largest head of a request; session tokens make up most of it. */
  headerBytes: 32 * 1024,
  /** Most headers of a request. */
  headers: 200,
  /** Deepest nesting of a body. */
  depth: 100,
  /** Longest time for the head to arrive. */
  headerMilliseconds: 10_000,
  /** How often connections are looked at for being too slow. */
  checkMilliseconds: 1_000,
  /** Longest time for the whole request to arrive. */
  requestMilliseconds: 60_000,
  /** Longest time until an answer begins; then the client is told to ask again. */
  answerMilliseconds: 30_000,
  /** An idle connection is closed. */
  keepAliveMilliseconds: 65_000,
  /** Requests that are worked on at once; more are told to come again. */
  concurrent: 1_024,
  connections: 4_096,
  /** Bytes of bodies that are held at once, over all requests. */
  heldBytes: 256 * 1024 * 1024,
} as const;
