import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DECLARATION_NAME } from '../environment/declaration.ts';
import { readDeclarationText } from '../environment/declarations.ts';
import { InputError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { Declaration } from '../model/declaration.ts';
import { fileAt, revisionOf } from './git.ts';
import type { Histories } from './heads.ts';
import { readLog } from './log.ts';
import { type Roots, SIGNERS_FILE } from './roots.ts';

const MOST_SIGNER_BYTES = 1024 * 1024;

/** The roots that a declaration and the signers beside it give. */
export function rootsIn(declaration: Pick<Declaration, 'owner' | 'team'>, folder: string): Roots {
  const signers = signersIn(folder);
  return { ...peopleOf(declaration), ...(signers === undefined ? {} : { signers }) };
}

/** The roots of a folder by its own `honmaru.yaml`; undefined where it has none. */
export async function rootsInFolder(folder: string): Promise<Roots | undefined> {
  const path = join(folder, DECLARATION_NAME);
  if (!existsSync(path) || !statSync(path).isFile()) return undefined;
  const { declaration } = await readDeclarationText(readFileSync(path, 'utf8'), DECLARATION_NAME);
  return rootsIn(declaration, folder);
}

function peopleOf({ owner, team }: Pick<Declaration, 'owner' | 'team'>): Roots {
  return { ...(owner === undefined ? {} : { owner }), alone: team === 'one' };
}

function signersIn(folder: string): string | undefined {
  const path = join(folder, SIGNERS_FILE);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return undefined;
  if (!stats.isFile() || stats.size > MOST_SIGNER_BYTES) {
    throw new InputError({
      code: 'signers-file',
      message: text(`${SIGNERS_FILE} is no readable file`, `${SIGNERS_FILE} をファイルとして読めません`),
    });
  }
  return readFileSync(path, 'utf8');
}

/** What a base revision says: who decides and signs, the classes of the assets, and what it holds already. */
export interface Base {
  readonly roots: Roots;
  readonly declaration: Declaration;
  readonly histories: Histories;
}

/**
 * Reads the roots from a revision, so that a change is not judged by owners that it brings itself.
 *
 * @param decisionsPath of the file of decisions, relative to the folder.
 * @throws UsageError `base-unknown`, HonmaruError `base-unreadable`.
 */
export async function baseOf(word: string, folder: string, decisionsPath: string): Promise<Base> {
  const base = await revisionOf(word, folder);
  const [declared, signers, decisions = ''] = await Promise.all(
    [DECLARATION_NAME, SIGNERS_FILE, decisionsPath].map((path) => fileAt(base, path, folder)),
  );
  const shown = `${word}:${DECLARATION_NAME}`;
  const declaration =
    declared === undefined ? NOTHING : (await readDeclarationText(declared, shown)).declaration;
  const { histories } = readLog(decisions);
  const before = new Set([...histories.values()].flat().map(({ hash }) => hash));
  const roots = { ...peopleOf(declaration), ...(signers === undefined ? {} : { signers }), base, before };
  return { roots, declaration, histories };
}

/** What a base without a declaration says: nobody decides, and no asset has a class. */
const NOTHING: Declaration = { scope: 'application', parameters: new Map(), assets: [] };

/** The files of roots that differ between a revision and what lies here. */
export async function changedRoots(word: string, folder: string): Promise<readonly string[]> {
  const revision = await revisionOf(word, folder);
  const files = [DECLARATION_NAME, SIGNERS_FILE];
  const changed = await Promise.all(
    files.map(async (path) => {
      const here = existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined;
      return (await fileAt(revision, path, folder)) === here ? [] : [path];
    }),
  );
  return changed.flat();
}
