/** Watches how much a thread computes at a stretch, without a look at what waits. */
export interface TurnWatch {
  /** The longest stretch in milliseconds of CPU, which other programs do not lengthen. */
  end(): number;
}

export function watchTurns(): TurnWatch {
  let longest = 0;
  let before = cpuMilliseconds();
  const timer = setInterval(() => {
    const now = cpuMilliseconds();
    longest = Math.max(longest, now - before);
    before = now;
  }, 1);
  return {
    end() {
      clearInterval(timer);
      return longest;
    },
  };
}

/** What this thread has computed so far. */
export function cpuMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
