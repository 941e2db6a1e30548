import type { Parser } from 'web-tree-sitter';
import type { SourceFile, Span } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import { parseHcl } from '../../sources/terraform/hcl/parse.ts';
import type { Attribute, Block, Body, Expression } from '../../sources/terraform/hcl/syntax.ts';
import { refuseAt } from '../document/refusal.ts';
import { indentationAt, isFirstOnLine, lineStart, newlineOf, nextLine } from '../text/lines.ts';
import type { Splice } from '../text/splices.ts';
import { alignLines } from './align.ts';
import { indented } from './hcl-words.ts';

/** One thing that is to become of a block: its key says which place it is, so that two wishes can be compared. */
export interface HclWish {
  readonly key: string;
  /** What is written there; the same key with another text contradicts it. */
  readonly text: string;
  readonly splice: (by: readonly string[]) => Splice;
  /** The block at whose end a one-line argument is added. */
  readonly into?: Block;
}

/** How lists of blocks are treated: `add` appends them, `replace` takes the old ones out. */
export type Repeated = 'add' | 'replace';

/**
 * The wishes that give a block what some lines of HCL say: arguments are set or added, blocks that may occur
 * once are merged, others added.
 *
 * @param item where the one of several nested blocks stands that is meant
 * @throws Refusal where an expression decides an argument, or a `dynamic` block makes what would be edited.
 */
export function mergedInto(
  parser: Parser,
  block: Block,
  lines: readonly string[],
  repeated: Repeated,
  item?: Span,
): readonly HclWish[] {
  const file: SourceFile = { path: '', text: `${lines.join('\n')}\n` };
  const wanted = parseHcl(parser, file).body;
  const [only, ...others] = wanted.blocks;
  const meant =
    item && only && others.length === 0 && wanted.attributes.size === 0
      ? block.body.blocks.find(({ type, span }) => type === only.type && isSame(span, item))
      : undefined;
  return meant && only ? mergeBodies(meant, only.body, repeated) : mergeBodies(block, wanted, repeated);
}

function isSame(a: Span, b: Span): boolean {
  return a.file.path === b.file.path && a.start === b.start && a.end === b.end;
}

function mergeBodies(block: Block, wanted: Body, repeated: Repeated): readonly HclWish[] {
  const wishes: HclWish[] = [];
  for (const { name, value } of wanted.attributes.values()) {
    const written = value.span.file.text.slice(value.span.start, value.span.end);
    wishes.push(...argumentWish(block, name, written));
  }
  const types = new Set(wanted.blocks.map(({ type }) => type));
  for (const type of types) {
    const asked = wanted.blocks.filter((each) => each.type === type);
    const there = block.body.blocks.filter((each) => each.type === type);
    refuseDynamic(block, type);
    const [only, ...others] = there;
    const [first] = asked;
    const named =
      type === 'parameter' && first ? there.find((each) => nameOf(each) === nameOf(first)) : undefined;
    if (named && first) wishes.push(...mergeBodies(named, first.body, repeated));
    else if (repeated === 'replace' && only) {
      wishes.push(replacedBlock(only, asked), ...others.map(removedBlock));
    } else if (only && others.length === 0 && asked.length === 1 && asked[0] && !MANY.has(type)) {
      wishes.push(...mergeBodies(only, asked[0].body, repeated));
    } else wishes.push(...asked.map((each) => addedBlock(block, each)));
  }
  return wishes;
}

/** The `name` argument as it is written: parameters of a group are told apart by it. */
function nameOf(block: Block): string | undefined {
  const span = block.body.attributes.get('name')?.value.span;
  return span?.file.text.slice(span.start, span.end);
}

/** Blocks of which a further one is meant as one more. */
const MANY = new Set([
  'parameter',
  'ingress',
  'egress',
  'rule',
  'statement',
  'notification',
  'metric_transformation',
]);

