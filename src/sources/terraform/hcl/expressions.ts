import type { Node } from 'web-tree-sitter';
import { InputError } from '../../../kernel/errors.ts';
import { placeAt, type SourceFile, type Span } from '../../../kernel/source-file.ts';
import { text } from '../../../kernel/texts.ts';
import { loopOf } from './loops.ts';
import { decodeQuoted } from './strings.ts';
import type { Expression, ForExpression, ObjectExpression, SplatExpression } from './syntax.ts';
import { templateOf } from './templates.ts';

/** Turns an `expression` node of the grammar into our own tree, so that the parser's memory can be freed. */
export function expressionOf(file: SourceFile, node: Node): Expression {
  const children = significant(node);
  return chainOf(file, children, spanOf(file, node));
}

function spanOf(file: SourceFile, node: Node): Span {
  return { file, start: node.startIndex, end: node.endIndex };
}

function significant(node: Node): Node[] {
  return node.namedChildren.filter((each) => each.type !== 'comment');
}

/** A term followed by any number of `.name`, `[key]` and splat steps. */
function chainOf(file: SourceFile, nodes: readonly Node[], whole: Span): Expression {
  const [first, ...steps] = nodes;
  if (!first) return { kind: 'literal', value: null, span: whole };
  let expression = termOf(file, first);
  for (const step of steps) expression = stepOf(file, expression, step, whole.start);
  return expression;
}

function stepOf(file: SourceFile, object: Expression, step: Node, start: number): Expression {
  const span: Span = { file, start, end: step.endIndex };
  if (step.type === 'get_attr') {
    return { kind: 'attribute', object, name: step.namedChildren[0]?.text ?? '', span };
  }
  if (step.type === 'index') return { kind: 'index', object, key: indexKeyOf(file, step), span };
  if (step.type === 'splat') return splatOf(file, object, step, span);
  return object;
}

function indexKeyOf(file: SourceFile, node: Node): Expression {
  const index = node.namedChildren[0] ?? node;
  const inner = index.namedChildren.find((each) => each.type === 'expression');
  if (inner) return expressionOf(file, inner);
  return { kind: 'literal', value: Number(index.text.slice(1)), span: spanOf(file, node) };
}

function splatOf(file: SourceFile, object: Expression, node: Node, span: Span): SplatExpression {
  const steps: SplatExpression['steps'][number][] = [];
  for (const step of node.namedChildren[0]?.namedChildren ?? []) {
    if (step.type === 'get_attr') steps.push({ kind: 'name', name: step.namedChildren[0]?.text ?? '' });
    else if (step.type === 'index') steps.push({ kind: 'key', key: indexKeyOf(file, step) });
  }
  return { kind: 'splat', object, steps, span };
}

const DEEPEST_EXPRESSION = 250;
const depths = new WeakMap<SourceFile, number>();

/** Nesting is bounded, since everything that reads expressions goes down into them. */
function termOf(file: SourceFile, node: Node): Expression {
  const depth = (depths.get(file) ?? 0) + 1;
  if (depth > DEEPEST_EXPRESSION) {
    throw new InputError({
      code: 'hcl-depth',
      message: text(
        `an expression is nested deeper than ${DEEPEST_EXPRESSION} levels`,
        `式の入れ子が${DEEPEST_EXPRESSION}段を超えています`,
      ),
      place: placeAt(file, node.startIndex),
    });
  }
  depths.set(file, depth);
  try {
    return plainTermOf(file, node);
  } finally {
    depths.set(file, depth - 1);
  }
}

function plainTermOf(file: SourceFile, node: Node): Expression {
  const span = spanOf(file, node);
  switch (node.type) {
    case 'expression':
    case 'collection_value':
      return chainOf(file, significant(node), span);
    case 'literal_value':
      return literalOf(node, span);
    case 'template_expr':
      return templateOf(file, node, expressionOf);
    case 'variable_expr':
      return { kind: 'variable', name: node.text, span };
    case 'tuple':
      return {
        kind: 'tuple',
        items: expressionsIn(node).map((each) => expressionOf(file, each)),
        span,
      };
    case 'object':
      return objectOf(file, node, span);
    case 'function_call':
      return callOf(file, node, span);
    case 'for_expr':
      return forOf(file, node, span);
    case 'conditional':
      return conditionalOf(file, node, span);
    case 'operation':
      return operationOf(file, node, span);
    default:
      return { kind: 'literal', value: null, span };
  }
}

