import type { DocumentNode, MapEntry } from './document.ts';
import { InputError, type ProblemDetails } from './errors.ts';
import { LIMITS } from './limits.ts';
import { placeAt, type SourceFile } from './source-file.ts';
import { type Text, text } from './texts.ts';

/** A document and what was wrong with it although it could be read (duplicate keys). */
export interface ParsedDocument {
  readonly root: DocumentNode;
  readonly problems: readonly ProblemDetails[];
}

export interface JsonLimits {
  /** Deepest nesting that is read; deeper is refused. */
  readonly depth?: number;
  /**
   * Says which values a caller does not need, by their key and the nesting of the map that holds it (1 for
   * the outermost). They become null and are checked only for closed strings and brackets.
   */
  readonly skip?: (key: string, depth: number) => boolean;
}

/**
 * Parses JSON (RFC 8259) and keeps the offsets of every node. A duplicate key is reported as a problem
 * and its last value wins, as in `JSON.parse`; a leading byte order mark is skipped.
 *
 * @throws InputError `json-syntax` or `json-depth` with the place of the first offending character.
 */
export function parseJson(file: SourceFile, limits: JsonLimits = {}): ParsedDocument {
  return new JsonReader(file, limits).read();
}

/**
 * Parses the one value that stands at an offset of a document whose other parts are not needed now, such as
 * a value that was passed over. Offsets are those of the whole file.
 *
 * @throws InputError `json-syntax` or `json-depth`.
 */
export function parseJsonAt(file: SourceFile, offset: number, limits: JsonLimits = {}): DocumentNode {
  return new JsonReader(file, limits).readAt(offset);
}

/** Whether a node stands for a value that was passed over. */
export function isPassedOver(file: SourceFile, node: DocumentNode): boolean {
  return node.kind === 'scalar' && node.value === null && file.text.charCodeAt(node.start) !== CODES.n;
}

