/** Counts what passed and failed, and shows the first failures. */
export interface Tally {
  pass(): void;
  fail(name: string, why: string): void;
  readonly passed: number;
  readonly failed: number;
}

const MOST_SHOWN = 20;

export function tally(): Tally {
  const counts = { passed: 0, failed: 0 };
  return {
    get passed() {
      return counts.passed;
    },
    get failed() {
      return counts.failed;
    },
    pass: () => {
      counts.passed += 1;
    },
    fail: (name, why) => {
      counts.failed += 1;
      if (counts.failed <= MOST_SHOWN) console.log(`FAILED ${name}: ${why}`);
    },
  };
}
