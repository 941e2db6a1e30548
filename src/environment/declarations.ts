import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { NotAnalysed } from '../model/assessment.ts';
import type { AssetDeclaration, Declaration, Scope } from '../model/declaration.ts';
import { inputNote } from '../sources/cloudformation/note.ts';
import { parseDocument } from '../sources/documents/parse-document.ts';
import { readSource } from '../sources/documents/read-file.ts';
import { DECLARATION_NAME, type DeclarationReading, readDeclaration } from './declaration.ts';
import { detailsOfCaught, shownPath } from './inputs.ts';

/** A `honmaru.yaml` and the folder it lies in. */
export interface DeclaredFolder extends DeclarationReading {
  readonly folder: string;
}

/** Reads the `honmaru.yaml` of each folder that has one. */
export async function readDeclarations(
  folders: readonly string[],
  cwd: string,
  report: (note: NotAnalysed) => void,
): Promise<readonly DeclaredFolder[]> {
  const found: DeclaredFolder[] = [];
  for (const folder of folders) {
    const path = join(folder, DECLARATION_NAME);
    if (!existsSync(path)) continue;
    const shown = shownPath(path, cwd);
    try {
      const file = readSource(path, shown);
      const { root, problems } = await parseDocument(file);
      const reading = readDeclaration(file, root);
      for (const problem of [...problems, ...reading.problems]) report(inputNote(shown, problem));
      found.push({ folder, ...reading });
    } catch (error) {
      report(inputNote(shown, detailsOfCaught(error)));
    }
  }
  return found;
}

/** Reads a declaration that lies in no file here, such as the one of another revision. */
export async function readDeclarationText(content: string, shown: string): Promise<DeclarationReading> {
  const file = { path: shown, text: content };
  const { root, problems } = await parseDocument(file);
  const reading = readDeclaration(file, root);
  return { ...reading, problems: [...problems, ...reading.problems] };
}

/** What the command line says beside the files. */
export interface GivenFacts {
  readonly parameters: ReadonlyMap<string, string>;
  readonly scope?: Scope;
}

/** One declaration for the environment: the command line goes first, then the files in their order. */
export function mergeDeclarations(declared: readonly DeclaredFolder[], given: GivenFacts): Declaration {
  const all = declared.map(({ declaration }) => declaration);
  const name = all.find((each) => each.name !== undefined)?.name;
  const { owner, ownerSource } = all.find((each) => each.owner !== undefined) ?? {};
  const parameters = new Map(given.parameters);
  const assets: AssetDeclaration[] = [];
  for (const each of all) {
    for (const [key, value] of each.parameters) if (!parameters.has(key)) parameters.set(key, value);
    assets.push(...each.assets);
  }
  return {
    ...(name === undefined ? {} : { name }),
    scope: given.scope ?? all[0]?.scope ?? 'application',
    ...(owner === undefined ? {} : { owner }),
    ...(ownerSource === undefined ? {} : { ownerSource }),
    ...(all.some((each) => each.team === 'one') ? { team: 'one' } : {}),
    parameters,
    assets,
    safeguards: all.flatMap((each) => each.safeguards ?? []),
    moved: all.flatMap((each) => each.moved ?? []),
  };
}

/** What the declarations say about the file at a path. */
export interface DeclaredNames {
  /** The stack's name. */
  readonly declared: string | undefined;
  /** The environment's name, when the file lies beside the declaration. */
  readonly environment: string | undefined;
}

/** The names that the declarations give to a template. */
export function declaredNames(path: string, declared: readonly DeclaredFolder[]): DeclaredNames {
  for (const { folder, stacks, declaration } of declared) {
    const below = relative(folder, path).split(sep).join('/');
    if (below.startsWith('..')) continue;
    const environment = dirname(path) === folder ? declaration.name : undefined;
    return { declared: stacks.get(below), environment };
  }
  return { declared: undefined, environment: undefined };
}
