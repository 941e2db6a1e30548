import type { Output } from './api.ts';

/** The properties of the given names, those that are set; `Theirs=Ours` renames. */
export function pick(source: Output, names: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of names) {
    const [theirs = '', ours = theirs] = name.split('=');
    const value = Object.hasOwn(source, theirs) ? source[theirs] : undefined;
    if (value !== undefined && value !== null) picked[ours] = value;
  }
  return picked;
}

/** A property as text; empty where there is none. */
export function textOf(source: Output, name: string): string {
  const value = source[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A property as a map; empty where there is none. */
export function mapOf(source: Output, name: string): Output {
  const value = source[name];
  return isMap(value) ? value : {};
}

/** The maps in a list property. */
export function mapsOf(source: Output, name: string): readonly Output[] {
  const value = source[name];
  return Array.isArray(value) ? value.filter(isMap) : [];
}

/** The texts in a list property. */
export function textsOf(source: Output, name: string): readonly string[] {
  const value = source[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** A value without bytes: CloudFormation writes as text what some services return as bytes (UTF-8). */
export function withTexts(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return value.map(withTexts);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withTexts(each)]));
}

/** A policy document as IAM and others return it: JSON text, often percent-encoded (RFC 3986). */
export function policyOf(source: Output, name: string): unknown {
  const written = textOf(source, name);
  if (written === '') return undefined;
  const decoded = written.startsWith('%') ? decodeURIComponent(written) : written;
  return JSON.parse(decoded);
}

/** What people call a resource: its tag `Name`, else its logical id in the stack that made it, else the given name. */
export function nameOf(source: Output, otherwise: string): string {
  const tag = (key: string) => textOf(mapsOf(source, 'Tags').find((each) => each.Key === key) ?? {}, 'Value');
  return tag('Name') || tag('aws:cloudformation:logical-id') || otherwise;
}

/**
 * The properties of the given names from an answer that begins its names with small letters; what is
 * below them is renamed too. Properties in `asIs` keep their keys: people chose them.
 */
export function pickCapital(
  source: Output,
  names: readonly string[],
  asIs: readonly string[] = [],
): Record<string, unknown> {
  const picked = pick(
    source,
    [...names, ...asIs].map((name) => `${small(name)}=${name}`),
  );
  return Object.fromEntries(
    Object.entries(picked).map(([name, value]) => [name, asIs.includes(name) ? value : capital(value)]),
  );
}

/** A value with capital first letters in all its keys. */
export function capital(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capital);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      `${key.charAt(0).toUpperCase()}${key.slice(1)}`,
      capital(each),
    ]),
  );
}

function small(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** A property under our name, only where it is set: empty maps, lists and texts are left out. */
export function given(name: string, value: unknown): Record<string, unknown> {
  const empty =
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (isMap(value) && Object.keys(value).length === 0);
  return empty ? {} : { [name]: value };
}

/** Tags of a service that gives them as a map, in the form of CloudFormation. */
export function tagList(tags: Output): readonly Output[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value: String(Value) }));
}

/** Whether a value is a map of properties. */
export function isMap(value: unknown): value is Output {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
