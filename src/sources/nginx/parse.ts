import { InputError } from '../../kernel/errors.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import { type Text, text } from '../../kernel/texts.ts';
import { CONFIGURATION_LIMITS, type Directive, type Word } from './directive.ts';

/**
 * Parses a configuration of nginx into directives with their places (nginx.org, "Beginner's Guide":
 * simple directives end in a semicolon, block directives in braces). Files that it includes are not read.
 *
 * @throws InputError `nginx-syntax` or `nginx-limit` with the place.
 */
export function parseNginx(file: SourceFile): readonly Directive[] {
  return new NginxReader(file).read();
}

class NginxReader {
  readonly #file: SourceFile;
  readonly #text: string;
  #at = 0;
  #count = 0;

  constructor(file: SourceFile) {
    this.#file = file;
    this.#text = file.text;
  }

  read(): readonly Directive[] {
    return this.#block(0, undefined);
  }

  #block(depth: number, opened: number | undefined): readonly Directive[] {
    if (depth > CONFIGURATION_LIMITS.depth) throw this.#limit();
    const directives: Directive[] = [];
    for (;;) {
      this.#skipSpace();
      const character = this.#text[this.#at];
      if (character === undefined) {
        if (opened !== undefined)
          throw this.#fail(opened, text('this brace is not closed', 'この波括弧が閉じられていません'));
        return directives;
      }
      if (character === '}') {
        if (opened === undefined)
          throw this.#fail(
            this.#at,
            text('this brace closes nothing', 'この波括弧に対応する開きがありません'),
          );
        this.#at += 1;
        return directives;
      }
      directives.push(this.#directive(depth));
    }
  }

  #directive(depth: number): Directive {
    this.#count += 1;
    if (this.#count > CONFIGURATION_LIMITS.directives) throw this.#limit();
    const start = this.#at;
    const words: Word[] = [];
    for (;;) {
      this.#skipSpace();
      const character = this.#text[this.#at];
      if (character === undefined)
        throw this.#fail(
          start,
          text('the directive has no end: a ";" is missing', 'ディレクティブの終わりの「;」がありません'),
        );
      if (character === ';' || character === '{' || character === '}') break;
      words.push(this.#word());
    }
    const [name, ...rest] = words;
    const ending = this.#text[this.#at];
    if (!name)
      throw this.#fail(this.#at, text(`unexpected "${ending}"`, `予期しない「${ending}」があります`));
    if (ending === '}')
      throw this.#fail(
        start,
        text('the directive has no end: a ";" is missing', 'ディレクティブの終わりの「;」がありません'),
      );
    const opened = this.#at;
    this.#at += 1;
    if (ending === ';') return { name: name.text, words: rest, start, end: this.#at };
    const block = name.text.endsWith('_by_lua_block')
      ? this.#skipForeign(opened)
      : this.#block(depth + 1, opened);
    return { name: name.text, words: rest, block, start, end: this.#at };
  }

  #word(): Word {
    const start = this.#at;
    const quote = this.#text[start];
    if (quote === '"' || quote === "'") return this.#quoted(start, quote);
    let value = '';
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      if (/\s/.test(character) || character === ';' || character === '{') break;
      if (character === '$' && this.#text[this.#at + 1] === '{') {
        const close = this.#text.indexOf('}', this.#at);
        const end = close < 0 ? this.#text.length : close + 1;
        value += this.#text.slice(this.#at, end);
        this.#at = end;
        continue;
      }
      if (character === '\\') this.#at += 1;
      value += this.#text[this.#at] ?? '';
      this.#at += 1;
    }
    return { text: value, start, end: this.#at };
  }

  #quoted(start: number, quote: string): Word {
    let value = '';
    this.#at += 1;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined)
        throw this.#fail(start, text('this quotation is not closed', 'この引用符が閉じられていません'));
      this.#at += 1;
      if (character === quote) return { text: value, start, end: this.#at };
      if (character === '\\' && this.#at < this.#text.length) {
        value += this.#text[this.#at] ?? '';
        this.#at += 1;
      } else value += character;
    }
  }

  /** A block in another language: only its braces are counted. */
  #skipForeign(opened: number): readonly Directive[] {
    let depth = 1;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at];
      if (character === '{') depth += 1;
      if (character === '}') depth -= 1;
      if (depth === 0) {
        this.#at += 1;
        return [];
      }
    }
    throw this.#fail(opened, text('this brace is not closed', 'この波括弧が閉じられていません'));
  }

  #skipSpace(): void {
    for (;;) {
      while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
      if (this.#text[this.#at] !== '#') return;
      const end = this.#text.indexOf('\n', this.#at);
      this.#at = end < 0 ? this.#text.length : end;
    }
  }

  #limit(): InputError {
    return new InputError({
      code: 'nginx-limit',
      message: text('the configuration is too large or too deep', '設定が大きすぎるか、入れ子が深すぎます'),
      place: placeAt(this.#file, this.#at),
    });
  }

  #fail(offset: number, message: Text): InputError {
    return new InputError({
      code: 'nginx-syntax',
      message,
      remedy: text('"nginx -t" shows the same', '「nginx -t」でも確認できます'),
      place: placeAt(this.#file, offset),
    });
  }
}
