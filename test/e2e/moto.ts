import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { programOnPath } from './program.ts';

const MOTO = programOnPath('moto_server');

/** Credentials that the emulator takes. */
export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_REGION: 'us-east-1',
};

/** Why tests against an emulated account do not run here; false where they do. */
export function skipWithout(...programs: readonly string[]): string | false {
  const missing = ['moto_server', ...programs].filter((name) => programOnPath(name) === undefined);
  return missing.length > 0 ? `NOT RUN: ${missing.join(', ')} needed for the account of this test` : false;
}

/** An account that is emulated by moto, as long as the callback runs. */
export async function withAccount(work: (endpoint: string) => Promise<void> | void): Promise<void> {
  const port = await freePort();
  const server = spawn(MOTO ?? '', ['-p', String(port), '-H', '127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
  });
  try {
    await untilAnswers(`http://127.0.0.1:${port}`);
    await work(`http://127.0.0.1:${port}`);
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function untilAnswers(endpoint: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    try {
      await fetch(`${endpoint}/moto-api/`);
      return;
    } catch {
      await pause(200);
    }
  }
  throw new Error('the emulator does not answer');
}