const CODES = {
  tab: 0x09,
  newline: 0x0a,
  return: 0x0d,
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  minus: 0x2d,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  n: 0x6e,
} as const;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const STRING_END = /["\\\u0000-\u001f]/g;

class JsonReader {
  readonly #file: SourceFile;
  readonly #text: string;
  readonly #maximumDepth: number;
  readonly #skip: JsonLimits['skip'];
  readonly #problems: ProblemDetails[] = [];
  #at = 0;
  #depth = 0;

  constructor(file: SourceFile, limits: JsonLimits) {
    this.#file = file;
    this.#text = file.text;
    this.#maximumDepth = limits.depth ?? LIMITS.documentDepth;
    this.#skip = limits.skip;
  }

  read(): ParsedDocument {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
    this.#skipSpace();
    if (this.#at === this.#text.length) this.#fail(text('the document is empty', '文書が空です'));
    const root = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) {
      this.#fail(
        text('unexpected text after the end of the document', '文書の終わりの後に余分な文字があります'),
      );
    }
    return { root, problems: this.#problems };
  }

  readAt(offset: number): DocumentNode {
    this.#at = offset;
    return this.#value();
  }

  #value(): DocumentNode {
    const start = this.#at;
    switch (this.#text.charCodeAt(start)) {
      case CODES.openBrace:
        return this.#nested(() => this.#map(start));
      case CODES.openBracket:
        return this.#nested(() => this.#list(start));
      case CODES.quote: {
        const value = this.#string();
        return { kind: 'scalar', value, start, end: this.#at };
      }
      default:
        return this.#word(start);
    }
  }

  #nested(read: () => DocumentNode): DocumentNode {
    this.#depth += 1;
    if (this.#depth > this.#maximumDepth) {
      throw new InputError({
        code: 'json-depth',
        message: text(
          `nested deeper than ${this.#maximumDepth} levels`,
          `入れ子が${this.#maximumDepth}段を超えています`,
        ),
        place: placeAt(this.#file, this.#at),
      });
    }
    const node = read();
    this.#depth -= 1;
    return node;
  }

  #map(start: number): DocumentNode {
    const entries: MapEntry[] = [];
    let seen: Map<string, number> | undefined;
    this.#at += 1;
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) === CODES.closeBrace) {
      this.#at += 1;
      return { kind: 'map', entries, start, end: this.#at };
    }
    for (;;) {
      const keyStart = this.#at;
      if (this.#text.charCodeAt(keyStart) !== CODES.quote) {
        this.#fail(
          text('a key in double quotes is expected here', 'ここには二重引用符で囲んだキーが必要です'),
        );
      }
      const key = this.#string();
      const keyEnd = this.#at;
      this.#skipSpace();
      this.#expect(CODES.colon, ':');
      this.#skipSpace();
      const value = this.#skip?.(key, this.#depth) ? this.#passOver() : this.#value();
      const entry = { key, keyStart, keyEnd, value };
      if (!seen && entries.length === FEW_ENTRIES) seen = positionsOf(entries);
      const earlier = seen ? seen.get(key) : positionOf(entries, key);
      if (earlier === undefined) {
        seen?.set(key, entries.length);
        entries.push(entry);
      } else {
        this.#problems.push(duplicateKey(this.#file, key, keyStart));
        entries[earlier] = entry;
      }
      this.#skipSpace();
      if (this.#endOf(CODES.closeBrace, '}')) return { kind: 'map', entries, start, end: this.#at };
    }
  }

  /** Moves past a value without keeping it. */
  #passOver(): DocumentNode {
    const start = this.#at;
    let open = 0;
    do {
      const code = this.#text.charCodeAt(this.#at);
      if (code === CODES.quote) this.#at = this.#endOfString(this.#at);
      else if (code === CODES.openBrace || code === CODES.openBracket) {
        open += 1;
        this.#at += 1;
      } else if (code === CODES.closeBrace || code === CODES.closeBracket) {
        open -= 1;
        this.#at += 1;
      } else if (code === CODES.comma || code === CODES.colon) this.#at += 1;
      else this.#word(this.#at);
      if (open > 0) this.#skipSpace();
    } while (open > 0);
    return { kind: 'scalar', value: null, start, end: this.#at };
  }

  #list(start: number): DocumentNode {
    const items: DocumentNode[] = [];
    this.#at += 1;
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) === CODES.closeBracket) {
      this.#at += 1;
      return { kind: 'list', items, start, end: this.#at };
    }
    for (;;) {
      items.push(this.#value());
      this.#skipSpace();
      if (this.#endOf(CODES.closeBracket, ']')) return { kind: 'list', items, start, end: this.#at };
    }
  }

  /** Consumes `,` and white space and says no, or the closing character and says yes. */
  #endOf(closing: number, shown: string): boolean {
    const code = this.#text.charCodeAt(this.#at);
    if (code === closing) {
      this.#at += 1;
      return true;
    }
    if (code !== CODES.comma)
      this.#fail(text(`"," or "${shown}" is expected here`, `ここには「,」または「${shown}」が必要です`));
    this.#at += 1;
    this.#skipSpace();
    return false;
  }

  #string(): string {
    const start = this.#at;
    this.#at = this.#endOfString(start);
    return this.#decode(start, this.#at);
  }

  /** The offset behind the closing quote. */
  #endOfString(start: number): number {
    for (let at = start + 1; ; ) {
      STRING_END.lastIndex = at;
      const match = STRING_END.exec(this.#text);
      if (!match) {
        this.#fail(text('this string has no end', 'この文字列は閉じられていません'));
      }
      const code = this.#text.charCodeAt(match.index);
      if (code === CODES.quote) return match.index + 1;
      if (code !== CODES.backslash) {
        this.#at = match.index;
        this.#fail(text('a control character stands in a string', '文字列の中に制御文字があります'));
      }
      at = match.index + 2;
    }
  }

  #decode(start: number, end: number): string {
    const raw = this.#text.slice(start, end);
    if (!raw.includes('\\')) return raw.slice(1, -1);
    try {
      return JSON.parse(raw) as string;
    } catch {
      this.#at = start;
      this.#fail(
        text('this string has an escape that JSON does not know', 'JSONにないエスケープが文字列にあります'),
      );
    }
  }

  #word(start: number): DocumentNode {
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, start)) {
        this.#at = start + word.length;
        return { kind: 'scalar', value, start, end: this.#at };
      }
    }
    NUMBER.lastIndex = start;
    const match = NUMBER.exec(this.#text);
    if (!match) {
      this.#fail(
        start >= this.#text.length
          ? text('the document ends in the middle', '文書が途中で終わっています')
          : text('no JSON value begins here', 'ここからJSONの値は始まりません'),
      );
    }
    this.#at = start + match[0].length;
    return { kind: 'scalar', value: Number(match[0]), start, end: this.#at };
  }

  #expect(code: number, shown: string): void {
    if (this.#text.charCodeAt(this.#at) !== code) {
      this.#fail(text(`"${shown}" is expected here`, `ここには「${shown}」が必要です`));
    }
    this.#at += 1;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== CODES.space && code !== CODES.newline && code !== CODES.return && code !== CODES.tab)
        return;
      this.#at += 1;
    }
  }

  #fail(message: Text): never {
    throw new InputError({ code: 'json-syntax', message, place: placeAt(this.#file, this.#at) });
  }
}

/** Up to here a duplicate key is found by looking at every entry; it saves an index for each small map. */
const FEW_ENTRIES = 16;

function positionOf(entries: readonly MapEntry[], key: string): number | undefined {
  const at = entries.findIndex((entry) => entry.key === key);
  return at < 0 ? undefined : at;
}

function positionsOf(entries: readonly MapEntry[]): Map<string, number> {
  return new Map(entries.map((entry, index) => [entry.key, index]));
}

const WORDS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** The problem of a key that stands twice in one map. */
export function duplicateKey(file: SourceFile, key: string, offset: number): ProblemDetails {
  return {
    code: 'duplicate-key',
    message: text(`the key "${key}" stands twice in one map`, `キー「${key}」が同じマップに二度あります`),
    remedy: text(
      'keep one of the two; the later one was read',
      'どちらか一方を残してください(後のものを読みました)',
    ),
    place: placeAt(file, offset),
  };
}
