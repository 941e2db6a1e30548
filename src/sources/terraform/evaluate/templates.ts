import type { Span } from '../../../kernel/source-file.ts';
import { booleanFrom, type Part, type UnknownReason, type Value } from '../../../model/value.ts';
import type { Expression, TemplatePart } from '../hcl/syntax.ts';
import { loopItems } from './loops.ts';
import type { Scope } from './scope.ts';
import { overChoices, partsOf, undecidedAt, valueFromParts } from './values.ts';

type Evaluate = (expression: Expression, scope: Scope) => Value;

/** Evaluates a template to a string of which parts may be open. */
export function renderTemplate(
  parts: readonly TemplatePart[],
  scope: Scope,
  span: Span,
  evaluate: Evaluate,
): Value {
  const pieces = piecesOf(parts, scope, span, evaluate);
  if (!pieces) return undecidedAt(span, 'function');
  const values = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece]));
  return overChoices(values, span, (chosen) => joinPieces(pieces, chosen, span));
}

function joinPieces(pieces: readonly (string | Value)[], chosen: readonly Value[], span: Span): Value {
  const joined: Part[] = [];
  let why: UnknownReason = 'after-deployment';
  let next = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      joined.push(piece);
      continue;
    }
    const value = chosen[next++] ?? piece;
    const parts = partsOf(value);
    if (!parts) return undecidedAt(span, 'invalid');
    if (value.kind === 'unknown') why = value.why;
    joined.push(...parts);
  }
  return valueFromParts(joined, why, span);
}

/** The template as texts and values in order; undefined when a directive cannot be decided. */
function piecesOf(
  parts: readonly TemplatePart[],
  scope: Scope,
  span: Span,
  evaluate: Evaluate,
): (string | Value)[] | undefined {
  const pieces: (string | Value)[] = [];
  for (const part of parts) {
    if (part.kind === 'text') pieces.push(part.text);
    else if (part.kind === 'interpolation') pieces.push(evaluate(part.expression, scope));
    else {
      const inner =
        part.kind === 'if' ? branchOf(part, scope, span, evaluate) : repeated(part, scope, span, evaluate);
      if (!inner) return undefined;
      pieces.push(...inner);
    }
  }
  return pieces;
}

function branchOf(
  part: TemplatePart & { kind: 'if' },
  scope: Scope,
  span: Span,
  evaluate: Evaluate,
): (string | Value)[] | undefined {
  const condition = booleanFrom(evaluate(part.condition, scope));
  if (condition === undefined) return undefined;
  return piecesOf(condition ? part.whenTrue : part.otherwise, scope, span, evaluate);
}

function repeated(
  part: TemplatePart & { kind: 'for' },
  scope: Scope,
  span: Span,
  evaluate: Evaluate,
): (string | Value)[] | undefined {
  const items = loopItems(evaluate(part.collection, scope));
  if (!items) return undefined;
  const pieces: (string | Value)[] = [];
  for (const item of items) {
    const inner = piecesOf(part.body, scope.with(part, item), span, evaluate);
    if (!inner) return undefined;
    pieces.push(...inner);
  }
  return pieces;
}
