import { readFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';

/** Processor time of a process in milliseconds, of user and kernel. Linux only. */
export function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Memory of a process in megabytes, of pages shared with others its part (PSS). Linux only. */
export function proportionalMb(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
}

/** Resident memory of a process in megabytes. */
export function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/**
 * Sends one request over and over on some connections for a time, each after the answer to the one before.
 *
 * @returns how many were answered. @throws Error when an answer is not a 200.
 */
export async function load(port: number, request: Buffer, connections: number, ms: number): Promise<number> {
  let answered = 0;
  const until = performance.now() + ms;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = await connected(port);
      await new Promise<void>((resolve, reject) => {
        let waiting = '';
        socket.on('error', reject);
        socket.on('data', (chunk) => {
          waiting += chunk.toString('latin1');
          const end = endOfAnswer(waiting);
          if (end === undefined) return;
          if (!waiting.startsWith('HTTP/1.1 200')) reject(new Error(waiting.slice(0, 500)));
          waiting = waiting.slice(end);
          answered += 1;
          if (performance.now() < until) socket.write(request);
          else resolve();
        });
        socket.write(request);
      });
      socket.destroy();
    }),
  );
  return answered;
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
    socket.setNoDelay(true);
  });
}

function endOfAnswer(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
  return text.length >= head + 4 + length ? head + 4 + length : undefined;
}
