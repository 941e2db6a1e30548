import { child, type DocumentNode, type MapEntry } from '../kernel/document.ts';
import type { ProblemDetails } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { type Place, placeAt, type SourceFile } from '../kernel/source-file.ts';
import { type Text, text } from '../kernel/texts.ts';

/**
 * Reads the fields of a document that people write by hand. What is wrong is told with its line and the
 * nearest right word, and left out; nothing is thrown.
 */
export class FieldReader {
  readonly #file: SourceFile;
  readonly problems: ProblemDetails[] = [];

  constructor(file: SourceFile) {
    this.#file = file;
  }

  /** The entries of a map of which every key must be known; none where the node is no map. */
  fields(node: DocumentNode, name: string, known: readonly string[]): readonly MapEntry[] {
    const entries = this.entries(node, name);
    for (const { key, keyStart } of entries) {
      if (!known.includes(key)) this.#unknown(keyStart, key, known);
    }
    return entries;
  }

  /** The entries of a map with keys of the author's own; an empty value counts as an empty map. */
  entries(node: DocumentNode | undefined, name: string): readonly MapEntry[] {
    if (!node || isNull(node)) return [];
    if (node.kind === 'map') return node.entries;
    this.problem(node.start, text(`${name} must be a map`, `${name} はマップでなければなりません`));
    return [];
  }

  /** The items of a list; a missing field has none. */
  items(parent: DocumentNode, key: string): readonly DocumentNode[] {
    const node = child(parent, key);
    if (!node || isNull(node)) return [];
    if (node.kind === 'list') return node.items;
    this.problem(node.start, text(`${key} must be a list`, `${key} はリストでなければなりません`));
    return [];
  }

  text(parent: DocumentNode, key: string): string | undefined {
    const node = child(parent, key);
    return node && this.textOf(node, key);
  }

  textOf(node: DocumentNode, name: string): string | undefined {
    if (node.kind === 'scalar' && node.value !== null && String(node.value).trim() !== '') {
      return String(node.value);
    }
    this.problem(node.start, text(`${name} must be a text`, `${name} は文字列でなければなりません`));
    return undefined;
  }

  /** A field that must be there. */
  needed(parent: DocumentNode, key: string): string | undefined {
    if (child(parent, key)) return this.text(parent, key);
    this.problem(parent.start, text(`${key} is missing`, `${key} がありません`));
    return undefined;
  }

  /** One of some words. */
  word<T extends string>(parent: DocumentNode, key: string, words: readonly T[]): T | undefined {
    const node = child(parent, key);
    if (!node) return undefined;
    const written = node.kind === 'scalar' ? wordOf(node.value) : '';
    const found = words.find((each) => each === written);
    if (found === undefined) {
      const message = text(
        `${key} must be one of ${words.join(', ')}`,
        `${key} は ${words.join('・')} のいずれかでなければなりません`,
      );
      this.problem(node.start, message, didYouMean(written, words));
    }
    return found;
  }

  /** A class or level of the method: 1, 2 or 3. */
  level(parent: DocumentNode, key: string): number | undefined {
    const node = child(parent, key);
    if (!node) return undefined;
    const value = node.kind === 'scalar' ? node.value : undefined;
    if (value === 1 || value === 2 || value === 3) return value;
    this.problem(
      node.start,
      text(`${key} must be 1, 2 or 3`, `${key} は 1・2・3 のいずれかでなければなりません`),
      text(
        '1 is low, 2 medium, 3 high; leave it out when it is not known',
        '1が低、2が中、3が高。不明なら書かないでください',
      ),
    );
    return undefined;
  }

  place(at: number): Place {
    return placeAt(this.#file, at);
  }

  problem(at: number, message: Text, remedy?: Text): void {
    const place = this.place(at);
    this.problems.push({ code: 'register', message, ...(remedy ? { remedy } : {}), place });
  }

  #unknown(at: number, key: string, known: readonly string[]): void {
    this.problem(
      at,
      text(`the field "${key}" is not known`, `フィールド「${key}」はありません`),
      didYouMean(key, known) ??
        text(`the fields are ${known.join(', ')}`, `使えるフィールドは ${known.join('、')} です`),
    );
  }
}

/** The nearest right word as a question, where there is one. */
export function didYouMean(word: string, words: readonly string[]): Text | undefined {
  const near = nearest(word, words);
  return near === undefined ? undefined : text(`did you mean "${near}"?`, `「${near}」のことですか`);
}

/** YAML 1.1 reads `on` and `off` as booleans. */
function wordOf(value: string | number | boolean | null): string {
  return value === true ? 'on' : value === false ? 'off' : String(value);
}

function isNull(node: DocumentNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}