function expressionsIn(node: Node): Node[] {
  return node.namedChildren.filter((each) => each.type === 'expression');
}

function literalOf(node: Node, span: Span): Expression {
  const inner = node.namedChildren[0];
  switch (inner?.type) {
    case 'bool_lit':
      return { kind: 'literal', value: inner.text === 'true', span };
    case 'numeric_lit':
      return { kind: 'literal', value: Number(inner.text), span };
    case 'string_lit':
      return { kind: 'literal', value: decodeQuoted(inner.text.slice(1, -1)), span };
    default:
      return { kind: 'literal', value: null, span };
  }
}

function objectOf(file: SourceFile, node: Node, span: Span): ObjectExpression {
  const entries: ObjectExpression['entries'][number][] = [];
  for (const element of node.namedChildren) {
    if (element.type !== 'object_elem') continue;
    const [keyNode, valueNode] = expressionsIn(element);
    if (!keyNode || !valueNode) continue;
    entries.push({ key: objectKeyOf(file, keyNode), value: expressionOf(file, valueNode) });
  }
  return { kind: 'object', entries, span };
}

/** A bare name as an object's key is that name; in parentheses it is an expression. */
function objectKeyOf(file: SourceFile, node: Node): Expression {
  const parts = node.children;
  if (parts.length === 1 && parts[0]?.type === 'variable_expr') {
    return { kind: 'literal', value: node.text, span: spanOf(file, node) };
  }
  return expressionOf(file, node);
}

function callOf(file: SourceFile, node: Node, span: Span): Expression {
  const name = node.namedChildren.find((each) => each.type === 'identifier')?.text ?? '';
  const passed = node.namedChildren.find((each) => each.type === 'function_arguments');
  return {
    kind: 'call',
    name,
    arguments: passed ? expressionsIn(passed).map((each) => expressionOf(file, each)) : [],
    expandLast: passed?.namedChildren.some((each) => each.type === 'ellipsis') ?? false,
    span,
  };
}

function forOf(file: SourceFile, node: Node, span: Span): Expression {
  const inner = node.namedChildren[0] ?? node;
  const intro = inner.namedChildren.find((each) => each.type === 'for_intro');
  const condition = inner.namedChildren.find((each) => each.type === 'for_cond');
  const results = expressionsIn(inner).map((each) => expressionOf(file, each));
  const value = results.at(-1);
  if (!intro || !value) return { kind: 'literal', value: null, span };
  const isObject = inner.type === 'for_object_expr';
  const tested = condition && expressionsIn(condition)[0];
  const grouped = inner.namedChildren.some((each) => each.type === 'ellipsis');
  const loop: ForExpression = {
    kind: 'for',
    ...loopOf(file, intro, expressionOf),
    key: isObject ? results[0] : undefined,
    value,
    condition: tested ? expressionOf(file, tested) : undefined,
    grouped,
    span,
  };
  return loop;
}

function conditionalOf(file: SourceFile, node: Node, span: Span): Expression {
  const [condition, whenTrue, otherwise] = expressionsIn(node).map((each) => expressionOf(file, each));
  if (!condition || !whenTrue || !otherwise) return { kind: 'literal', value: null, span };
  return { kind: 'conditional', condition, whenTrue, otherwise, span };
}

function operationOf(file: SourceFile, node: Node, span: Span): Expression {
  const inner = node.namedChildren[0] ?? node;
  const nodes = inner.children.filter((each) => each.type !== 'comment');
  if (inner.type === 'unary_operation') {
    const operand = chainOf(file, nodes.slice(1), span);
    return { kind: 'unary', operator: nodes[0]?.text ?? '', operand, span };
  }
  const at = nodes.findIndex((each) => !each.isNamed && each.text !== '(' && each.text !== ')');
  return {
    kind: 'binary',
    operator: nodes[at]?.text ?? '',
    left: chainOf(file, named(nodes.slice(0, at)), span),
    right: chainOf(file, named(nodes.slice(at + 1)), span),
    span,
  };
}

function named(nodes: readonly Node[]): readonly Node[] {
  return nodes.filter((each) => each.isNamed);
}
