import { setOwn } from '../codec/own-property.ts';
import { readText, writeText } from '../codec/simple-text.ts';
import type { WireRequest } from '../message.ts';
import {
  isStructure,
  type Member,
  type Shape,
  type SimpleShape,
  type StructureShape,
  type TimestampFormat,
} from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';
import { percentDecode } from '../sigv4/percent.ts';

/** Where the members of a structure travel in an HTTP message. Source: Smithy, "HTTP protocol bindings". */
export interface Bindings {
  readonly labels: readonly Member[];
  readonly query: readonly Member[];
  readonly queryParams: Member | undefined;
  readonly headers: readonly Member[];
  readonly prefixHeaders: Member | undefined;
  readonly payload: Member | undefined;
  readonly responseCode: Member | undefined;
  /** Everything that has no binding makes the body. */
  readonly body: readonly Member[];
}

/** Sorts the members of a structure by their bindings. */
export function bindingsOf({ members }: StructureShape): Bindings {
  const find = (has: (traits: Member['traits']) => boolean) => members.filter(({ traits }) => has(traits));
  const bound = (traits: Member['traits']) =>
    traits.httpLabel !== undefined ||
    traits.httpQuery !== undefined ||
    traits.httpQueryParams !== undefined ||
    traits.httpHeader !== undefined ||
    traits.httpPrefixHeaders !== undefined ||
    traits.httpPayload !== undefined ||
    traits.httpResponseCode !== undefined;
  return {
    labels: find((traits) => traits.httpLabel !== undefined),
    query: find((traits) => traits.httpQuery !== undefined),
    queryParams: find((traits) => traits.httpQueryParams !== undefined)[0],
    headers: find((traits) => traits.httpHeader !== undefined),
    prefixHeaders: find((traits) => traits.httpPrefixHeaders !== undefined)[0],
    payload: find((traits) => traits.httpPayload !== undefined)[0],
    responseCode: find((traits) => traits.httpResponseCode !== undefined)[0],
    body: find((traits) => !bound(traits)),
  };
}

/** The parameters of a query, decoded, in the order sent. @throws SerializationError */
export function queryValues(query: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decoded(equals < 0 ? part : part.slice(0, equals));
    const value = equals < 0 ? '' : decoded(part.slice(equals + 1));
    const before = values.get(name);
    if (before) before.push(value);
    else values.set(name, [value]);
  }
  return values;
}

function decoded(text: string): string {
  const plain = percentDecode(text.replaceAll('+', ' '));
  if (plain === undefined) throw new SerializationError('the query has a malformed escape');
  return plain;
}

/** Reads everything of an input that does not travel in the body. @throws SerializationError */
export function readBindings(
  bindings: Bindings,
  request: WireRequest,
  labels: ReadonlyMap<string, string>,
  query: ReadonlyMap<string, readonly string[]>,
): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const { name, shape } of bindings.labels) {
    const label = labels.get(name);
    if (label !== undefined) input[name] = readText(demandSimple(shape), label, 'date-time');
  }
  for (const { name, shape, traits } of bindings.query) {
    const values = query.get(traits.httpQuery ?? name);
    if (values !== undefined) input[name] = readRepeated(shape, values, 'date-time');
  }
  if (bindings.queryParams) input[bindings.queryParams.name] = allParameters(bindings.queryParams, query);
  for (const member of bindings.headers) {
    const value = request.header((member.traits.httpHeader ?? '').toLowerCase());
    if (value !== undefined) input[member.name] = readHeader(member, value);
  }
  if (bindings.prefixHeaders) input[bindings.prefixHeaders.name] = prefixed(bindings.prefixHeaders, request);
  return input;
}

function demandSimple(shape: Shape): SimpleShape {
  if (isStructure(shape) || shape.kind === 'list' || shape.kind === 'map') {
    throw new SerializationError('a value stands where none can');
  }
  return shape;
}

