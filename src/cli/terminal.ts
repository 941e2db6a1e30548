import { writeSync } from 'node:fs';
import type { Terminal } from './command.ts';

/** The terminal of this process. Colour only on a terminal, and never where `NO_COLOR` is set. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    cwd: process.cwd(),
    environment: env,
    width: stdout.columns ?? 80,
    color: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    interactive: stderr.isTTY === true,
    out: (text) => write(1, text),
    error: (text) => write(2, text),
    now: () => new Date(),
  };
}

/** Writes synchronously, so that a large report into a pipe is whole before the process ends. */
function write(descriptor: number, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      waitForReader();
    }
  }
}

/** Gives the reader of a full pipe a moment. */
function waitForReader(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}
