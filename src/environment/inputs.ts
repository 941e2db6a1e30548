import { type Stats, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { InputError } from '../kernel/errors.ts';
import { LIMITS } from '../kernel/limits.ts';
import { text } from '../kernel/texts.ts';
import type { NotAnalysed } from '../model/assessment.ts';
import { REGISTER_NAME } from '../model/register.ts';
import { inputNote } from '../sources/cloudformation/note.ts';
import { DOCUMENT_NAME } from '../sources/documents/parse-document.ts';
import { openProblem } from '../sources/documents/read-file.ts';
import { walkFiles } from '../sources/documents/walk.ts';
import { DECLARATION_NAME } from './declaration.ts';
import { isConfigurationName } from './self-hosted-names.ts';

/** A file that may be part of the environment. */
export interface InputFile {
  readonly path: string;
  /** As it is shown: relative to the working directory, with `/`. */
  readonly shown: string;
  /** Named on the command line, not found by a walk: then it must be something that can be read. */
  readonly explicit: boolean;
}

export interface Inputs {
  readonly files: readonly InputFile[];
  /** Folders in which `honmaru.yaml` is looked for, in the order of the paths. */
  readonly folders: readonly string[];
  /** Folders that were left alone: a declaration of their own makes them environments of their own. */
  readonly apart: readonly string[];
  readonly notes: readonly NotAnalysed[];
}

/** Finds the files of the given paths, each once. Folders are walked; nothing above them is looked at. */
export function findInputs(paths: readonly string[], cwd: string): Inputs {
  const files = new Map<string, InputFile>();
  const folders = new Set<string>();
  const apart = new Set<string>();
  const notes: NotAnalysed[] = [];
  for (const given of paths) {
    const path = resolve(cwd, given);
    const stat = statOf(path, given, notes);
    if (!stat) continue;
    if (!stat.isDirectory()) {
      folders.add(dirname(path));
      if (!isDeclaration(path)) files.set(path, { path, shown: shownPath(path, cwd), explicit: true });
      continue;
    }
    folders.add(path);
    const found = walk(path, given, notes);
    for (const folder of ownEnvironments(found)) apart.add(join(path, folder));
    for (const file of found) {
      const full = join(path, file);
      if (isDeclaration(file) || isBelow(full, apart)) continue;
      if (!files.has(full)) files.set(full, { path: full, shown: shownPath(full, cwd), explicit: false });
    }
  }
  for (const folder of apart) notes.push(ownEnvironment(shownPath(folder, cwd)));
  return { files: [...files.values()], folders: [...folders], apart: [...apart], notes };
}

/** What people declare about the environment; nothing of it is deployed. */
function isDeclaration(path: string): boolean {
  return [DECLARATION_NAME, REGISTER_NAME].includes(basename(path));
}

/** The folders below the one that was walked that have a declaration of their own. */
function ownEnvironments(files: readonly string[]): readonly string[] {
  return files
    .filter((file) => basename(file) === DECLARATION_NAME)
    .map(dirname)
    .filter((folder) => folder !== '.');
}

/** Whether a file lies in one of the folders. */
export function isBelow(file: string, folders: Iterable<string>): boolean {
  for (const folder of folders) if (file.startsWith(folder + sep)) return true;
  return false;
}

function ownEnvironment(folder: string): NotAnalysed {
  return {
    kind: 'outside',
    what: folder,
    reason: text(
      `the folder has a ${DECLARATION_NAME} of its own, so it is an environment of its own`,
      `このフォルダには専用の${DECLARATION_NAME}があるため、別の環境として扱います`,
    ),
    remedy: text(`assess ${folder} by itself`, `${folder} を単独で評価してください`),
  };
}

function statOf(path: string, given: string, notes: NotAnalysed[]): Stats | undefined {
  if (given.trim() === '') {
    const message = text('a path is empty', '空のパスが指定されています');
    const remedy = text(
      'name a file or a folder (. for this one)',
      'ファイルかフォルダ(このフォルダなら .)を指定してください',
    );
    notes.push(inputNote('""', { code: 'path-empty', message, remedy }));
    return undefined;
  }
  try {
    return statSync(path);
  } catch (error) {
    notes.push(inputNote(given, detailsOf(openProblem(error))));
    return undefined;
  }
}

function walk(path: string, given: string, notes: NotAnalysed[]): readonly string[] {
  const { files, unreadable, truncated } = walkFiles(
    path,
    (name) => DOCUMENT_NAME.test(name) || isConfigurationName(name),
  );
  for (const { folder, error } of unreadable) {
    const shown = folder === '' ? given : `${given}/${folder}`;
    notes.push(inputNote(shown, detailsOf(openProblem(error))));
  }
  if (truncated) {
    notes.push({
      kind: 'input',
      what: given,
      reason: text(
        `the folder is larger than ${LIMITS.walkFiles} files or ${LIMITS.walkDepth} levels; the rest was not looked at`,
        `フォルダが${LIMITS.walkFiles}ファイルまたは${LIMITS.walkDepth}階層を超えています。残りは調べていません`,
      ),
      remedy: text('give the folders of the templates', 'テンプレートのあるフォルダを指定してください'),
    });
  }
  return files;
}

/** The details of an error that was meant for people. */
export function detailsOf(error: InputError) {
  return {
    code: error.code,
    message: error.text,
    ...(error.remedy ? { remedy: error.remedy } : {}),
    ...(error.place ? { place: error.place } : {}),
  };
}

/** The details of an InputError that was caught; anything else is a defect and thrown again. */
export function detailsOfCaught(error: unknown) {
  if (error instanceof InputError) return detailsOf(error);
  throw error;
}

/** A path for people: relative to where they stand when it lies below, else its last part. */
export function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return (below.startsWith('..') ? below : below || basename(path)).split(sep).join('/');
}
