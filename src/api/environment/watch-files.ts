import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** An editor saves in several steps; they are one change. */
const QUIET_MILLISECONDS = 60;
const MOST_FOLDERS = 2_000;
/** Folders that hold nothing which is read, and change all the time. */
const LEFT_ALONE = new Set(['node_modules', 'cdk.out.tmp']);

/**
 * Calls back when something in the given files and folders changed: once for changes that follow each other, with
 * the names of the files. Folders are watched one by one, so that a file that is replaced is still seen.
 *
 * @param paths absolute.
 * @returns the function that ends it.
 */
export function watchFiles(
  paths: readonly string[],
  changed: (names: readonly string[]) => void,
): () => void {
  const watchers = new Map<string, FSWatcher>();
  const names = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function tell(): void {
    timer = undefined;
    lookAgain();
    changed([...names].sort());
    names.clear();
  }

  function note(name: string): void {
    names.add(name);
    clearTimeout(timer);
    timer = setTimeout(tell, QUIET_MILLISECONDS);
  }

  function lookAgain(): void {
    const folders = new Set(paths.flatMap((path) => [...foldersOf(path)]));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) if (!watchers.has(folder)) begin(folder);
  }

  function begin(folder: string): void {
    try {
      const only = paths.includes(folder) ? undefined : onlyIn(paths, folder);
      const watcher = watch(folder, (_, name) => {
        if (closed || name === null || (only && !only.has(name) && !BESIDE.test(name))) return;
        if (!PASSING.test(name)) note(name);
      });
      // A folder that goes away ends its watcher; the parent tells the change.
      watcher.on('error', () => watcher.close());
      watchers.set(folder, watcher);
    } catch {
      // It went away between the look and the watch.
    }
  }

  lookAgain();
  return () => {
    closed = true;
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

/** What stands beside a file that was named, and says more of it. */
const BESIDE = /^(?:honmaru\..+|allowed_signers)$/;
/** What editors leave for a moment. */
const PASSING = /(?:~|\.sw[a-p]|\.tmp|\.new|^4913)$/;

/** Of a folder that is watched for the files in it: their names; undefined where it is watched as a whole. */
function onlyIn(paths: readonly string[], folder: string): ReadonlySet<string> | undefined {
  const names = paths
    .filter((path) => dirname(path) === folder && !isFolder(path))
    .map((path) => basename(path));
  return names.length > 0 ? new Set(names) : undefined;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function* foldersOf(path: string): Iterable<string> {
  if (!isFolder(path)) {
    yield dirname(path);
    return;
  }
  const waiting = [path];
  for (let seen = 0; seen < MOST_FOLDERS; seen += 1) {
    const folder = waiting.shift();
    if (folder === undefined) return;
    yield folder;
    waiting.push(...foldersIn(folder));
  }
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && isLookedInto(entry.name))
      .map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}

/** Hidden folders are left alone but for the one of the signers. */
function isLookedInto(name: string): boolean {
  return name === '.honmaru' || (!name.startsWith('.') && !LEFT_ALONE.has(name));
}
