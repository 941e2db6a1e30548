import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keeperFolder, keeperSeal, keeperSocket, syncToDisk } from '../../keeper/client/index.ts';
import { HonmaruError, type ProblemDetails } from '../../kernel/errors.ts';
import type { Installation } from './options.ts';

const MEMORY_MEGABYTES = 256;
const WAIT_MILLISECONDS = 500;
const PATIENCE_MILLISECONDS = 15_000;

/** The keeper process of a node, kept running until it is stopped. */
export interface RunningKeeper {
  stop(): void;
}

type Message = { readonly kind: 'ready' } | ({ readonly kind: 'failed' } & ProblemDetails);

/**
 * Starts the keeper and keeps it running. Resolves when it listens.
 *
 * @param onRestart told when it ended by itself and is started again.
 * @throws HonmaruError the reason why it did not start the first time.
 */
export async function startKeeper(
  { data, keeperKey }: Pick<Installation, 'data' | 'keeperKey'>,
  onRestart: (how: string) => void,
): Promise<RunningKeeper> {
  let child: ChildProcess | undefined;
  let stopped = false;

  async function begin(): Promise<void> {
    const started = spawnKeeper(data, keeperKey);
    child = started;
    await ready(started);
    started.once('exit', (code, signal) => {
      if (stopped) return;
      onRestart(signal ?? `exit code ${code}`);
      setTimeout(() => {
        if (!stopped) begin().catch((error: unknown) => onRestart((error as Error).message));
      }, WAIT_MILLISECONDS);
    });
  }

  await begin();
  if (existsSync(keeperKey)) syncToDisk(keeperKey);
  syncToDisk(keeperSeal(data));
  return {
    stop() {
      stopped = true;
      child?.kill('SIGTERM');
    },
  };
}

/**
 * The keeper runs under Node's permission model: it may read, and write only to its own folder; no children, no
 * workers, no native addons, no inspector. No core is written, and nothing of the environment reaches it.
 */
function spawnKeeper(data: string, keyFile: string): ChildProcess {
  mkdirSync(keeperFolder(data), { recursive: true, mode: 0o700 });
  mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = fileURLToPath(new URL(`../../keeper/main.${extension}`, import.meta.url));
  const words = [
    '--permission',
    '--allow-fs-read=*',
    ...[keeperFolder(data), dirname(keeperSocket(data)), keyFile].map((path) => `--allow-fs-write=${path}`),
    '--disable-sigusr1',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    `--max-old-space-size=${MEMORY_MEGABYTES}`,
    '--require',
    fileURLToPath(new URL('../../../bin/own-modules.cjs', import.meta.url)),
    entry,
    JSON.stringify({ data, keyFile }),
  ];
  const noCore = process.platform !== 'win32';
  const [program, ...given] = noCore
    ? ['/bin/sh', '-c', 'ulimit -c 0; exec "$0" "$@"', process.execPath, ...words]
    : [process.execPath, ...words];
  return spawn(program ?? process.execPath, given, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { PATH: '/usr/bin:/bin', LANG: 'C' },
    cwd: '/',
  });
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(notStarted('it did not answer in time')), PATIENCE_MILLISECONDS);
    const done = (settle: () => void) => {
      clearTimeout(timer);
      settle();
    };
    child.once('message', (message: Message) =>
      done(() => (message.kind === 'ready' ? resolve() : reject(new HonmaruError(message)))),
    );
    child.once('error', (error) => done(() => reject(notStarted(error.message))));
    child.once('exit', (code, signal) => done(() => reject(notStarted(signal ?? `exit code ${code}`))));
  });
}

function notStarted(how: string): HonmaruError {
  return new HonmaruError({
    code: 'keeper-not-started',
    message: {
      en: `the keeper of the keys did not start (${how})`,
      ja: `鍵を保管するプロセス(keeper)を起動できませんでした(${how})`,
    },
  });
}
