import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '../../kernel/limits.ts';

/** Folders in which nobody keeps the templates that they deploy. */
const SKIPPED = new Set(['node_modules', 'dist']);

export interface Walk {
  /** Paths of files below the folder, relative to it, with `/`, sorted. */
  readonly files: readonly string[];
  /** Folders that could not be read, relative, with the system's error. */
  readonly unreadable: readonly { readonly folder: string; readonly error: unknown }[];
  /** True when the walk ended at a limit and did not see everything. */
  readonly truncated: boolean;
}

export interface WalkLimits {
  readonly files?: number;
  readonly depth?: number;
}

/**
 * The files below a folder that `wanted` takes by their names. Hidden folders, `node_modules` and `dist`
 * are left out; symbolic links are not followed, so the walk never leaves the folder.
 */
export function walkFiles(folder: string, wanted: (name: string) => boolean, limits: WalkLimits = {}): Walk {
  const files: string[] = [];
  const unreadable: { folder: string; error: unknown }[] = [];
  const most = limits.files ?? LIMITS.walkFiles;
  const deepest = limits.depth ?? LIMITS.walkDepth;
  let truncated = false;
  let seen = 0;
  const enter = (relative: string, depth: number) => {
    if (truncated) return;
    for (const entry of entriesOf(relative)) {
      seen += 1;
      if (seen > most) {
        truncated = true;
        return;
      }
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isFile() && wanted(entry.name)) files.push(path);
      if (!entry.isDirectory() || entry.name.startsWith('.') || SKIPPED.has(entry.name)) continue;
      if (depth >= deepest) truncated = true;
      else enter(path, depth + 1);
    }
  };
  const entriesOf = (relative: string) => {
    try {
      return readdirSync(join(folder, relative), { withFileTypes: true }).sort((a, b) =>
        a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
      );
    } catch (error) {
      unreadable.push({ folder: relative, error });
      return [];
    }
  };
  enter('', 0);
  return { files, unreadable, truncated };
}
