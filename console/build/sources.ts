import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const CONSOLE = fileURLToPath(new URL('..', import.meta.url));

/** What the built files are made of, beside the packages that `package.json` pins. */
const PARTS = ['src', 'build', 'public', 'index.html', 'package.json'];

/** The hash of the sources stands beside what was built from them. */
export const HASH_FILE = 'sources.txt';

/** SHA-256 over the names and bytes of all sources. */
export function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const file of PARTS.flatMap((part) => filesBelow(join(CONSOLE, part))).sort()) {
    hash.update(`${relative(CONSOLE, file)}\n`);
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Whether `console/dist` was built from other sources than those that are there now, or not at all. */
export function isStale(): boolean {
  const file = join(CONSOLE, 'dist', HASH_FILE);
  return !existsSync(file) || readFileSync(file, 'utf8').trim() !== sourcesHash();
}

function filesBelow(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
