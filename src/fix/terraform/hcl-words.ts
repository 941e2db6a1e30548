import type { EditValue } from '../../model/remedy.ts';
import type { Fields } from '../../sources/terraform/translate/fields.ts';

/** Tells how a reference of an edit (`{Ref: …}`, `{Fn::GetAtt: …}`) is written in HCL; undefined when it cannot be. */
export type ReferenceWriter = (reference: EditValue) => string | undefined;

/** Lines of HCL, or undefined when something of the value has no argument in Terraform's table. */
export type Hcl = readonly string[] | undefined;

/**
 * The arguments and nested blocks that give a resource some of CloudFormation's properties: the table of
 * `sources/terraform/types` read backwards. Conversions that are no plain renaming have no way back.
 */
export function argumentsFor(
  properties: { readonly [key: string]: EditValue },
  fields: Fields,
  write: ReferenceWriter,
): Hcl {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(properties)) {
    const written = argumentFor(name, value, fields, write);
    if (written === undefined) return undefined;
    lines.push(...written);
  }
  return lines;
}

function argumentFor(name: string, value: EditValue, fields: Fields, write: ReferenceWriter): Hcl {
  const plain = Object.entries(fields).find(([, field]) => field === name);
  if (plain) {
    const literal = literalOf(value, write);
    return literal === undefined ? undefined : [`${plain[0]} = ${literal}`];
  }
  const encoded = Object.entries(fields).find(
    ([, field]) => typeof field !== 'string' && field.json === name,
  );
  if (encoded) return encodedFor(encoded[0], value, write);
  const alone = Object.entries(fields).find(([, field]) => typeof field !== 'string' && field.alone === name);
  if (alone && Array.isArray(value)) {
    const [only, ...others] = value as readonly EditValue[];
    const literal = only === undefined || others.length > 0 ? undefined : literalOf(only, write);
    return literal === undefined ? undefined : [`${alone[0]} = ${literal}`];
  }
  if (Array.isArray(value) && value.length > 0 && isKeyed(name, fields)) return keyedFor(name, value, fields);
  const nested = Object.entries(fields).find(
    ([, field]) => typeof field !== 'string' && field.nested?.path === name,
  );
  if (nested) return blockFor(nested[0], value, nested[1], write);
  return isMap(value) ? belowPath(name, value, fields, write) : undefined;
}

/** A structure that Terraform takes as a JSON string. */
export function encodedFor(argument: string, value: EditValue, write: ReferenceWriter): Hcl {
  const lines = expressionLines(value, write);
  if (!lines) return undefined;
  const [first = '', ...rest] = lines;
  return [`${argument} = jsonencode(${first}`, ...rest.slice(0, -1), `${rest.at(-1) ?? ''})`];
}

/** An object or list over several lines, as HCL writes them inside a function call. */
function expressionLines(value: EditValue, write: ReferenceWriter): Hcl {
  const reference = write(value);
  if (reference !== undefined) return [reference];
  if (Array.isArray(value)) {
    const items = (value as readonly EditValue[]).map((item) => expressionLines(item, write));
    return surrounded('[', items, ']', (lines) => [...lines.slice(0, -1), `${lines.at(-1)},`]);
  }
  if (!isMap(value)) {
    const literal = literalOf(value, write);
    return literal === undefined ? undefined : [literal];
  }
  // A function that has no way into HCL must not become a plain map.
  if (Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))) return undefined;
  const entries = Object.entries(value).map(([key, inner]) => {
    const lines = expressionLines(inner, write);
    return lines && [`${/^\w+$/.test(key) ? key : quoted(key)} = ${lines[0]}`, ...lines.slice(1)];
  });
  return surrounded('{', entries, '}', (lines) => lines);
}

function surrounded(
  open: string,
  items: readonly Hcl[],
  close: string,
  finish: (lines: readonly string[]) => readonly string[],
): Hcl {
  const inner: string[] = [];
  for (const item of items) {
    if (item === undefined) return undefined;
    inner.push(...indented(finish(item)));
  }
  return [open, ...inner, close];
}

function isKeyed(name: string, fields: Fields): boolean {
  return Object.values(fields).some((field) => typeof field !== 'string' && field.keyed?.path === name);
}

/** Attributes that CloudFormation has as a list of keys and values, as arguments of their own. */
function keyedFor(name: string, items: readonly EditValue[], fields: Fields): Hcl {
  const lines: string[] = [];
  for (const item of items) {
    const key = isMap(item) ? item.Key : undefined;
    const value = isMap(item) ? item.Value : undefined;
    const argument = Object.entries(fields).find(
      ([, field]) => typeof field !== 'string' && field.keyed?.path === name && field.keyed.key === key,
    );
    if (!argument || typeof value !== 'string') return undefined;
    lines.push(`${argument[0]} = ${/^(true|false|\d+)$/.test(value) ? value : quoted(value)}`);
  }
  return lines;
}

/** A map whose entries have arguments of their own, such as `VersioningConfiguration.Status`. */
function belowPath(
  name: string,
  value: { readonly [key: string]: EditValue },
  fields: Fields,
  write: ReferenceWriter,
): Hcl {
  const entries = Object.entries(value).map(([key, inner]) => [`${name}.${key}`, inner] as const);
  return argumentsFor(Object.fromEntries(entries), fields, write);
}

function blockFor(name: string, value: EditValue, field: Fields[string], write: ReferenceWriter): Hcl {
  const nested = typeof field === 'string' ? undefined : field.nested;
  if (!nested) return undefined;
  const items = nested.many && Array.isArray(value) ? (value as readonly EditValue[]) : [value];
  const written = items.map((item) => (isMap(item) ? argumentsFor(item, nested.fields, write) : undefined));
  const lines: string[] = [];
  for (const inner of written) {
    if (inner === undefined) return undefined;
    lines.push(...(inner.length === 0 ? [`${name} {}`] : [`${name} {`, ...indented(inner), '}']));
  }
  return lines;
}

/** A value as an HCL expression (HashiCorp HCL, "Expressions"). */
export function literalOf(value: EditValue, write: ReferenceWriter): string | undefined {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) {
    const items = (value as readonly EditValue[]).map((item) => literalOf(item, write));
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  const reference = write(value);
  if (reference !== undefined || !isMap(value)) return reference;
  const entries = Object.entries(value).map(([key, inner]) => {
    const literal = literalOf(inner, write);
    return literal === undefined || key === 'Ref' || key.startsWith('Fn::')
      ? undefined
      : `${/^\w+$/.test(key) ? key : quoted(key)} = ${literal}`;
  });
  return entries.includes(undefined) ? undefined : `{ ${entries.join(', ')} }`;
}

/** A string in quotes; `${` and `%{` would be read as templates. */
export function quoted(value: string): string {
  return JSON.stringify(value).replace(/[$%](?=\{)/g, '$&$&');
}

export function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

export function isMap(value: EditValue | undefined): value is { readonly [key: string]: EditValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
