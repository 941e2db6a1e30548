import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { HonmaruError, InputError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import { SNAPSHOT_SCHEMA, type Snapshot } from '../../sources/aws/snapshot.ts';
import { systemWords } from '../file-trouble.ts';

const BETWEEN_WRITES_MS = 2_000;

/** Writes what there is so far, now and then: an interrupted run goes on from there. */
export function partWriter(path: string): (snapshot: () => Snapshot) => void {
  let last = performance.now();
  return (snapshot) => {
    if (performance.now() - last < BETWEEN_WRITES_MS) return;
    writeSnapshot(path, snapshot());
    last = performance.now();
  };
}

/**
 * Writes beside the file and moves it there, so that an interruption leaves the old or the new one whole.
 * Only the owner may read it.
 *
 * @throws HonmaruError `out-file` when the file cannot be written.
 */
export function writeSnapshot(path: string, snapshot: Snapshot): void {
  // Two runs at once do not write into each other's file.
  const beside = `${path}.${process.pid}.new`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(beside, `${JSON.stringify(snapshot, undefined, 1)}\n`, { mode: 0o600 });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    const why = systemWords(error);
    throw new HonmaruError({
      code: 'out-file',
      message: text(
        `the snapshot cannot be written: ${why.en}`,
        `スナップショットを書き込めません:${why.ja}`,
      ),
    });
  }
}

/**
 * An unfinished snapshot that stands where the new one goes; a finished one is made anew.
 *
 * @throws InputError `out-exists` when something else stands there.
 */
export function earlierSnapshot(path: string, shown: string): Snapshot | undefined {
  if (!existsSync(path)) return undefined;
  const found = readEarlier(path);
  if (!found) {
    throw new InputError({
      code: 'out-exists',
      message: text(
        `${shown} is there and is no snapshot of this version`,
        `${shown} は既に存在し、この版のスナップショットではありません`,
      ),
      remedy: text('name another file with --out', '--out で別のファイルを指定してください'),
    });
  }
  const unfinished = !found.complete || found.parts.some(({ gaps }) => gaps.length > 0);
  return unfinished ? found : undefined;
}

function readEarlier(path: string): Snapshot | undefined {
  try {
    const read = JSON.parse(readFileSync(path, 'utf8')) as Snapshot | null;
    return read?.schema === SNAPSHOT_SCHEMA && Array.isArray(read.parts) ? read : undefined;
  } catch {
    return undefined;
  }
}
