import type { SendCall } from './api.ts';

export interface ThrottleOptions {
  /** Most calls on their way at once. */
  readonly mostInFlight: number;
  /** How often a call is repeated that was throttled or failed on the way. */
  readonly retries: number;
  /** Waits; a test hands in one that does not. In milliseconds. */
  wait(milliseconds: number): Promise<void>;
  /** 0 to 1. */
  random(): number;
}

export const THROTTLE: ThrottleOptions = {
  mostInFlight: 20,
  retries: 6,
  wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  random: Math.random,
};

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 10_000;

/**
 * Bounds the calls on their way at once and repeats throttled ones after a random pause that doubles ("full
 * jitter": AWS Architecture Blog, "Exponential Backoff And Jitter"). A call that waits holds no place.
 */
export function throttled(send: SendCall, options: ThrottleOptions = THROTTLE): SendCall {
  const waiting: (() => void)[] = [];
  let free = options.mostInFlight;
  const enter = () => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise<void>((admitted) => waiting.push(admitted));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return async (call) => {
    for (let attempt = 0; ; attempt += 1) {
      await enter();
      try {
        return await send(call);
      } catch (error) {
        if (attempt >= options.retries || !isPassing(error)) throw error;
      } finally {
        leave();
      }
      await options.wait(options.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt));
    }
  };
}

const THROTTLING =
  /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|LimitExceededException|BandwidthLimit/;
const TRANSPORT = /ECONNRESET|ETIMEDOUT|EPIPE|TimeoutError|RequestTimeout|EAI_AGAIN/;

/** The name by which a service or the transport calls its error. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'Unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // What the client cannot read is no answer of the service: a proxy's page, an emulator's excuse.
  if (error.name === 'SyntaxError' || error.name === 'TypeError') return 'UnreadableAnswer';
  if (error.name !== 'Error') return error.name;
  return code || (statusOf(error) > 0 ? `HTTP${statusOf(error)}` : error.name);
}

/** Whether an error says that the caller asked too often. */
export function isThrottling(error: unknown): boolean {
  return THROTTLING.test(errorName(error)) || statusOf(error) === 429;
}

function isPassing(error: unknown): boolean {
  return (
    isThrottling(error) || TRANSPORT.test(errorName(error)) || [500, 502, 503, 504].includes(statusOf(error))
  );
}

/** The HTTP status of a service's error; 0 when there was no answer. */
export function statusOf(error: unknown): number {
  const metadata = (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata;
  return metadata?.httpStatusCode ?? 0;
}
