import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { syncToDisk } from '../../keeper/client/index.ts';
import { text } from '../../kernel/texts.ts';
import { type FileOfKey, type KeyFact, namesOfKey } from '../../model/key-fact.ts';
import type { Invocation, Terminal } from '../command.ts';
import { type FileUnderKey, filesUnderKeys, readFileUnderKey } from './files-under-key.ts';

/*
 * What this user put under keys: one small file for each path, named by a hash of it, so that commands that run at the
 * same time do not meet. It only says where to look; whether a file is there and under which key, its header says.
 */

const SCHEMA = 'honmaru.under-key/1';
const SUFFIX = '.json';
const MOST_FILES = 10_000;
/** More than anybody reads of one key. */
const MOST_OF_A_KEY = 100;
const WALK_MILLISECONDS = 60_000;

/** `honmaru/under-keys` in the user's data directory, whatever installation or cloud has the key. */
export function rememberedFolder(environment: Terminal['environment']): string {
  const home = environment.HOME ?? homedir();
  return join(environment.XDG_DATA_HOME || join(home, '.local', 'share'), 'honmaru', 'under-keys');
}

/** Remembers, on the disk, that files lie under their keys; the file itself is what matters, so it never fails. */
export function rememberFiles(
  files: readonly string[],
  { language }: Pick<Invocation, 'language'>,
  terminal: Pick<Terminal, 'environment' | 'error'>,
): void {
  const folder = rememberedFolder(terminal.environment);
  for (const path of files) {
    try {
      const found = readFileUnderKey(path);
      if (found) remember(folder, found);
    } catch (error) {
      const why = String((error as Error).message);
      const line = text(
        `honmaru: that ${path} depends on its key could not be noted: ${why}`,
        `honmaru: ${path} が鍵に依存することを記録できませんでした:${why}`,
      );
      terminal.error(`${line[language]}\n`);
    }
  }
}

function remember(folder: string, { file, keyId }: FileUnderKey): void {
  const name = join(folder, `${createHash('sha256').update(file).digest('hex').slice(0, 32)}${SUFFIX}`);
  const words = `${JSON.stringify({ schema: SCHEMA, path: file, keyId })}\n`;
  if (contentOf(name) === words) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length >= MOST_FILES) {
    throw new Error(`there are ${MOST_FILES} notes in ${folder} already`);
  }
  const unfinished = `${name}.${process.pid}.part`;
  writeFileSync(unfinished, words, { mode: 0o600 });
  renameSync(unfinished, name);
  syncToDisk(name);
}

/** The remembered files that are there now and under a key now; the first hundred. */
export function rememberedFilesOf(folder: string): (key: KeyFact) => readonly FileOfKey[] {
  let seen = -1;
  let paths: ReadonlyMap<string, readonly string[]> = new Map();
  return (key) => {
    const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changed !== seen) paths = pathsByKey(folder);
    seen = changed;
    const names = new Set(namesOfKey(key));
    const found: FileOfKey[] = [];
    for (const path of [...names].flatMap((name) => paths.get(name) ?? [])) {
      const file = readFileUnderKey(path);
      if (file && names.has(file.keyId)) found.push(file);
      if (found.length === MOST_OF_A_KEY) break;
    }
    return found;
  };
}

/** The same, with what lies below some paths; they are looked through when a key is asked for, at most once a minute. */
export function filesOfKeys(
  folder: string,
  places: readonly string[],
  cwd: string,
): (key: KeyFact) => readonly FileOfKey[] {
  const remembered = rememberedFilesOf(folder);
  let walked: readonly FileUnderKey[] = [];
  let walkedAt = Number.NEGATIVE_INFINITY;
  return (key) => {
    const now = performance.now();
    if (now - walkedAt > WALK_MILLISECONDS) {
      const there = places.filter((place) => statSync(resolve(cwd, place), { throwIfNoEntry: false }));
      walked = filesUnderKeys(there, cwd).files;
      walkedAt = now;
    }
    const names = new Set(namesOfKey(key));
    const known = remembered(key);
    const paths = new Set(known.map(({ file }) => file));
    const below = walked
      .filter(({ keyId, file }) => names.has(keyId) && !paths.has(resolve(cwd, file)))
      .filter(({ file }) => names.has(readFileUnderKey(resolve(cwd, file))?.keyId ?? ''));
    return [...known, ...below].slice(0, MOST_OF_A_KEY);
  };
}

function pathsByKey(folder: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const name of namesIn(folder)) {
    const record = recordOf(contentOf(join(folder, name)));
    if (!record) continue;
    const list = found.get(record.keyId);
    if (list) list.push(record.path);
    else found.set(record.keyId, [record.path]);
  }
  return found;
}

function namesIn(folder: string): readonly string[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .sort()
    .slice(0, MOST_FILES);
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Anything else in the folder is passed over. */
function recordOf(words = ''): { readonly path: string; readonly keyId: string } | undefined {
  try {
    const { schema, path, keyId } = Object(JSON.parse(words)) as Readonly<Record<string, unknown>>;
    const right = schema === SCHEMA && typeof path === 'string' && typeof keyId === 'string';
    return right ? { path, keyId } : undefined;
  } catch {
    return undefined;
  }
}
