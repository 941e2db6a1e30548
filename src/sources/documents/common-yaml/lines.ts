import { DASH, DOT, endOfLine, HASH, isBlank, NEWLINE, skipSpaces, TAB } from './characters.ts';
import { uncommon } from './uncommon.ts';

interface Comment {
  readonly column: number;
  /** Behind its line. */
  readonly end: number;
}

/**
 * Walks from one line with content to the next, and keeps the comments between them: those that are indented
 * like what stands before still belong to it.
 */
export class Lines {
  readonly source: string;
  /** Where the content of the line begins; the end of the text behind the last one. */
  at = 0;
  /** The column of it; -1 behind the last line. */
  indent = -1;
  #comments: Comment[] = [];

  constructor(source: string) {
    this.source = source;
  }

  /**
   * Goes to the first line with content at or behind the start of a line.
   *
   * @throws Uncommon for a tab in an indentation and the marks of further documents.
   */
  next(from: number): void {
    this.#comments = [];
    for (let start = from; start < this.source.length; ) {
      const at = skipSpaces(this.source, start);
      const code = this.source.charCodeAt(at);
      if (code === TAB) uncommon();
      if (code !== NEWLINE && code !== HASH && at < this.source.length) {
        if (at === start) this.#refuseMarks(at, code);
        this.at = at;
        this.indent = at - start;
        return;
      }
      start = Math.min(endOfLine(this.source, at) + 1, this.source.length);
      if (code === HASH) this.#comments.push({ column: at - (this.#lineStart(at) ?? 0), end: start });
    }
    this.at = this.source.length;
    this.indent = -1;
  }

  #lineStart(at: number): number {
    return this.source.lastIndexOf('\n', at - 1) + 1;
  }

  /** The rest of a line behind a value: nothing, or a comment. Goes on to the next line; returns where this one ends. */
  rest(from: number): number {
    const at = skipSpaces(this.source, from);
    const code = this.source.charCodeAt(at);
    const isComment = code === HASH && at > from;
    if (!isComment && code !== NEWLINE && at < this.source.length) uncommon();
    const end = Math.min(endOfLine(this.source, at) + 1, this.source.length);
    this.next(end);
    return end;
  }

  /** Where a value on one line ends when the comments below it that are indented deeper belong to it. */
  withDeeperComments(end: number, indent: number): number {
    let behind = end;
    for (let first = this.#comments[0]; first && first.column > indent; first = this.#comments[0]) {
      behind = first.end;
      this.#comments.shift();
    }
    return behind;
  }

  /** Where a block ends when the comments that are indented like it belong to it. */
  withOwnComments(end: number, indent: number): number {
    if (indent === 0 || !this.#comments.some(({ column }) => column >= indent)) return end;
    this.#comments = [];
    return this.at;
  }

  #refuseMarks(at: number, code: number): void {
    if (code !== DASH && code !== DOT) return;
    const mark = this.source.slice(at, at + 3);
    if ((mark === '---' || mark === '...') && isBlank(this.source.charCodeAt(at + 3))) uncommon();
  }
}