function readRepeated(shape: Shape, values: readonly string[], timestamps: TimestampFormat): unknown {
  if (shape.kind !== 'list') return readText(demandSimple(shape), values.at(-1) ?? '', timestamps);
  return values.map((each) => readText(demandSimple(shape.item.shape), each, timestamps));
}

/** Smithy, "httpQueryParams": a server puts every parameter into the map, also those that are bound by name. */
function allParameters(
  { shape }: Member,
  query: ReadonlyMap<string, readonly string[]>,
): Record<string, unknown> {
  const lists = shape.kind === 'map' && shape.value.shape.kind === 'list';
  const target: Record<string, unknown> = {};
  for (const [name, values] of query) setOwn(target, name, lists ? values : values[0]);
  return target;
}

function readHeader({ shape, traits }: Member, value: string): unknown {
  if (shape.kind === 'list') {
    const item = demandSimple(shape.item.shape);
    return splitHeader(value, item).map((each) => readText(item, each, 'http-date'));
  }
  const text = traits.mediaType !== undefined ? Buffer.from(value, 'base64').toString('utf8') : value;
  return readText(demandSimple(shape), text, 'http-date');
}

/** Splits a header at commas outside of quotes; HTTP dates hold one comma each. */
function splitHeader(value: string, item: SimpleShape): readonly string[] {
  if (item.kind === 'timestamp' && (item.format ?? 'http-date') === 'http-date') {
    return value.match(/[A-Za-z]{3},[^,]*/g)?.map((each) => each.trim()) ?? [];
  }
  const parts = value.match(/\s*("(?:[^"\\]|\\.)*"|[^,]*)\s*(?:,|$)/g) ?? [];
  const texts = parts.map((part) => part.replace(/,$/, '').trim());
  if (texts.at(-1) === '' && !value.endsWith(',')) texts.pop();
  return texts.map((text) => (text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text));
}

function prefixed({ traits, shape }: Member, request: WireRequest): Record<string, unknown> {
  const prefix = (traits.httpPrefixHeaders ?? '').toLowerCase();
  const target: Record<string, unknown> = {};
  if (shape.kind !== 'map') return target;
  for (const [name, value] of request.headers) {
    if (name.startsWith(prefix)) setOwn(target, name.slice(prefix.length), value);
  }
  return target;
}

/** Writes everything of an output that travels in headers. */
export function writeHeaders(
  bindings: Bindings,
  output: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const member of bindings.headers) {
    const value = output[member.name];
    if (value === undefined || value === null) continue;
    const text = headerText(member, value);
    if (text !== undefined) headers[(member.traits.httpHeader ?? member.name).toLowerCase()] = text;
  }
  const { prefixHeaders } = bindings;
  if (prefixHeaders) {
    const prefix = (prefixHeaders.traits.httpPrefixHeaders ?? '').toLowerCase();
    for (const [name, value] of Object.entries((output[prefixHeaders.name] as object | undefined) ?? {})) {
      headers[`${prefix}${name.toLowerCase()}`] = plainHeader(String(value));
    }
  }
  return headers;
}

function headerText({ shape, traits }: Member, value: unknown): string | undefined {
  if (shape.kind === 'list') {
    const item = demandSimple(shape.item.shape);
    const items = (value as readonly unknown[]).filter((each) => each !== undefined && each !== null);
    if (items.length === 0) return undefined;
    return items.map((each) => quoted(item, writeText(item, each, 'http-date'))).join(', ');
  }
  const text = writeText(demandSimple(shape), value, 'http-date');
  return traits.mediaType !== undefined ? Buffer.from(text).toString('base64') : plainHeader(text);
}

function quoted(item: SimpleShape, text: string): string {
  if (item.kind !== 'string' || !/[",]/.test(text)) return plainHeader(text);
  return `"${plainHeader(text).replace(/["\\]/g, '\\$&')}"`;
}

/** A header holds no line ends, and what is outside Latin-1 does not travel. */
function plainHeader(text: string): string {
  return text.replace(/[^\t\u0020-\u007e\u00a0-\u00ff]/g, '?');
}
