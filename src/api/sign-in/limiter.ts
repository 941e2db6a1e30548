/** Counts failures and says how long to wait; kept in memory, bounded, forgotten after a while. */
export interface Limiter {
  /** Seconds to wait before the next attempt under any of the names; 0 when there is none. */
  wait(names: readonly string[], now: Date): number;
  failed(names: readonly string[], now: Date): void;
  succeeded(names: readonly string[]): void;
}

interface Failures {
  readonly count: number;
  readonly last: number;
}

const FREE_ATTEMPTS = 5;
const FIRST_WAIT_MILLISECONDS = 2_000;
const LONGEST_WAIT_MILLISECONDS = 15 * 60_000;
const FORGOTTEN_AFTER_MILLISECONDS = 60 * 60_000;
const MOST_NAMES = 20_000;

/** After five failures under a name each further one doubles the wait. */
export function limiter(freeAttempts: number = FREE_ATTEMPTS): Limiter {
  const known = new Map<string, Failures>();

  function waitOf(name: string, now: number): number {
    const failures = known.get(name);
    if (!failures || failures.count < freeAttempts) return 0;
    const wait = Math.min(
      LONGEST_WAIT_MILLISECONDS,
      FIRST_WAIT_MILLISECONDS * 2 ** (failures.count - freeAttempts),
    );
    return Math.max(0, failures.last + wait - now);
  }

  function tidy(now: number): void {
    if (known.size < MOST_NAMES) return;
    for (const [name, { last }] of known) {
      if (now - last > FORGOTTEN_AFTER_MILLISECONDS || known.size >= MOST_NAMES) known.delete(name);
    }
  }

  return {
    wait: (names, now) => Math.ceil(Math.max(...names.map((name) => waitOf(name, now.getTime()))) / 1_000),
    failed(names, now) {
      tidy(now.getTime());
      for (const name of names) {
        const before = known.get(name);
        const fresh = !before || now.getTime() - before.last > FORGOTTEN_AFTER_MILLISECONDS;
        known.set(name, { count: fresh ? 1 : before.count + 1, last: now.getTime() });
      }
    },
    succeeded(names) {
      for (const name of names) known.delete(name);
    },
  };
}
