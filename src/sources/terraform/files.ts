import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, posix, resolve, sep } from 'node:path';
import { LIMITS } from '../../kernel/limits.ts';

/** The files that reading a configuration may look at; paths are relative to where people stand, with `/`. */
export interface TerraformFiles {
  /** The names of the files of a folder, sorted; undefined when there is no such folder. */
  namesIn(folder: string): readonly string[] | undefined;
  /** The text of a file; undefined when it is missing or too large. */
  read(path: string): string | undefined;
  /** Whether a path lies below another, links followed. */
  isBelow(path: string, folder: string): boolean;
}

/** The files on disk, relative to a working directory. */
export function filesOnDisk(workingDirectory: string): TerraformFiles {
  const absolute = (path: string) => resolve(workingDirectory, path);
  return {
    namesIn: (folder) => {
      try {
        const entries = readdirSync(absolute(folder), { withFileTypes: true });
        return entries
          .filter((entry) => !entry.isDirectory())
          .map((entry) => entry.name)
          .sort();
      } catch {
        return undefined;
      }
    },
    read: (path) => {
      try {
        const stats = statSync(absolute(path));
        if (!stats.isFile() || stats.size > LIMITS.documentBytes) return undefined;
        return readFileSync(absolute(path), 'utf8');
      } catch {
        return undefined;
      }
    },
    isBelow: (path, folder) => {
      try {
        const [inner, outer] = [realpathSync(absolute(path)), realpathSync(absolute(folder))];
        return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
      } catch {
        return false;
      }
    },
  };
}

/** Files of which some texts count as edited, or as added, by absolute path. */
export function withEdited(
  files: TerraformFiles,
  edited: ReadonlyMap<string, { readonly text: string }>,
  workingDirectory: string,
): TerraformFiles {
  const added = (folder: string) =>
    [...edited.keys()]
      .filter((path) => dirname(path) === resolve(workingDirectory, folder))
      .map((path) => basename(path));
  return {
    ...files,
    namesIn: (folder) => {
      const names = files.namesIn(folder);
      return names && [...new Set([...names, ...added(folder)])].sort();
    },
    read: (path) => edited.get(resolve(workingDirectory, path))?.text ?? files.read(path),
  };
}

/** Files held in memory by path; for tests and for callers that read elsewhere. */
export function filesInMemory(texts: Readonly<Record<string, string>>): TerraformFiles {
  const paths = new Map(Object.entries(texts).map(([path, text]) => [posix.normalize(path), text]));
  return {
    namesIn: (folder) => {
      const names = [...paths.keys()]
        .filter((path) => posix.dirname(path) === posix.normalize(folder))
        .map((path) => posix.basename(path));
      return names.length > 0 ? names.sort() : undefined;
    },
    read: (path) => paths.get(posix.normalize(path)),
    isBelow: (path, folder) =>
      posix.normalize(folder) === '.'
        ? !posix.normalize(path).startsWith('..')
        : posix.normalize(path).startsWith(posix.normalize(folder)),
  };
}
