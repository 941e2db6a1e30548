import type { Seal } from './contract.ts';

/** What keeps the KMS keys of this node from being used, followed while the console runs. */
export interface SealWatch {
  /** Undefined while they can be used. */
  now(): Seal | undefined;
  /** Calls back after it became another. @returns the function that ends it. */
  subscribe(listener: () => void): () => void;
  close(): void;
}

const LOOK_MILLISECONDS = 2_000;

/** A keeper that is started again is away for a moment. */
const SILENCES = 2;

/** Asks again and again, since a seal is opened from another process. */
export function sealWatch(
  look: () => Promise<Seal | undefined>,
  pauseMilliseconds = LOOK_MILLISECONDS,
): SealWatch {
  const listeners = new Set<() => void>();
  let current: Seal | undefined;
  let silences = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function lookAgain(): Promise<void> {
    const seen = await look();
    silences = seen?.kind === 'unreachable' ? silences + 1 : 0;
    const waits = silences > 0 && silences < SILENCES;
    if (waits || JSON.stringify(seen) === JSON.stringify(current)) return;
    current = seen;
    for (const listener of listeners) listener();
  }

  async function follow(): Promise<void> {
    await lookAgain();
    if (!closed) timer = setTimeout(follow, pauseMilliseconds).unref();
  }

  follow();
  return {
    now: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      listeners.clear();
    },
  };
}

/** For a console beside which no keeper runs. */
export const NO_SEAL: SealWatch = {
  now: () => undefined,
  subscribe: () => () => undefined,
  close: () => undefined,
};
