import { known, list, map, type Value } from '../../../model/value.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Scope } from '../evaluate/scope.ts';
import { undecidedAt } from '../evaluate/values.ts';
import { distinctValues } from '../functions/function.ts';
import type { Block, Expression } from '../hcl/syntax.ts';
import { REDACTED } from '../terraform-resource.ts';

/** The value of an input variable: what was passed, else its default, else unknown. */
export function variableValue(block: Block, passed: Value | undefined, scope: Scope): Value {
  const fallback = block.body.attributes.get('default');
  const type = block.body.attributes.get('type')?.value;
  const nullable = block.body.attributes.get('nullable')?.value;
  const refusesNull = nullable?.kind === 'literal' && nullable.value === false;
  const isNull = passed?.kind === 'known' && passed.value === null;
  const given = isNull && refusesNull ? undefined : passed;
  const value = given ?? (fallback && evaluate(fallback.value, scope));
  if (!value) {
    const expression = `var.${block.labels[0] ?? ''}`;
    return { ...undecidedAt(block.span, 'parameter', [{ type: 'parameter', expression }]), expression };
  }
  if (isSensitive(block)) return hidden(value);
  return type ? withOptionalDefaults(value, type, scope) : value;
}

function isSensitive(block: Block): boolean {
  const sensitive = block.body.attributes.get('sensitive')?.value;
  return sensitive?.kind === 'literal' && sensitive.value === true;
}

/** That a sensitive variable is written out is a fact; what it is stays out of the graph. */
function hidden(value: Value): Value {
  if (value.kind === 'known') {
    return typeof value.value === 'string' && value.value !== '' ? known(REDACTED, value.span) : value;
  }
  if (value.kind === 'list') return list(value.items.map(hidden), value.span);
  if (value.kind !== 'map') return value;
  return map(new Map([...value.entries].map(([key, entry]) => [key, hidden(entry)])), value.span);
}

/**
 * Fills in what a type constraint says about missing parts: `optional(type, default)` in objects, at any
 * depth. Conversions between primitive types need nothing here, since questions about values read both.
 */
function withOptionalDefaults(value: Value, type: Expression, scope: Scope): Value {
  if (type.kind !== 'call') return value;
  const [inner] = type.arguments;
  if (!inner) return value;
  if (type.name === 'optional') return withOptionalDefaults(value, inner, scope);
  if (type.name === 'object' && inner.kind === 'object' && value.kind === 'map') {
    const entries = new Map(value.entries);
    for (const { key, value: fieldType } of inner.entries) {
      const name = key.kind === 'literal' ? String(key.value) : '';
      const filled = fieldValue(entries.get(name), fieldType, scope);
      if (filled) entries.set(name, filled);
    }
    return map(entries, value.span);
  }
  if (value.kind === 'list' && (type.name === 'list' || type.name === 'set')) {
    const items = value.items.map((item) => withOptionalDefaults(item, inner, scope));
    return list(type.name === 'set' ? distinctValues(items) : items, value.span);
  }
  if (value.kind === 'map' && type.name === 'map') {
    const filled = [...value.entries].map(([key, entry]): [string, Value] => [
      key,
      withOptionalDefaults(entry, inner, scope),
    ]);
    return map(new Map(filled), value.span);
  }
  return value;
}

function fieldValue(given: Value | undefined, type: Expression, scope: Scope): Value | undefined {
  const missing = given === undefined || (given.kind === 'known' && given.value === null);
  if (!missing) return withOptionalDefaults(given, type, scope);
  if (type.kind !== 'call' || type.name !== 'optional') return given;
  const fallback = type.arguments[1];
  return fallback ? evaluate(fallback, scope) : known(null, type.span);
}
