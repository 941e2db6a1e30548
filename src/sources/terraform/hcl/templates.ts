import type { Node } from 'web-tree-sitter';
import type { SourceFile } from '../../../kernel/source-file.ts';
import { loopOf, type ReadExpression } from './loops.ts';
import { decodeHeredoc, decodeQuoted } from './strings.ts';
import type { TemplateExpression, TemplatePart } from './syntax.ts';

/**
 * Reads a quoted or heredoc template. The grammar drops white space at the edges of literals, so text
 * is taken from the file between the interpolations instead of from the literal nodes.
 */
export function templateOf(file: SourceFile, node: Node, read: ReadExpression): TemplateExpression {
  const span = { file, start: node.startIndex, end: node.endIndex };
  const template = node.namedChildren[0] ?? node;
  const heredoc = template.type === 'heredoc_template';
  const start = heredoc ? lineAfter(file, template.startIndex) : template.startIndex + 1;
  const end = heredoc ? endOfHeredoc(file, template, start) : template.endIndex - 1;
  const reader = new TemplateReader(file, read, heredoc ? decodeHeredoc : decodeQuoted);
  const parts = reader.sequence(template.namedChildren, start, end);
  const indented = heredoc && file.text.startsWith('<<-', template.startIndex);
  return { kind: 'template', parts: indented ? withoutIndent(parts) : parts, span };
}

function lineAfter(file: SourceFile, at: number): number {
  const newline = file.text.indexOf('\n', at);
  return newline < 0 ? file.text.length : newline + 1;
}

/** A heredoc ends with the newline before its closing word's line. */
function endOfHeredoc(file: SourceFile, node: Node, start: number): number {
  const closing = node.namedChildren.at(-1)?.startIndex ?? node.endIndex;
  return Math.max(start, file.text.lastIndexOf('\n', closing - 1) + 1);
}

/** Whether white space is dropped at the edges of a stretch. */
interface Trims {
  readonly start?: boolean;
  readonly end?: boolean;
}

/** `~` beside the brace of a directive drops the white space next to it. */
function trimsBetween(before: Node, after: Node): Trims {
  return { start: closesTrimmed(before), end: opensTrimmed(after) };
}

class TemplateReader {
  readonly #file: SourceFile;
  readonly #read: ReadExpression;
  readonly #decode: (raw: string) => string;

  constructor(file: SourceFile, read: ReadExpression, decode: (raw: string) => string) {
    this.#file = file;
    this.#read = read;
    this.#decode = decode;
  }

  /** The parts between two offsets: what the nodes say, and the text between them. */
  sequence(nodes: readonly Node[], start: number, end: number, trims: Trims = {}): TemplatePart[] {
    const parts: TemplatePart[] = [];
    let at = start;
    let trimNext = trims.start ?? false;
    for (const node of nodes) {
      if (node.type !== 'template_interpolation' && node.type !== 'template_directive') continue;
      if (node.startIndex > at) {
        const raw = this.#text(at, node.startIndex, trimNext);
        parts.push(opensTrimmed(node) ? { ...raw, text: raw.text.trimEnd() } : raw);
      }
      const part = node.type === 'template_directive' ? this.#directive(node) : this.#interpolation(node);
      if (part) parts.push(part);
      at = node.endIndex;
      trimNext = closesTrimmed(node);
    }
    if (end > at) {
      const raw = this.#text(at, end, trimNext);
      parts.push(trims.end ? { ...raw, text: raw.text.trimEnd() } : raw);
    }
    return parts;
  }

  #text(start: number, end: number, trimStart: boolean): { kind: 'text'; text: string } {
    const decoded = this.#decode(this.#file.text.slice(start, end).replaceAll('\r\n', '\n'));
    return { kind: 'text', text: trimStart ? decoded.trimStart() : decoded };
  }

  #interpolation(node: Node): TemplatePart | undefined {
    const inner = node.namedChildren.find((each) => each.type === 'expression');
    return inner && { kind: 'interpolation', expression: this.#read(this.#file, inner) };
  }

  #directive(node: Node): TemplatePart | undefined {
    const inner = node.namedChildren[0];
    return inner?.type === 'template_if' ? this.#if(inner) : inner && this.#for(inner);
  }

  #if(node: Node): TemplatePart | undefined {
    const children = node.namedChildren;
    const intro = children.find((each) => each.type === 'template_if_intro');
    const end = children.find((each) => each.type === 'template_if_end');
    const middle = children.find((each) => each.type === 'template_else_intro');
    const condition = intro?.namedChildren.find((each) => each.type === 'expression');
    if (!intro || !end || !condition) return undefined;
    const border = middle?.startIndex ?? end.startIndex;
    const before = children.filter((each) => each.startIndex < border);
    const after = children.filter((each) => each.startIndex > border);
    return {
      kind: 'if',
      condition: this.#read(this.#file, condition),
      whenTrue: this.sequence(before, intro.endIndex, border, trimsBetween(intro, middle ?? end)),
      otherwise: middle
        ? this.sequence(after, middle.endIndex, end.startIndex, trimsBetween(middle, end))
        : [],
    };
  }

  #for(node: Node): TemplatePart | undefined {
    const children = node.namedChildren;
    const intro = children.find((each) => each.type === 'template_for_start');
    const end = children.find((each) => each.type === 'template_for_end');
    if (!intro || !end) return undefined;
    return {
      kind: 'for',
      ...loopOf(this.#file, intro, this.#read),
      body: this.sequence(children, intro.endIndex, end.startIndex, trimsBetween(intro, end)),
    };
  }
}

function opensTrimmed(node: Node): boolean {
  return /^[$%]\{~/.test(node.text);
}

function closesTrimmed(node: Node): boolean {
  return node.text.endsWith('~}');
}

/** `<<-` removes from every line the indentation that all of its lines share. */
function withoutIndent(parts: readonly TemplatePart[]): TemplatePart[] {
  let smallest = Number.POSITIVE_INFINITY;
  forEachLineStart(parts, (line) => {
    if (line.trim() !== '') smallest = Math.min(smallest, line.length - line.trimStart().length);
  });
  if (!Number.isFinite(smallest) || smallest === 0) return [...parts];
  return parts.map((part, index) =>
    part.kind === 'text' ? { kind: 'text', text: dedent(part.text, smallest, index === 0) } : part,
  );
}

function forEachLineStart(parts: readonly TemplatePart[], callback: (line: string) => void): void {
  for (const [index, part] of parts.entries()) {
    if (part.kind !== 'text') continue;
    const lines = part.text.split('\n');
    const begin = index === 0 ? 0 : 1;
    const more = index < parts.length - 1;
    for (const [number, line] of lines.entries()) {
      if (number < begin) continue;
      const continues = number === lines.length - 1 && more;
      callback(continues ? `${line}x` : line);
    }
  }
}

function dedent(source: string, columns: number, startsLine: boolean): string {
  return source
    .split('\n')
    .map((line, index) => (index === 0 && !startsLine ? line : line.slice(Math.min(columns, indentOf(line)))))
    .join('\n');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
