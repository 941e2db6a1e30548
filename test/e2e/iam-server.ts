import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { honmaru, PYENV_ROOT, ROOT } from './program.ts';

/** A running Honmaru with its first administrator set up. */
export interface RunningHonmaru {
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** For clients: a profile that points here, and no other credentials. */
  readonly env: NodeJS.ProcessEnv;
  /** A folder of its own for whatever the test writes. */
  readonly folder: string;
  stop(): Promise<void>;
}

export const PROFILE = 'honmaru-test';
const START_MILLISECONDS = 30_000;

/** Starts `honmaru up` on a free port with a data directory of its own, and runs `honmaru setup`. */
export async function startHonmaru(): Promise<RunningHonmaru> {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-e2e-iam-'));
  const data = join(folder, 'data');
  const clean = { ...process.env, HOME: folder, LANG: 'C', LC_ALL: '' };
  const child = spawn(
    process.execPath,
    [join(ROOT, 'bin/honmaru.js'), 'up', '--data', data, '--listen', '127.0.0.1:0'],
    { cwd: folder, env: clean, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const url = await new Promise<string>((ready, failed) => {
    const timer = setTimeout(() => failed(new Error('honmaru up is not ready in time')), START_MILLISECONDS);
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const [, found] = /(http:\/\/[^\s]+)/.exec(out) ?? [];
      if (found === undefined) return;
      clearTimeout(timer);
      ready(found);
    });
    child.once('close', (code) => failed(new Error(`honmaru up ended with ${code}`)));
  });
  const setUp = honmaru(['setup', '--data', data, '--profile', PROFILE, '--endpoint', url], {
    env: { HOME: folder },
  });
  if (setUp.code !== 0) throw new Error(`honmaru setup: ${setUp.err}`);
  const credentials = readFileSync(join(folder, '.aws', 'credentials'), 'utf8');
  const setting = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(credentials)?.[1] ?? '';
  return {
    url,
    accessKeyId: setting('aws_access_key_id'),
    secretAccessKey: setting('aws_secret_access_key'),
    folder,
    env: {
      HOME: folder,
      AWS_PROFILE: PROFILE,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '2',
      AWS_PAGER: '',
      PYENV_ROOT,
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
