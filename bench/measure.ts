import { spawnSync } from 'node:child_process';

/** The middle of a list of numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Wall time of one synchronous call in milliseconds. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ result: Awaited<T>; ms: number }> {
  const started = performance.now();
  const result = await work();
  return { result, ms: performance.now() - started };
}

/** Runs a program and returns its wall time in milliseconds; a failing one ends the benchmark. */
export function timedProcess(
  command: string,
  args: readonly string[],
  accepted: readonly number[] = [0],
): number {
  const started = performance.now();
  const run = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  const ms = performance.now() - started;
  if (!accepted.includes(run.status ?? -1)) throw new Error(`${command} ${args.join(' ')}: ${run.stderr}`);
  return ms;
}

/** One line of a benchmark: what was measured, what is asked for, and whether it holds. */
export function reportLine(what: string, value: number, unit: string, limit?: number): boolean {
  const holds = limit === undefined || value <= limit;
  const bar =
    limit === undefined ? '' : `  (asked: <= ${limit} ${unit}) ${holds ? 'reached' : 'NOT REACHED'}`;
  console.log(`${what.padEnd(62)} ${value.toFixed(1).padStart(9)} ${unit}${bar}`);
  return holds;
}
