import type { Node, Parser } from 'web-tree-sitter';
import { InputError, type ProblemDetails } from '../../../kernel/errors.ts';
import { LIMITS } from '../../../kernel/limits.ts';
import { placeAt, type SourceFile, type Span } from '../../../kernel/source-file.ts';
import { text } from '../../../kernel/texts.ts';
import { expressionOf } from './expressions.ts';
import type { Attribute, Block, Body, Expression } from './syntax.ts';

export interface ParsedHcl {
  readonly body: Body;
  readonly problems: readonly ProblemDetails[];
}

/**
 * Parses a file of the Terraform language. Text that is no HCL is reported as a problem with its place,
 * and the blocks around it are still read.
 *
 * @throws InputError `hcl-depth` for expressions nested without measure.
 */
export function parseHcl(parser: Parser, file: SourceFile): ParsedHcl {
  const problems: ProblemDetails[] = [];
  const empty: Body = {
    attributes: new Map(),
    blocks: [],
    span: { file, start: 0, end: file.text.length },
  };
  if (file.text.length > LIMITS.documentBytes) {
    problems.push({
      code: 'hcl-size',
      message: text('the file is too large to be read', 'ファイルが大きすぎて読めません'),
      place: placeAt(file, 0),
    });
    return { body: empty, problems };
  }
  const tree = parser.parse(withoutMark(file.text));
  if (!tree) return { body: empty, problems };
  try {
    const root = tree.rootNode;
    const body = childOfType(root, 'body');
    if (root.hasError) problems.push(syntaxProblem(file, root));
    return { body: body ? bodyOf(file, body, problems, 0) : empty, problems };
  } finally {
    tree.delete();
  }
}

/** A byte order mark is no HCL; a space in its place keeps all offsets. */
function withoutMark(source: string): string {
  return source.startsWith('\ufeff') ? ` ${source.slice(1)}` : source;
}

/** Parses one expression or template that stands alone, as the strings of `.tf.json` files hold them. */
export function parseExpression(parser: Parser, source: string, span: Span): Expression | undefined {
  const tree = parser.parse(`x = ${source}\n`);
  if (!tree) return undefined;
  try {
    const body = childOfType(tree.rootNode, 'body');
    const attribute = body && childOfType(body, 'attribute');
    if (tree.rootNode.hasError || !attribute) return undefined;
    const file: SourceFile = { path: span.file.path, text: `x = ${source}\n` };
    const expression = childOfType(attribute, 'expression');
    return expression ? moveTo(expressionOf(file, expression), span) : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  } finally {
    tree.delete();
  }
}

/** Gives an expression and all below it one place: offsets inside a JSON string say nothing in the file. */
function moveTo<T>(node: T, span: Span): T {
  if (Array.isArray(node)) return node.map((item) => moveTo(item, span)) as T;
  if (typeof node !== 'object' || node === null) return node;
  const moved = Object.entries(node).map(([key, value]) => [
    key,
    key === 'span' ? span : moveTo(value, span),
  ]);
  return Object.fromEntries(moved) as T;
}

function bodyOf(file: SourceFile, node: Node, problems: ProblemDetails[], depth: number): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  for (const each of node.namedChildren) {
    if (each.type === 'attribute' && !each.hasError) {
      const attribute = attributeOf(file, each);
      if (!attribute) continue;
      if (attributes.has(attribute.name)) problems.push(duplicateAttribute(file, attribute));
      else attributes.set(attribute.name, attribute);
    } else if (each.type === 'block' && !(depth === 0 && each.hasError)) {
      const block = depth < LIMITS.documentDepth ? blockOf(file, each, problems, depth) : undefined;
      if (block) blocks.push(block);
    }
  }
  return { attributes, blocks, span: { file, start: node.startIndex, end: node.endIndex } };
}

function attributeOf(file: SourceFile, node: Node): Attribute | undefined {
  const name = childOfType(node, 'identifier');
  const expression = childOfType(node, 'expression');
  if (!name || !expression) return undefined;
  return {
    name: name.text,
    value: expressionOf(file, expression),
    span: { file, start: node.startIndex, end: node.endIndex },
  };
}

function blockOf(file: SourceFile, node: Node, problems: ProblemDetails[], depth: number): Block | undefined {
  const [type, ...rest] = node.namedChildren;
  if (!type) return undefined;
  const labels = rest
    .filter((each) => each.type === 'string_lit' || each.type === 'identifier')
    .map((each) => (each.type === 'identifier' ? each.text : each.text.slice(1, -1)));
  const content = childOfType(node, 'body');
  const span: Span = { file, start: node.startIndex, end: node.endIndex };
  const body = content
    ? bodyOf(file, content, problems, depth + 1)
    : { attributes: new Map(), blocks: [], span };
  return { type: type.text, labels, body, span };
}

function childOfType(node: Node, type: string): Node | undefined {
  return node.namedChildren.find((each) => each.type === type) ?? undefined;
}

function duplicateAttribute(file: SourceFile, attribute: Attribute): ProblemDetails {
  return {
    code: 'duplicate-key',
    message: text(
      `the argument "${attribute.name}" stands twice in one block`,
      `引数「${attribute.name}」が同じブロックに二度あります`,
    ),
    remedy: text(
      'keep one of the two; the first was read',
      'どちらか一方を残してください(先のものを読みました)',
    ),
    place: placeAt(file, attribute.span.start),
  };
}

/** The first place where the text stops being HCL. A missing token is reported where its construct begins. */
function syntaxProblem(file: SourceFile, root: Node): ProblemDetails {
  const broken = firstBroken(root, 0) ?? root;
  const at = broken.isMissing ? (broken.parent?.startIndex ?? broken.startIndex) : broken.startIndex;
  return {
    code: 'hcl-syntax',
    message: text(
      'this is not valid Terraform syntax; the blocks that are whole were read',
      'Terraformの構文として正しくありません(壊れていないブロックは読みました)',
    ),
    remedy: text('run "terraform fmt" to see the details', '「terraform fmt」で詳しい内容を確認してください'),
    place: placeAt(file, at),
  };
}

function firstBroken(node: Node, depth: number): Node | undefined {
  if (node.isError || node.isMissing) return node;
  if (!node.hasError || depth > 1_000) return undefined;
  for (const each of node.children) {
    const found = firstBroken(each, depth + 1);
    if (found) return found;
  }
  return undefined;
}