function argumentWish(block: Block, name: string, written: string): readonly HclWish[] {
  const there = block.body.attributes.get(name);
  const { file } = block.span;
  if (there) {
    const now = file.text.slice(there.value.span.start, there.value.span.end);
    if (now === written) return [];
    const tags = name === 'tags' ? writtenMap(there.value) : undefined;
    if (tags) return [tagWish(tags, written)];
    if (!isLiteral(there.value)) {
      throw refuseAt(
        file,
        there.span.start,
        text(
          `${name} is decided by an expression; change what it refers to`,
          `${name} は式で決まっています。参照先を変更してください`,
        ),
      );
    }
    const { start, end } = there.value.span;
    return [
      {
        key: `${file.path}:${start}`,
        text: written,
        splice: (by) => ({ start, end, text: moved(written, indentationAt(file.text, start), file), by }),
      },
    ];
  }
  const displaced = (EXCLUDED.get(name) ?? []).flatMap((each) => block.body.attributes.get(each) ?? []);
  const [first, ...others] = displaced;
  if (first) {
    return [
      inItsPlace(block, first, name, written),
      ...others.flatMap((each) => removedArgument(block, each.name)),
    ];
  }
  refuseDynamic(block, name);
  const lines = `${name} = ${written}`.split('\n');
  const wish = insertion(block, name, lines);
  return [lines.length === 1 ? { ...wish, into: block } : wish];
}

/** Arguments that the provider takes only without the others: a distribution has one certificate. */
const EXCLUDED: ReadonlyMap<string, readonly string[]> = new Map([
  ['acm_certificate_arn', ['cloudfront_default_certificate', 'iam_certificate_id']],
]);

/** One argument in the place of another. */
function inItsPlace(block: Block, { span }: Attribute, name: string, written: string): HclWish {
  const { file, start, end } = span;
  const width = block.body.attributes.size === 1 ? 0 : file.text.slice(start, end).indexOf('=') - 1;
  const line = `${name.padEnd(width)} = ${written}`;
  return {
    key: `${file.path}:${start}`,
    text: line,
    splice: (by) => ({ start, end, text: line, by }),
  };
}

/** The splice that adds several one-line arguments at the end of one block, for the same changes. */
export function addedArguments(block: Block, wishes: readonly HclWish[], by: readonly string[]): Splice {
  return insertion(
    block,
    '',
    wishes.map((each) => each.text),
  ).splice(by);
}

type ObjectExpression = Extract<Expression, { kind: 'object' }>;

/** A map that is written out: the argument itself, or the last of those that `merge` puts together. */
function writtenMap(value: Expression): ObjectExpression | undefined {
  if (value.kind === 'object') return value;
  if (value.kind !== 'call' || value.name !== 'merge' || value.expandLast) return undefined;
  const last = value.arguments.at(-1);
  return last?.kind === 'object' ? last : undefined;
}

/** An entry more in a map that is written out. */
function tagWish(map: ObjectExpression, written: string): HclWish {
  const { file, start, end } = map.span;
  const entry = written.replace(/^\{\s*|\s*\}$/g, '').trim();
  const close = end - 1;
  const onLines = file.text.slice(start, end).includes('\n');
  const at = onLines ? lineStart(file.text, close) : close;
  const outer = indentationAt(file.text, close);
  const before =
    file.text.slice(start + 1, close).trim() === '' || /,\s*$/.test(file.text.slice(start, close));
  const line = onLines ? `${outer}  ${entry}${newlineOf(file.text)}` : `${before ? ' ' : ', '}${entry} `;
  return {
    key: `${file.path}:tags:${start}:${entry.split('=')[0]?.trim()}`,
    text: entry,
    splice: (by) => ({ start: at, end: at, text: line, by }),
  };
}

function isLiteral(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return true;
    case 'template':
      return expression.parts.every((part) => part.kind === 'text');
    case 'tuple':
      return expression.items.every(isLiteral);
    default:
      return false;
  }
}

