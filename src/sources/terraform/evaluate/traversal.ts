import type { Span } from '../../../kernel/source-file.ts';
import {
  choice,
  list,
  numberFrom,
  showValue,
  stringFrom,
  unknown,
  type Value,
} from '../../../model/value.ts';
import { resourceEntriesOf } from './resource-entries.ts';
import { overChoices, respan, undecidedAt } from './values.ts';

const MOST_OPTIONS = 8;

/** `value.name`. On a list of objects with one item (a nested block) the step goes through, as in old Terraform. */
export function attributeOf(value: Value, name: string, span: Span): Value {
  return overChoices([value], span, ([object]) => {
    if (object?.kind === 'map') {
      const entry = object.entries.get(name);
      return entry ? respan(entry, span) : undecidedAt(span, 'invalid');
    }
    return object?.kind === 'unknown' ? belowUnknown(object, span) : undecidedAt(span, 'invalid');
  });
}

/** `value[key]`. An undecided key gives the choice of all items, where they are few. */
export function indexOf(value: Value, key: Value, span: Span): Value {
  return overChoices([value, key], span, ([object, at]) => {
    if (!object || !at) return undecidedAt(span, 'invalid');
    if (resourceEntriesOf(object)?.standsForAll && !namesAttribute(object, at)) return respan(object, span);
    if (object.kind === 'unknown') return itemOfUnknown(object, at, span);
    if (at.kind === 'unknown') return anyItem(object, at.expression, span);
    const item = itemAt(object, at);
    return item ? respan(item, span) : undecidedAt(span, 'invalid');
  });
}

/** `aws_x.y["id"]` reads an attribute; `aws_x.y[0]` and `aws_x.y[each.key]` name an instance. */
function namesAttribute(object: Value, key: Value): boolean {
  const name = stringFrom(key);
  return object.kind === 'map' && name !== undefined && object.entries.has(name);
}

function itemAt(object: Value, key: Value): Value | undefined {
  if (object.kind === 'map') return object.entries.get(stringFrom(key) ?? '');
  const index = numberFrom(key);
  if (object.kind === 'list' && index !== undefined) return object.items[index];
  return undefined;
}

function anyItem(object: Value, condition: string, span: Span): Value {
  const items =
    object.kind === 'list' ? object.items : object.kind === 'map' ? [...object.entries.values()] : [];
  if (items.length === 0 || items.length > MOST_OPTIONS) return undecidedAt(span, 'function');
  return choice(
    condition,
    items.map((item) => respan(item, span)),
    span,
  );
}

/**
 * An item of an unknown list: a zone, or something that a resource gives. Which item it is stays part of
 * the expression, so that the same item is recognised and others are told apart.
 */
export function itemOfUnknown(list: Value & { kind: 'unknown' }, key: Value, span: Span): Value {
  const [hole] = list.parts?.length === 1 ? list.parts : [];
  if (typeof hole !== 'object' || (hole.type !== 'zone' && hole.type !== 'reference')) {
    return belowUnknown(list, span);
  }
  if (hole.type === 'zone' && key.kind !== 'known') return belowUnknown(list, span);
  const expression = `${hole.expression}[${showValue(key)}]`;
  return unknown(expression, list.why, span, [{ ...hole, expression }]);
}

/** What lies below something unknown is unknown for the same reason. */
function belowUnknown(value: Value & { kind: 'unknown' }, span: Span): Value {
  const resource = value.parts?.length === 1 ? value.parts[0] : undefined;
  if (typeof resource === 'object' && resource.type === 'reference') return respan(value, span);
  if (typeof resource === 'object') {
    return undecidedAt(span, value.why, [{ ...resource, expression: value.expression }]);
  }
  return undecidedAt(span, value.why);
}

/** `value[*]` with the steps after it: one result per item; null has none, a single value one. */
export function splat(value: Value, step: (item: Value) => Value, span: Span): Value {
  return overChoices([value], span, ([object]) => {
    if (!object || object.kind === 'unknown') return undecidedAt(span, object?.why ?? 'invalid');
    if (object.kind === 'known' && object.value === null) return list([], span);
    const items = object.kind === 'list' ? object.items : [object];
    return list(items.map(step), span);
  });
}
