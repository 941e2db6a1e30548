import { InputError } from '../../kernel/errors.ts';
import type { ParsedDocument } from '../../kernel/json.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import type { EditValue } from '../../model/remedy.ts';
import { isJson, parseDocument } from '../../sources/documents/parse-document.ts';
import { applySplices, overlap, type Splice } from '../text/splices.ts';
import { commonTree } from './common-tree.ts';
import { editTree } from './edit.ts';
import type { OpenDocument } from './editing.ts';
import { sameMeaning } from './functions.ts';
import { jsonTree } from './json-tree.ts';
import { type Patch, patched } from './patch.ts';
import { plainOfTree, says } from './plain.ts';
import { Refusal } from './refusal.ts';
import { type Style, styleOf } from './style.ts';
import type { Tree } from './tree.ts';

/** What an edit of a document makes of it. */
export interface EditedDocument {
  readonly text: string;
  readonly splices: readonly Splice[];
  /** The edited document as it was read for the proof; absent where the edit changes nothing. */
  readonly parsed?: ParsedFile;
}

/** A document with the file that it was read from. */
export interface ParsedFile extends ParsedDocument {
  readonly file: SourceFile;
}

const opened = new WeakMap<SourceFile, OpenDocument>();

/** What is known of an edited file before it is opened again: how its owner writes, and what it was proved to say. */
const proven = new WeakMap<SourceFile, Pick<OpenDocument, 'style' | 'plain'>>();

/**
 * Opens a JSON or YAML document for editing; the same file is taken apart once.
 *
 * @throws InputError where it cannot be read without doubt (a key written twice, for example).
 */
export async function openDocument(file: SourceFile): Promise<OpenDocument> {
  const before = opened.get(file);
  if (before) return before;
  const tree = isJson(file)
    ? jsonTree(file)
    : (commonTree(file) ?? (await import('./yaml-tree.ts')).yamlTree(file));
  const known = proven.get(file);
  const document = known ? { file, tree, ...known } : new LazyDocument(file, tree);
  opened.set(file, document);
  return document;
}

/** Most documents of the last round are only looked into: their style and meaning are made when asked for. */
class LazyDocument implements OpenDocument {
  readonly file: SourceFile;
  readonly tree: Tree;
  #style: Style | undefined;
  #plain: EditValue | undefined;

  constructor(file: SourceFile, tree: Tree) {
    this.file = file;
    this.tree = tree;
  }

  get style(): Style {
    this.#style ??= styleOf(this.tree);
    return this.#style;
  }

  get plain(): EditValue {
    this.#plain ??= plainOfTree(this.tree);
    return this.#plain;
  }
}

/**
 * The splices for one patch, without the proof of `editDocument`.
 *
 * @throws Refusal where the place is not certain.
 */
export function splicesFor(document: OpenDocument, patch: Patch): readonly Splice[] {
  return editTree(document, patch);
}

/**
 * Edits a document and proves the result: read again, it must say exactly what it said before with the patch
 * applied, and nothing else.
 *
 * @throws Refusal where the place is not certain, or the proof fails; no text is made then.
 */
export async function editDocument(document: OpenDocument, patch: Patch): Promise<EditedDocument> {
  const splices = splicesFor(document, patch);
  if (overlap(splices)) throw new Refusal(NOT_PROVED);
  const { file } = document;
  const edited = applySplices(file.text, splices);
  const wanted = patched(document.plain, patch);
  if (edited === file.text && wanted !== undefined && sameMeaning(document.plain, wanted)) {
    return { text: edited, splices };
  }
  const parsed = await proved({ path: file.path, text: edited }, wanted);
  if (!parsed || wanted === undefined) throw new Refusal(NOT_PROVED);
  proven.set(parsed.file, { style: document.style, plain: wanted });
  return { text: edited, splices, parsed };
}

const NOT_PROVED = text(
  'the edited file would not say what it should when read again, so it was left alone (a defect of Honmaru)',
  '編集後のファイルを読み直すと意図と異なる内容になるため、変更しませんでした(Honmaruの不具合)',
);

/** The edited file as the environment's reader reads it, or undefined where it does not say what is wanted. */
async function proved(file: SourceFile, wanted: EditValue | undefined): Promise<ParsedFile | undefined> {
  try {
    const { root, problems } = await parseDocument(file);
    if (problems.length > 0 || wanted === undefined) return undefined;
    return says(root, wanted) ? { file, root, problems } : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