function addedBlock(block: Block, asked: Block): HclWish {
  // A block that may stand once has one key, so that two changes that each want one come one after the other.
  const key = MANY.has(asked.type) ? `${asked.type}{${textOf(asked)}` : `${asked.type}{`;
  return insertion(block, key, textOf(asked).split('\n'));
}

/** New blocks in the place of one that was there. */
function replacedBlock(there: Block, asked: readonly Block[]): HclWish {
  const { file, start, end } = there.span;
  const written = asked.map((each) => alignLines(textOf(each).split('\n')).join('\n')).join('\n\n');
  const outer = indentationAt(file.text, start);
  const body = written.replaceAll(/\n(?=.)/g, newlineOf(file.text) + outer);
  return {
    key: `${file.path}:${start}`,
    text: written,
    splice: (by) => ({ start, end, text: body, by }),
  };
}

function textOf({ span }: Block): string {
  return span.file.text.slice(span.start, span.end);
}

/** Takes a block out with its lines. */
export function removedBlock(block: Block): HclWish {
  const { file, start, end } = block.span;
  return removal(file, start, end);
}

/** Takes an argument out with its lines; nothing where it is not written. */
export function removedArgument(block: Block, name: string): readonly HclWish[] {
  const there = block.body.attributes.get(name);
  return there ? [removal(there.span.file, there.span.start, there.span.end)] : [];
}

function removal(file: SourceFile, start: number, end: number): HclWish {
  const from = isFirstOnLine(file.text, start) ? lineStart(file.text, start) : start;
  const to = nextLine(file.text, end);
  // One of the empty lines around it goes too, so that none of them stands doubled.
  const emptyBefore =
    /\n[ \t]*\r?\n$/.test(file.text.slice(0, from)) || /\{\r?\n$/.test(file.text.slice(0, from));
  const emptyAfter = /^[ \t]*\r?\n/.exec(file.text.slice(to))?.[0].length ?? 0;
  return {
    key: `${file.path}:-${start}`,
    text: '',
    splice: (by) => ({ start: from, end: emptyBefore ? to + emptyAfter : to, text: '', by }),
  };
}

function insertion(block: Block, name: string, lines: readonly string[]): HclWish {
  const { file, end } = block.span;
  const close = end - 1;
  const newline = newlineOf(file.text);
  const alone = isFirstOnLine(file.text, close);
  const isEmpty = block.body.attributes.size + block.body.blocks.length === 0;
  if (!alone && !isEmpty) {
    throw refuseAt(
      file,
      block.span.start,
      text('the block is written on one line', 'ブロックが1行で書かれています'),
    );
  }
  const outer = indentationAt(file.text, alone ? close : block.span.start);
  const at = alone ? lineStart(file.text, close) : close;
  const inner = indented(alignLines(lines)).map((line) => (line === '' ? '' : outer + line));
  // What is added stands in a group of its own, so that the alignment of the others stays.
  const gap = isEmpty ? '' : newline;
  const body = alone
    ? gap + inner.join(newline) + newline
    : `${newline}${inner.join(newline)}${newline}${outer}`;
  return {
    key: `${file.path}:${block.span.start}:+${name}`,
    text: lines.join('\n'),
    splice: (by) => ({ start: at, end: at, text: body, by }),
  };
}

/** Lines after the first get the indentation of the place. */
function moved(written: string, indent: string, file: SourceFile): string {
  return written.split('\n').join(newlineOf(file.text) + indent);
}

function refuseDynamic(block: Block, type: string): void {
  const dynamic = block.body.blocks.find((each) => each.type === 'dynamic' && each.labels[0] === type);
  if (!dynamic) return;
  throw refuseAt(
    dynamic.span.file,
    dynamic.span.start,
    text(
      `a dynamic block makes ${type}; change what it repeats`,
      `${type} は dynamic ブロックで作られています。繰り返しの元を変更してください`,
    ),
  );
}
