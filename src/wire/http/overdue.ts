/** Work that has to end within a time; one timer watches over all of it. */
export interface Overdue {
  /** @param late told when `end` did not come in time. */
  begin(late: () => void): Started;
  /** False when it was told to be late before. */
  end(started: Started): boolean;
}

export interface Started {
  /** The number of the look after which it is late. */
  readonly until: number;
  readonly late: () => void;
  readonly place: number;
}

/** A time is kept to a tenth: looking at the clock for each piece of work would cost more than the rest. */
const LOOKS = 10;

/**
 * All work has the same time. Running work stands in places that are used again, not in a `Set`: one of which
 * much is deleted keeps links to its former tables, and through them all that they ever held, until the next
 * full collection of garbage.
 */
export function overdue(milliseconds: number): Overdue {
  const running: (Started | undefined)[] = [];
  const free: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  let looks = 0;

  function look(): void {
    looks += 1;
    for (const started of running) {
      if (started !== undefined && started.until <= looks && end(started)) started.late();
    }
    if (free.length < running.length) return;
    clearInterval(timer);
    timer = undefined;
  }

  function end(started: Started): boolean {
    const { place } = started;
    if (running[place] !== started) return false;
    running[place] = undefined;
    free.push(place);
    return true;
  }

  return {
    begin(late) {
      const started = { until: looks + LOOKS + 1, late, place: free.pop() ?? running.length };
      running[started.place] = started;
      if (timer === undefined) timer = setInterval(look, milliseconds / LOOKS).unref();
      return started;
    },
    end,
  };
}
