import type { Span } from '../../../kernel/source-file.ts';
import type { Scalar } from '../../../model/value.ts';

/** An expression of the Terraform language with the place where it is written. */
export type Expression =
  | LiteralExpression
  | TemplateExpression
  | TupleExpression
  | ObjectExpression
  | VariableExpression
  | AttributeExpression
  | IndexExpression
  | SplatExpression
  | CallExpression
  | ForExpression
  | ConditionalExpression
  | BinaryExpression
  | UnaryExpression;

export interface LiteralExpression {
  readonly kind: 'literal';
  readonly value: Scalar;
  readonly span: Span;
}

export interface TemplateExpression {
  readonly kind: 'template';
  readonly parts: readonly TemplatePart[];
  readonly span: Span;
}

/** Literal text, an interpolation, or a directive that chooses or repeats further parts. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'interpolation'; readonly expression: Expression }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly whenTrue: readonly TemplatePart[];
      readonly otherwise: readonly TemplatePart[];
    }
  | {
      readonly kind: 'for';
      readonly keyName: string | undefined;
      readonly valueName: string;
      readonly collection: Expression;
      readonly body: readonly TemplatePart[];
    };

export interface TupleExpression {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
  readonly span: Span;
}

export interface ObjectExpression {
  readonly kind: 'object';
  readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
  readonly span: Span;
}

export interface VariableExpression {
  readonly kind: 'variable';
  readonly name: string;
  readonly span: Span;
}

export interface AttributeExpression {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
  readonly span: Span;
}

export interface IndexExpression {
  readonly kind: 'index';
  readonly object: Expression;
  readonly key: Expression;
  readonly span: Span;
}

/** `object[*]` or `object.*`, followed by steps that are taken in every item. */
export interface SplatExpression {
  readonly kind: 'splat';
  readonly object: Expression;
  readonly steps: readonly (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'key'; readonly key: Expression }
  )[];
  readonly span: Span;
}

export interface CallExpression {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Expression[];
  /** Whether the last argument is a list whose items are the further arguments (`...`). */
  readonly expandLast: boolean;
  readonly span: Span;
}

/** `[for …]` when `key` is undefined, else `{for …}`. */
export interface ForExpression {
  readonly kind: 'for';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  readonly key: Expression | undefined;
  readonly value: Expression;
  readonly condition: Expression | undefined;
  /** `...`: values with the same key are gathered in a list. */
  readonly grouped: boolean;
  readonly span: Span;
}

export interface ConditionalExpression {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly otherwise: Expression;
  readonly span: Span;
}

export interface BinaryExpression {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface UnaryExpression {
  readonly kind: 'unary';
  readonly operator: string;
  readonly operand: Expression;
  readonly span: Span;
}

export interface Attribute {
  readonly name: string;
  readonly value: Expression;
  readonly span: Span;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly span: Span;
}

/** The content of a file or block. A name that is written twice keeps its first value. */
export interface Body {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
  readonly span: Span;
}

/** The blocks of a type in a body. */
export function blocksOf(body: Body, type: string): readonly Block[] {
  return body.blocks.filter((block) => block.type === type);
}

/** The root name and attribute steps of a plain traversal such as `aws_vpc.main.id`, or undefined. */
export function traversalOf(expression: Expression): readonly string[] | undefined {
  const steps: string[] = [];
  let at = expression;
  while (at.kind === 'attribute' || at.kind === 'index') {
    if (at.kind === 'attribute') steps.push(at.name);
    at = at.object;
  }
  if (at.kind !== 'variable') return undefined;
  steps.push(at.name);
  return steps.reverse();
}
