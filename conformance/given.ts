import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where other people's material lies when no option says so. */
const USUAL_CORPORA = join(import.meta.dirname, '../../shared/corpora');

/**
 * The folder of `--corpora`. One that was named must hold what is compared, else the run ends with 1 and a sentence: a
 * mistyped name is not a success. Without the option the usual folder is taken, and its absence is said.
 *
 * @param needed paths below the folder, all of which the run reads.
 * @returns undefined when nothing was named and the usual folder is not there; that was said.
 */
export function corporaFolder(given: string | undefined, needed: readonly string[]): string | undefined {
  if (given !== undefined) return holding('--corpora', given, needed);
  if (needed.every((path) => existsSync(join(USUAL_CORPORA, path)))) return USUAL_CORPORA;
  console.log(`SKIPPED, NOT RUN: the corpora are not at ${USUAL_CORPORA} (--corpora DIR)`);
  return undefined;
}

/** As `corporaFolder`, for a run that is nothing without them: it ends here, with 0. */
export function corporaFolderOrEnd(given: string | undefined, needed: readonly string[]): string {
  const folder = corporaFolder(given, needed);
  if (folder === undefined) process.exit(0);
  return folder;
}

/** A folder that was named with an option and holds what is looked for; ends the run with 1 otherwise. */
export function holding(option: string, folder: string, needed: readonly string[]): string {
  const missing = needed.filter((path) => !existsSync(join(folder, path)));
  if (!existsSync(folder)) endFailed(`${option} ${folder}: not there`);
  const more = missing.length > 2 ? ` and ${missing.length - 2} more` : '';
  if (missing.length > 0) {
    endFailed(`${option} ${folder}: in it lies no ${missing.slice(0, 2).join(', no ')}${more}`);
  }
  return folder;
}

/** As `holding`, for an option that may be left out, which is said. */
export function holdingIfGiven(
  option: string,
  folder: string | undefined,
  needed: readonly string[],
  what: string,
): string | undefined {
  if (folder !== undefined) return holding(option, folder, needed);
  console.log(`SKIPPED, NOT RUN: ${what} (${option} DIR)`);
  return undefined;
}

/** Ends the run: nothing was compared that should have been. */
export function endFailed(sentence: string): never {
  console.log(`FAIL ${sentence}`);
  process.exit(1);
}
