import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

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

/**
 * Runs a program and returns its wall time in milliseconds and its peak resident memory in megabytes. The
 * peak is the kernel's high-water mark (`VmHWM` of /proc, Linux only; NaN elsewhere), read until the end.
 */
export function measuredProcess(
  command: string,
  args: readonly string[],
): Promise<{ readonly ms: number; readonly maxRssMb: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let peak = Number.NaN;
    const timer = setInterval(() => {
      peak = highWaterMark(child.pid) ?? peak;
    }, 10);
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.on('close', (code) => {
      clearInterval(timer);
      if (code !== 0) reject(new Error(`${command} ${args.join(' ')}: ${errors}`));
      else resolve({ ms: performance.now() - started, maxRssMb: peak });
    });
  });
}

function highWaterMark(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/** One line of a benchmark: what was measured, what is asked for, and whether it holds. */
export function reportLine(what: string, value: number, unit: string, limit?: number): boolean {
  const holds = limit === undefined || value <= limit;
  const bar =
    limit === undefined ? '' : `  (asked: <= ${limit} ${unit}) ${holds ? 'reached' : 'NOT REACHED'}`;
  console.log(`${what.padEnd(62)} ${value.toFixed(1).padStart(9)} ${unit}${bar}`);
  return holds;
}
