import {
  absent,
  choice,
  known,
  list,
  map,
  type Scalar,
  stringFrom,
  type Value,
} from '../../../model/value.ts';
import { jsonStructure } from './json-structure.ts';
import { PropertyBuilder } from './property-builder.ts';

/** What becomes of one Terraform argument: a property of the same meaning, or a conversion. */
export type Field = string | Converter;

/** Reads a value and writes properties. A nested block says of itself what it is, for the way back. */
export interface Converter {
  (value: Value, target: PropertyBuilder): void;
  readonly nested?: NestedBlock;
  /** The property whose structure stands in a JSON string. */
  readonly json?: string;
  /** The property that is a list of this one value. */
  readonly alone?: string;
  /** The list of `{Key, Value}` and the key in it that the argument gives the value of. */
  readonly keyed?: { readonly path: string; readonly key: string };
}

/** A block whose arguments lie below one property. */
export interface NestedBlock {
  readonly path: string;
  readonly fields: Fields;
  /** Whether it may be repeated, as a list of maps. */
  readonly many: boolean;
}

/** The arguments of a resource or nested block, by Terraform's name. */
export type Fields = Readonly<Record<string, Field>>;

/** Carries the arguments of a resource or block over to CloudFormation's properties. */
export function applyFields(
  fields: Fields,
  attributes: ReadonlyMap<string, Value>,
  target: PropertyBuilder,
): void {
  for (const [name, field] of Object.entries(fields)) {
    const value = written(attributes.get(name));
    if (!value) continue;
    if (typeof field === 'string') target.set(field, value);
    else field(value, target);
  }
}

/** A value that says something: null and the empty string stand for "not set" in Terraform's AWS provider. */
export function written(value: Value | undefined): Value | undefined {
  if (!value || value.kind === 'absent') return undefined;
  if (value.kind === 'known') return value.value === null || value.value === '' ? undefined : value;
  if (value.kind !== 'oneOf') return value;
  const options = value.options.map((option) => written(option) ?? absent(option.span));
  const [first] = options;
  if (first?.kind === 'absent' && options.every((option) => option.kind === 'absent')) return undefined;
  return choice(value.condition, options, value.span);
}

/** Applies a function below choices; absent options stay absent. */
export function eachOption(value: Value, convert: (value: Value) => Value): Value {
  if (value.kind !== 'oneOf') return value.kind === 'absent' ? value : convert(value);
  return choice(
    value.condition,
    value.options.map((option) => (option.kind === 'absent' ? option : convert(option))),
    value.span,
  );
}

/** A property whose value is converted; what is unknown stays as it is. */
export function as(path: string, convert: (value: Value) => Value): Converter {
  return (value, target) =>
    target.set(
      path,
      eachOption(value, (option) => (option.kind === 'unknown' ? option : convert(option))),
    );
}

/** The same value under several properties, or several readings of one argument. */
export function several(...fields: readonly Field[]): Converter {
  return (value, target) => {
    for (const field of fields) {
      if (typeof field === 'string') target.set(field, value);
      else field(value, target);
    }
  };
}

/** The structure inside a JSON string. */
export function json(path: string): Converter {
  const convert = (value: Value, target: PropertyBuilder): void => target.set(path, jsonStructure(value));
  return Object.assign(convert, { json: path });
}

/** The structure inside a JSON string whose keys begin with a small letter where CloudFormation's do not. */
export function capitalisedJson(path: string): Converter {
  return (value, target) => target.set(path, capitalised(jsonStructure(value)));
}

function capitalised(value: Value): Value {
  if (value.kind === 'list') return list(value.items.map(capitalised), value.span);
  if (value.kind !== 'map') return value;
  const entries = [...value.entries].map(([key, entry]): [string, Value] => [
    key.charAt(0).toUpperCase() + key.slice(1),
    capitalised(entry),
  ]);
  return map(new Map(entries), value.span);
}

/** A map of tags as CloudFormation's list of keys and values. */
export function tags(path = 'Tags'): Converter {
  return as(path, (value) =>
    value.kind === 'map'
      ? list(
          [...value.entries].map(([key, entry]) => pair(known(key, entry.span), entry)),
          value.span,
        )
      : value,
  );
}

function pair(key: Value, value: Value): Value {
  return map(
    new Map([
      ['Key', key],
      ['Value', value],
    ]),
    value.span,
  );
}

