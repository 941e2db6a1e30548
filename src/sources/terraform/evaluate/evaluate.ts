import {
  booleanFrom,
  choice,
  known,
  list,
  map,
  referenceFrom,
  stringFrom,
  type Value,
} from '../../../model/value.ts';
import { callFunction } from '../functions/registry.ts';
import type {
  CallExpression,
  ConditionalExpression,
  Expression,
  ForExpression,
  ObjectExpression,
  SplatExpression,
} from '../hcl/syntax.ts';
import { loopItems } from './loops.ts';
import { binary, unary } from './operators.ts';
import type { Scope } from './scope.ts';
import { renderTemplate } from './templates.ts';
import { attributeOf, indexOf, splat } from './traversal.ts';
import { expressionText, isWhollyKnown, overChoices, respan, undecidedAt } from './values.ts';

/**
 * Evaluates an expression of the Terraform language without touching the outside. What cannot be decided
 * becomes an unknown value that carries the expression and its place; it never throws for bad content.
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  const { span } = expression;
  switch (expression.kind) {
    case 'literal':
      return known(expression.value, span);
    case 'template':
      return wholeTemplate(expression, scope);
    case 'tuple':
      return list(
        expression.items.map((item) => evaluate(item, scope)),
        span,
      );
    case 'object':
      return objectValue(expression, scope);
    case 'variable':
      return respan(scope.lookup(expression.name) ?? undecidedAt(span, 'invalid'), span);
    case 'attribute':
      return attributeOf(evaluate(expression.object, scope), expression.name, span);
    case 'index':
      return indexOf(evaluate(expression.object, scope), evaluate(expression.key, scope), span);
    case 'splat':
      return splatValue(expression, scope);
    case 'call':
      return callValue(expression, scope);
    case 'for':
      return forValue(expression, scope);
    case 'conditional':
      return conditionalValue(expression, scope);
    case 'binary':
      return binary(
        expression.operator,
        evaluate(expression.left, scope),
        evaluate(expression.right, scope),
        span,
      );
    case 'unary':
      return unary(expression.operator, evaluate(expression.operand, scope), span);
  }
}

/** A template that is a single interpolation gives the value itself, whatever its type. */
function wholeTemplate(expression: Expression & { kind: 'template' }, scope: Scope): Value {
  const [only] = expression.parts;
  if (expression.parts.length === 1 && only?.kind === 'interpolation') {
    return respan(evaluate(only.expression, scope), expression.span);
  }
  return renderTemplate(expression.parts, scope, expression.span, evaluate);
}

function objectValue(expression: ObjectExpression, scope: Scope): Value {
  const entries = new Map<string, Value>();
  for (const { key, value } of expression.entries) {
    const name = stringFrom(evaluate(key, scope));
    if (name === undefined) return undecidedAt(expression.span, 'function');
    entries.set(name, evaluate(value, scope));
  }
  return map(entries, expression.span);
}

function splatValue(expression: SplatExpression, scope: Scope): Value {
  const { span } = expression;
  return splat(
    evaluate(expression.object, scope),
    (item) =>
      expression.steps.reduce<Value>(
        (at, step) =>
          step.kind === 'name'
            ? attributeOf(at, step.name, span)
            : indexOf(at, evaluate(step.key, scope), span),
        item,
      ),
    span,
  );
}

function callValue(expression: CallExpression, scope: Scope): Value {
  const { span } = expression;
  if (expression.name === 'try' || expression.name === 'can') return attempt(expression, scope);
  const passed = expression.arguments.map((each) => evaluate(each, scope));
  const last = passed.at(-1);
  if (expression.expandLast && last?.kind !== 'list') return undecidedAt(span, 'function');
  const values =
    expression.expandLast && last?.kind === 'list' ? [...passed.slice(0, -1), ...last.items] : passed;
  return callFunction(expression.name, values, { span, files: scope.files });
}

/** `try` takes the first argument without an error; `can` says whether there is none. */
function attempt(expression: CallExpression, scope: Scope): Value {
  const { span } = expression;
  for (const each of expression.arguments) {
    const value = evaluate(each, scope);
    const failed = value.kind === 'unknown' && value.why === 'invalid';
    if (expression.name === 'can') {
      return failed || isWhollyKnown(value) ? known(!failed, span) : undecidedAt(span, 'function');
    }
    if (!failed) return respan(value, span);
  }
  return undecidedAt(span, 'invalid');
}

function conditionalValue(expression: ConditionalExpression, scope: Scope): Value {
  const { span } = expression;
  return overChoices([evaluate(expression.condition, scope)], span, ([condition]) => {
    const decided = condition ? booleanFrom(condition) : undefined;
    if (decided !== undefined)
      return respan(evaluate(decided ? expression.whenTrue : expression.otherwise, scope), span);
    return choice(
      expressionText(expression.condition.span),
      [evaluate(expression.whenTrue, scope), evaluate(expression.otherwise, scope)],
      span,
    );
  });
}

function forValue(expression: ForExpression, scope: Scope): Value {
  const { span } = expression;
  return overChoices([evaluate(expression.collection, scope)], span, ([collection]) => {
    const items = collection && loopItems(collection);
    if (!items)
      return collection?.kind === 'unknown' ? madeOf(collection, span) : undecidedAt(span, 'invalid');
    const results: { key: Value | undefined; value: Value }[] = [];
    for (const item of items) {
      const inner = scope.with(expression, item);
      const kept = expression.condition ? booleanFrom(evaluate(expression.condition, inner)) : true;
      if (kept === undefined) return undecidedAt(span, 'condition');
      if (!kept) continue;
      results.push({
        key: expression.key && evaluate(expression.key, inner),
        value: evaluate(expression.value, inner),
      });
    }
    return expression.key
      ? objectOf(results, expression)
      : list(
          results.map((each) => each.value),
          span,
        );
  });
}

/** What is made of something that a resource gives still comes from that resource. */
function madeOf(collection: Value & { kind: 'unknown' }, span: Value['span']): Value {
  return referenceFrom(collection) ? respan(collection, span) : undecidedAt(span, collection.why);
}

function objectOf(
  results: readonly { key: Value | undefined; value: Value }[],
  expression: ForExpression,
): Value {
  const entries = new Map<string, Value[]>();
  for (const { key, value } of results) {
    const name = key && stringFrom(key);
    if (name === undefined) return undecidedAt(expression.span, 'function');
    const group = entries.get(name);
    if (group) group.push(value);
    else entries.set(name, [value]);
  }
  const values = [...entries].map(([name, group]): [string, Value] => [
    name,
    expression.grouped
      ? list(group, expression.span)
      : (group.at(-1) ?? undecidedAt(expression.span, 'invalid')),
  ]);
  return map(new Map(values), expression.span);
}
