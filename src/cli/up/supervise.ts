import { type ChildProcess, spawn } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import { HonmaruError } from '../../kernel/errors.ts';
import type { Text } from '../../kernel/texts.ts';
import { type RunningKeeper, startKeeper } from './keeper.ts';
import { type ControlPlaneMessage, type ControlPlaneOptions, OPTIONS_VARIABLE } from './messages.ts';

/** A young generation that is large from the start: requests leave little behind, and copying it costs time. */
const MEMORY_FLAGS = ['--min-semi-space-size=8', '--max-semi-space-size=32'];
const FIRST_WAIT_MILLISECONDS = 200;
const LONGEST_WAIT_MILLISECONDS = 10_000;

/** What the supervisor tells whoever started it. */
export interface SupervisorEvents {
  ready(message: Extract<ControlPlaneMessage, { kind: 'ready' }>): void;
  /** The control plane ended by itself and is started again. */
  restarting(how: string): void;
  /** So did the keeper of the keys. */
  keeperRestarting(how: string): void;
  /** Nothing can be encrypted or decrypted until somebody does this. */
  keeperSealed(todo: Text): void;
}

/**
 * Starts the control plane and the keeper and keeps them running: one that ends by itself is started again, with growing
 * pauses. Resolves when SIGINT or SIGTERM ended it.
 *
 * @throws HonmaruError the reason why it did not start the first time.
 */
export async function supervise(options: ControlPlaneOptions, events: SupervisorEvents): Promise<void> {
  let child: ChildProcess | undefined;
  let stopping = false;
  let wait = FIRST_WAIT_MILLISECONDS;
  let everReady = false;
  let keeper: Promise<RunningKeeper> | undefined;
  const stop = () => {
    stopping = true;
    child?.kill('SIGTERM');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    while (!stopping) {
      let failed: HonmaruError | undefined;
      const started = startControlPlane(options);
      child = started;
      // Beside the control plane, so that neither waits for the other.
      keeper ??= startKeeper(options, {
        onRestart: events.keeperRestarting,
        onSealed: events.keeperSealed,
        onTrouble: (message) => process.stderr.write(`honmaru keeper: ${message}\n`),
        isStopping: () => stopping,
      });
      keeper.catch((error: HonmaruError) => {
        failed = error;
        started.kill('SIGTERM');
      });
      started.on('message', (message: ControlPlaneMessage) => {
        if (message.kind === 'failed') {
          failed = new HonmaruError(message);
          return;
        }
        keeper?.then(
          () => {
            everReady = true;
            wait = FIRST_WAIT_MILLISECONDS;
            events.ready(message);
          },
          () => undefined,
        );
      });
      const how = await ended(started);
      if (stopping) return;
      if (!everReady) throw failed ?? notStarted(how);
      events.restarting(failed ? `${how}: ${failed.message}` : how);
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, LONGEST_WAIT_MILLISECONDS);
    }
  } finally {
    (await keeper?.catch(() => undefined))?.stop();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

function startControlPlane(options: ControlPlaneOptions): ChildProcess {
  // In a clone the sources run, in the package what was compiled from them.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = fileURLToPath(new URL(`./control-plane.${extension}`, import.meta.url));
  const resolving = fileURLToPath(new URL('../../../bin/own-modules.cjs', import.meta.url));
  const flags = ['--disable-warning=ExperimentalWarning', ...MEMORY_FLAGS, '--require', resolving];
  const cache = getCompileCacheDir();
  return spawn(process.execPath, [...flags, entry], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      [OPTIONS_VARIABLE]: JSON.stringify(options),
      ...(cache !== undefined && { NODE_COMPILE_CACHE: cache }),
    },
  });
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

function notStarted(how: string): HonmaruError {
  return new HonmaruError({
    code: 'start-failed',
    message: {
      en: `the control plane did not start (${how})`,
      ja: `コントロールプレーンを起動できませんでした(${how})`,
    },
  });
}