/** One attribute of a list of `{Key, Value}`, as load balancers have them; values are strings there. */
export function keyed(path: string, key: string): Converter {
  const convert = (value: Value, target: PropertyBuilder): void =>
    target.append(path, pair(known(key, value.span), eachOption(value, asText)));
  return Object.assign(convert, { keyed: { path, key } });
}

function asText(value: Value): Value {
  const text = stringFrom(value);
  return text === undefined ? value : known(text, value.span);
}

/** Values that have other words in CloudFormation. */
export function renamed(path: string, words: Readonly<Record<string, Scalar>>): Converter {
  return as(path, (value) => {
    const word = stringFrom(value);
    const other = word !== undefined && Object.hasOwn(words, word) ? words[word] : undefined;
    return other === undefined ? value : known(other, value.span);
  });
}

/** A single value where CloudFormation has a list. */
export function listOf(path: string): Converter {
  const convert = (value: Value, target: PropertyBuilder): void =>
    target.set(
      path,
      eachOption(value, (option) => (option.kind === 'list' ? option : list([option], option.span))),
    );
  return Object.assign(convert, { alone: path });
}

/** The arguments of a resource that CloudFormation has one level further in, below one property. */
export function below(property: string, fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, fieldBelow(property, name, field)]),
  );
}

function fieldBelow(property: string, name: string, field: Field): Field {
  if (typeof field === 'string') return `${property}.${field}`;
  const convert = (value: Value, target: PropertyBuilder): void => {
    const built = fieldsOf(map(new Map([[name, value]]), value.span), { [name]: field });
    if (built.kind !== 'map') return;
    for (const [inner, each] of built.entries) target.set(`${property}.${inner}`, each);
  };
  const { nested } = field;
  return nested
    ? Object.assign(convert, { nested: { ...nested, path: `${property}.${nested.path}` } })
    : convert;
}

/** The first of a list where CloudFormation has a single value. */
export function firstOf(path: string): Converter {
  return as(path, (value) => (value.kind === 'list' ? (value.items[0] ?? absent(value.span)) : value));
}

/** A nested block that occurs at most once, as a map. */
export function block(path: string, fields: Fields): Converter {
  const convert = (value: Value, target: PropertyBuilder): void => {
    const only = written(single(value));
    if (only)
      target.set(
        path,
        eachOption(only, (option) => fieldsOf(option, fields)),
      );
  };
  return Object.assign(convert, { nested: { path, fields, many: false } });
}

/** A nested block that may occur many times, as a list of maps. */
export function blocks(path: string, fields: Fields): Converter {
  const convert = (value: Value, target: PropertyBuilder): void => {
    if (value.kind === 'list' && value.items.length === 0) return;
    target.set(
      path,
      eachOption(value, (option) =>
        option.kind === 'list'
          ? list(
              option.items.map((item) => eachOption(item, (each) => fieldsOf(each, fields))),
              option.span,
            )
          : option.kind === 'map'
            ? list([fieldsOf(option, fields)], option.span)
            : option,
      ),
    );
  };
  return Object.assign(convert, { nested: { path, fields, many: true } });
}

/** A nested block that occurs at most once, whose arguments are properties of what encloses it. */
export function inline(fields: Fields): Converter {
  return (value, target) => {
    const only = written(single(value));
    if (only?.kind === 'map') applyFields(fields, only.entries, target);
    if (only?.kind !== 'oneOf') return;
    for (const option of only.options) {
      if (option.kind !== 'map') continue;
      const builder = new PropertyBuilder();
      applyFields(fields, option.entries, builder);
      target.take(builder, option.span, only.condition);
    }
  };
}

/** The map of a block's arguments under CloudFormation's names. */
export function fieldsOf(value: Value, fields: Fields): Value {
  if (value.kind !== 'map') return value;
  const builder = new PropertyBuilder();
  applyFields(fields, value.entries, builder);
  return builder.build(value.span);
}

/** A block that occurs at most once is a list of one map in Terraform. */
export function single(value: Value): Value {
  if (value.kind === 'oneOf') return eachOption(value, single);
  return value.kind === 'list' ? (value.items[0] ?? absent(value.span)) : value;
}

/** The maps of a repeated block, choices included; an unknown whole gives none. */
export function blockItems(value: Value | undefined): readonly Value[] {
  if (value?.kind === 'list') return value.items;
  return value?.kind === 'map' || value?.kind === 'oneOf' ? [value] : [];
}
