import { basename, dirname } from 'node:path/posix';

/** A template's file and what the declaration says of it. */
export interface NamedFile {
  /** Relative path with `/`. */
  readonly shown: string;
  /** The stack's name from `honmaru.yaml`. */
  readonly declared: string | undefined;
  /** The environment's name, when the file lies beside the declaration. */
  readonly environment: string | undefined;
}

/**
 * One name per stack, unique in the environment: the declared one; else the environment's name for a file
 * called `template.*`; else the file's name without its ending. Files that would share a name are told
 * apart by their folders, then by number. Never taken from an absolute path.
 */
export function stackNames(files: readonly NamedFile[]): readonly string[] {
  const plain = files.map(({ shown, declared, environment }) => {
    if (declared !== undefined) return declared;
    const stem = stemOf(shown);
    return stem === 'template' && environment !== undefined ? environment : stem;
  });
  const clash = (name: string) => plain.filter((each) => each === name).length > 1;
  const taken = new Set<string>();
  return plain.map((name, index) => {
    const file = files[index];
    const wanted = file && file.declared === undefined && clash(name) ? withFolder(file.shown, name) : name;
    const free = firstFree(wanted, taken);
    taken.add(free);
    return free;
  });
}

function stemOf(shown: string): string {
  const name = basename(shown);
  const dot = name.search(/\.(?:template\.)?(?:json|ya?ml|template)$/i);
  return dot > 0 ? name.slice(0, dot) : name;
}

function withFolder(shown: string, name: string): string {
  const parts = dirname(shown)
    .split('/')
    .filter((part) => part !== '.' && part !== '..' && part !== '');
  if (parts.length === 0) return name;
  return name === 'template' ? parts.join('.') : [...parts, name].join('.');
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}
