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
}

/** A time is kept to a tenth: looking at the clock for each piece of work would cost more than the rest. */
const LOOKS = 10;

/** All work has the same time, so that the oldest is always the next to be late. */
export function overdue(milliseconds: number): Overdue {
  const running = new Set<Started>();
  let timer: NodeJS.Timeout | undefined;
  let looks = 0;

  function look(): void {
    looks += 1;
    for (const started of running) {
      if (started.until > looks) return;
      running.delete(started);
      started.late();
    }
    clearInterval(timer);
    timer = undefined;
  }

  return {
    begin(late) {
      const started = { until: looks + LOOKS + 1, late };
      running.add(started);
      if (timer === undefined) timer = setInterval(look, milliseconds / LOOKS).unref();
      return started;
    },
    end: (started) => running.delete(started),
  };
}
