import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { honmaru, ROOT } from './program.ts';

/** A node started by `honmaru up`. */
export interface UpNode {
  readonly endpoint: string;
  readonly supervisor: ChildProcess;
  /** The process that serves; @throws Error when there is none, since 0 would mean this process group. */
  controlPlane(): number;
  /** The supervisor and what it started. */
  processes(): readonly number[];
  /** Ends all its processes as a crash would. */
  crash(): void;
  /** What it printed so far. */
  output(): string;
  stop(): Promise<void>;
}

const READY = /honmaru is up: (http:\/\/\S+) /;

/**
 * Starts a node in a folder of the test's own and waits until it says that it is up.
 *
 * @throws Error with what it printed when it ends before that.
 */
export async function startNode(
  folder: string,
  words: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<UpNode> {
  const supervisor = spawn(
    process.execPath,
    [join(ROOT, 'bin/honmaru.js'), 'up', '--listen', '127.0.0.1:0', ...words],
    { env: { ...environmentOf(folder), ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const exited = once(supervisor, 'exit');
  const endpoint = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const url = READY.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    supervisor.stdout.on('data', read);
    supervisor.stderr.on('data', read);
    exited.then(() => reject(new Error(`honmaru up ended: ${output}`)));
  });
  return {
    endpoint,
    supervisor,
    output: () => output,
    controlPlane: () => controlPlaneOf(supervisor.pid ?? 0),
    processes: () => [supervisor.pid ?? 0, ...childrenOf(supervisor.pid ?? 0)],
    crash() {
      const children = childrenOf(supervisor.pid ?? 0);
      supervisor.kill('SIGKILL');
      for (const child of children) process.kill(child, 'SIGKILL');
    },
    async stop() {
      if (supervisor.exitCode !== null || supervisor.signalCode !== null) return;
      supervisor.kill('SIGTERM');
      await exited;
    },
  };
}

/** The processes that a supervisor started. */
function childrenOf(pid: number): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number)
    .filter((child) => child > 0);
}

function controlPlaneOf(pid: number): number {
  const found = childrenOf(pid).find((child) =>
    readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('control-plane'),
  );
  if (found === undefined) throw new Error('the control plane does not run');
  return found;
}

/** What Node compiled is kept between tests: compiling all modules anew takes a start more than a second. */
const COMPILED = join(ROOT, 'node_modules/.cache');

/** Everything of a user lies in one folder. */
export function environmentOf(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: folder,
    LANG: 'C',
    HONMARU_LANG: 'en',
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: COMPILED,
    AWS_CONFIG_FILE: join(folder, 'aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws-credentials'),
  };
}

export interface AdminKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Runs `honmaru setup` and reads the key that it shows. */
export function setUp(folder: string, words: readonly string[] = []): AdminKey {
  const { code, out, err } = honmaru(['setup', ...words], { env: environmentOf(folder) });
  if (code !== 0) throw new Error(err);
  const field = (name: string) => new RegExp(`^${name}\\s+(\\S+)$`, 'm').exec(out)?.[1] ?? '';
  return { accessKeyId: field('access key id'), secretAccessKey: field('secret access key') };
}
