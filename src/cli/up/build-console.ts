import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Builds the pages of the console when they are older than their sources; the package has no sources of them. */
const BUILDER = fileURLToPath(new URL('../../../console/build/main.ts', import.meta.url));

/**
 * In a clone, builds the console's pages when they are out of date, with progress on standard error.
 *
 * @returns whether they can be served; without them the API still answers.
 */
export function buildConsole(): boolean {
  if (!import.meta.url.endsWith('.ts') || !existsSync(BUILDER)) return true;
  const { status } = spawnSync(process.execPath, [BUILDER, '--if-stale'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status === 0;
}
