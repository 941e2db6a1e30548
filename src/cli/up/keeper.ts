import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keeperFolder, keeperSeal, keeperSocket, syncToDisk } from '../../keeper/client/index.ts';
import { HonmaruError, type ProblemDetails } from '../../kernel/errors.ts';
import type { Text } from '../../kernel/texts.ts';
import type { Installation } from './options.ts';
import { whatUnseals } from './tell-sealed.ts';
import { type Ending, unsealByOtherKms } from './unseal-by-kms.ts';

const MEMORY_MEGABYTES = 256;
const FIRST_WAIT_MILLISECONDS = 500;
const LONGEST_WAIT_MILLISECONDS = 10_000;
const PATIENCE_MILLISECONDS = 15_000;

/** The keeper process of a node, kept running until it is stopped. */
export interface RunningKeeper {
  stop(): void;
}

type Message = { readonly kind: 'ready' } | ({ readonly kind: 'failed' } & ProblemDetails);

/** Who runs the keeper. */
export interface KeeperWatch {
  /** Told when it ended by itself and is started again. */
  onRestart(how: string): void;
  /** Told what somebody has to do to unseal it, at each start. */
  onSealed(todo: Text): void;
  /** Told why it stays sealed. */
  onTrouble(message: string): void;
  /** Whether the whole node is ending: a signal to its process group ends the keeper too. */
  isStopping(): boolean;
}

/**
 * Starts the keeper and keeps it running: one that ends by itself is started again, with growing pauses.
 * Resolves when it listens.
 *
 * @throws HonmaruError the reason why it did not start the first time.
 */
export async function startKeeper(
  { data, keeperKey }: Pick<Installation, 'data' | 'keeperKey'>,
  watch: KeeperWatch,
): Promise<RunningKeeper> {
  let child: ChildProcess | undefined;
  let stopped = false;
  let wait = FIRST_WAIT_MILLISECONDS;
  let endUnsealing: Ending = () => undefined;

  async function begin(): Promise<void> {
    const started = spawnKeeper(data, keeperKey);
    child = started;
    try {
      await ready(started);
      // A new root key may be used as soon as the seal that holds it is on the disk.
      syncToDisk(keeperSeal(data));
    } catch (error) {
      started.kill('SIGKILL');
      throw error;
    }
    wait = FIRST_WAIT_MILLISECONDS;
    endUnsealing();
    endUnsealing = unsealByOtherKms(data, watch.onTrouble);
    whatUnseals(data).then(
      (words) => words && watch.onSealed(words),
      () => undefined,
    );
    started.once('exit', (code, signal) => beginAgain(signal ?? `exit code ${code}`));
  }

  /** What ended the keeper may be about to reach this process too. */
  function beginAgain(how: string): void {
    if (stopped) return;
    setTimeout(() => {
      if (stopped || watch.isStopping()) return;
      watch.onRestart(how);
      begin().catch((error: Error) => beginAgain(error.message));
    }, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MILLISECONDS);
  }

  await begin();
  if (existsSync(keeperKey)) syncToDisk(keeperKey);
  return {
    stop() {
      stopped = true;
      endUnsealing();
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
