import { InputError } from '../../kernel/errors.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import { type Text, text } from '../../kernel/texts.ts';
import { CONFIGURATION_LIMITS, type Directive, type Word } from '../nginx/directive.ts';

/**
 * Parses a Caddyfile (caddyserver.com, "Caddyfile Concepts"): a site is a directive whose name and words
 * are its addresses; the global options have the empty name, snippets keep their parentheses.
 *
 * @throws InputError `caddy-syntax` or `caddy-limit` with the place.
 */
export function parseCaddyfile(file: SourceFile): readonly Directive[] {
  const lines = linesOf(file, tokensOf(file));
  const first = lines[0];
  const isOneSite = first !== undefined && !lines.some((line) => line.opens || line.closes);
  if (!isOneSite) return new CaddyReader(file, lines).read();
  // One site alone may leave out its braces: the first line is its address.
  const [head, ...rest] = lines;
  const [name, ...words] = head?.words ?? [];
  if (!name) return [];
  const block = rest.map(simple);
  return [{ name: name.text, words, block, start: name.start, end: file.text.length }];
}

interface Line {
  readonly words: readonly Word[];
  readonly opens: boolean;
  readonly closes: boolean;
  readonly start: number;
  readonly end: number;
}

interface Token extends Word {
  readonly quoted: boolean;
  /** A line break stood before it. */
  readonly fresh: boolean;
}

function tokensOf(file: SourceFile): readonly Token[] {
  const { text: content } = file;
  const tokens: Token[] = [];
  let fresh = true;
  let at = content.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < content.length) {
    const character = content[at] ?? '';
    if (character === '\n') {
      fresh = true;
      at += 1;
    } else if (character === '\\' && /^\r?\n/.test(content.slice(at + 1, at + 3))) {
      at = content.indexOf('\n', at) + 1;
    } else if (/\s/.test(character)) at += 1;
    else if (character === '#') {
      const end = content.indexOf('\n', at);
      at = end < 0 ? content.length : end;
    } else {
      const token = tokenAt(file, at, fresh);
      tokens.push(token);
      if (tokens.length > CONFIGURATION_LIMITS.directives * 4) throw limit(file, at);
      at = token.end;
      fresh = false;
    }
  }
  return tokens;
}

function tokenAt(file: SourceFile, start: number, fresh: boolean): Token {
  const { text: content } = file;
  const quote = content[start];
  if (quote === '"' || quote === '`') return quotedAt(file, start, quote, fresh);
  const heredoc = /^<<([A-Za-z0-9_-]+)\r?\n/.exec(content.slice(start, start + 100));
  if (heredoc) return heredocAt(file, start, heredoc, fresh);
  let end = start;
  while (end < content.length && !/\s/.test(content[end] ?? '')) end += 1;
  return { text: content.slice(start, end), start, end, quoted: false, fresh };
}

function quotedAt(file: SourceFile, start: number, quote: string, fresh: boolean): Token {
  let value = '';
  for (let at = start + 1; at < file.text.length; at += 1) {
    const character = file.text[at] ?? '';
    if (character === quote) return { text: value, start, end: at + 1, quoted: true, fresh };
    if (character === '\\' && quote === '"' && file.text[at + 1] === '"') {
      value += '"';
      at += 1;
    } else value += character;
  }
  throw fail(file, start, text('this quotation is not closed', 'この引用符が閉じられていません'));
}

function heredocAt(
  file: SourceFile,
  start: number,
  [opening, marker = '']: RegExpExecArray,
  fresh: boolean,
): Token {
  const from = start + opening.length;
  for (let at = from; at < file.text.length; ) {
    const stop = file.text.indexOf('\n', at);
    const until = stop < 0 ? file.text.length : stop;
    const line = file.text.slice(at, until);
    // Further words may stand behind the closing marker.
    const [closing] = /^\s*\S+/.exec(line) ?? [''];
    if (closing.trim() === marker) {
      return { text: file.text.slice(from, at), start, end: at + closing.length, quoted: true, fresh };
    }
    at = until + 1;
  }
  throw fail(file, start, text('this heredoc is not closed', 'このヒアドキュメントが閉じられていません'));
}

/** Gathers tokens into lines; a lone brace at a line's end opens, one at its beginning closes. */
function linesOf(file: SourceFile, tokens: readonly Token[]): readonly Line[] {
  const groups: Token[][] = [];
  for (const token of tokens) {
    const last = groups.at(-1);
    // A comma at a line's end goes on with the addresses of the next.
    const goesOn = last?.at(-1)?.text.endsWith(',') && !last.at(-1)?.quoted;
    if (last && (!token.fresh || goesOn)) last.push(token);
    else groups.push([token]);
  }
  return groups.map((group) => lineFrom(file, group));
}

function lineFrom(file: SourceFile, group: readonly Token[]): Line {
  const [first] = group;
  const last = group.at(-1);
  const start = first?.start ?? 0;
  const end = last?.end ?? start;
  const isBrace = (token: Token | undefined, brace: string) => token?.text === brace && !token.quoted;
  if (isBrace(first, '}')) {
    if (group.length > 1)
      throw fail(
        file,
        start,
        text('a closing brace stands alone on its line', '閉じ波括弧は1行に単独で書きます'),
      );
    return { words: [], opens: false, closes: true, start, end };
  }
  const opens = isBrace(last, '{');
  return { words: opens ? group.slice(0, -1) : group, opens, closes: false, start, end };
}

class CaddyReader {
  readonly #file: SourceFile;
  readonly #lines: readonly Line[];
  #next = 0;
  #count = 0;

  constructor(file: SourceFile, lines: readonly Line[]) {
    this.#file = file;
    this.#lines = lines;
  }

  read(): readonly Directive[] {
    const directives = this.#block(0, undefined);
    return directives;
  }

  #block(depth: number, opened: Line | undefined): readonly Directive[] {
    if (depth > CONFIGURATION_LIMITS.depth) throw limit(this.#file, opened?.start ?? 0);
    const directives: Directive[] = [];
    for (;;) {
      const line = this.#lines[this.#next];
      if (!line) {
        if (opened)
          throw fail(
            this.#file,
            opened.end - 1,
            text('this brace is not closed', 'この波括弧が閉じられていません'),
          );
        return directives;
      }
      this.#next += 1;
      if (line.closes) {
        if (opened) return directives;
        throw fail(
          this.#file,
          line.start,
          text('this brace closes nothing', 'この波括弧に対応する開きがありません'),
        );
      }
      directives.push(this.#directive(line, depth));
    }
  }

  #directive(line: Line, depth: number): Directive {
    this.#count += 1;
    if (this.#count > CONFIGURATION_LIMITS.directives) throw limit(this.#file, line.start);
    if (!line.opens) return simple(line);
    const block = this.#block(depth + 1, line);
    const end = this.#lines[this.#next - 1]?.end ?? line.end;
    return { ...simple(line), block, end };
  }
}

function simple(line: Line): Directive {
  const [name, ...words] = line.words;
  return { name: name?.text ?? '', words, start: line.start, end: line.end };
}

function limit(file: SourceFile, offset: number): InputError {
  return new InputError({
    code: 'caddy-limit',
    message: text('the Caddyfile is too large or too deep', 'Caddyfileが大きすぎるか、入れ子が深すぎます'),
    place: placeAt(file, offset),
  });
}

function fail(file: SourceFile, offset: number, message: Text): InputError {
  return new InputError({
    code: 'caddy-syntax',
    message,
    remedy: text('"caddy adapt" shows the same', '「caddy adapt」でも確認できます'),
    place: placeAt(file, offset),
  });
}
