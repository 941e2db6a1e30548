import { readSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
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
    ...(isatty(0) && isatty(2) ? { ask } : {}),
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

/** One question on standard error, one line from standard input; undefined when the input has ended. */
async function ask(question: string): Promise<string | undefined> {
  write(2, question);
  const bytes: number[] = [];
  const byte = Buffer.alloc(1);
  while (readSync(0, byte, 0, 1, null) === 1) {
    if (byte[0] === NEWLINE || bytes.length === LONGEST_LINE) return Buffer.from(bytes).toString('utf8');
    bytes.push(byte[0] ?? 0);
  }
  return bytes.length > 0 ? Buffer.from(bytes).toString('utf8') : undefined;
}

const NEWLINE = 0x0a;
const LONGEST_LINE = 4_096;
