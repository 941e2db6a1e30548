import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import { decodedRequest } from '../../src/wire/http/content-encoding.ts';
import { wireRequest } from '../../src/wire/http/incoming.ts';
import { serviceProtocols } from '../../src/wire/protocol/service-protocols.ts';
import type { ProtocolName } from '../../src/wire/schema/service-model.ts';
import { isStructure, type Shape } from '../../src/wire/schema/shape.ts';
import { type CaseResults, record, suitesOf } from './case-results.ts';
import { type DescribedOperation, type DescribedSuite, describedModel } from './described-model.ts';

interface InputCase {
  readonly id?: string;
  readonly given: DescribedOperation;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly serialized: {
    readonly method?: string;
    readonly uri?: string;
    /** The endpoint, with the path that it stands below. */
    readonly host?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

/** What the cases let a client make for a member that is not set. */
const MADE_TOKEN = '00000000-0000-4000-8000-000000000000';

/**
 * Where a server reads more than the client of the case was told: the parameters of a map hold those that have
 * a name too (Smithy, "httpQueryParams trait", on servers), and a header that the client adds by itself is there.
 */
const READ_BY_SERVER: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  RestJsonQueryPrecedence: { foo: 'named', baz: { bar: 'named', qux: 'alsoFromMap' } },
  RestJsonQueryParamsStringListMap: { qux: 'named', foo: { corge: ['named'], baz: ['bar', 'qux'] } },
  'Content-Type and JSON body #8': { contentType: 'application/octet-stream' },
};

/** Cases in which a client leaves out, or writes for nothing, what is empty: on the wire these are one. */
const EMPTY_IS_ABSENT: ReadonlySet<string> = new Set([
  'QueryEmptyQueryMaps',
  'Ec2EmptyQueryLists',
  'RestJsonOmitsEmptyListQueryValues',
  'RestJsonHttpWithEmptyStructurePayload',
  'RestJsonHttpWithHeadersButNoPayload',
  'Structure payload #2',
  'Content-Type and JSON body #3',
  'Content-Type and JSON body #5',
  'Content-Type and JSON body #8',
  'List in header #2',
]);

/** Botocore has JSON in a header as a value; AWS's models say that it is text. */
const JSON_AS_VALUE = 'JSON value trait #1';

/** Reads the requests of a file as a server does, and compares with what their client was told to send. */
export function inputCases(
  directory: string,
  part: string,
  file: string,
  protocol: ProtocolName,
): CaseResults {
  const results: CaseResults = { file: `${part}input/${file}`, passed: 0, failed: [], skipped: [] };
  for (const suite of suitesOf<InputCase>(directory, 'input', file)) {
    for (const [index, each] of suite.cases.entries()) {
      const id = each.id ?? `${suite.description} #${index + 1}`;
      record(results, id, () => readInput(suite, each, protocol, id));
    }
  }
  return results;
}

function readInput(
  suite: DescribedSuite,
  each: InputCase,
  protocol: ProtocolName,
  id: string,
): string | undefined {
  const model = describedModel(suite, each.given, protocol);
  const routed = serviceProtocols(model).own.route(requestOf(suite, each, protocol));
  if (!routed) return 'not routed';
  const shape = model.operations.get(each.given.name)?.input;
  const emptyIsAbsent = EMPTY_IS_ABSENT.has(id);
  const read = shape && withoutAbsent(plain(shape, routed.read()), emptyIsAbsent);
  const params = READ_BY_SERVER[id] ?? withTokens(suite, each);
  const wanted = withoutAbsent(id === JSON_AS_VALUE ? textsOf(params) : params, emptyIsAbsent);
  return isDeepStrictEqual(read, wanted)
    ? undefined
    : `read ${JSON.stringify(read)}, expected ${JSON.stringify(wanted)}`;
}

function requestOf(suite: DescribedSuite, each: InputCase, protocol: ProtocolName) {
  const { given, serialized } = each;
  const { method = given.http?.method ?? 'POST', uri = '/', headers = {} } = serialized;
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  if (protocol.endsWith('Query')) lower.set('content-type', 'application/x-www-form-urlencoded');
  // Older cases of JSON leave out the target that every request has.
  if (protocol.startsWith('awsJson') && !lower.has('x-amz-target')) {
    lower.set('x-amz-target', `${suite.metadata.targetPrefix}.${given.name}`);
  }
  // A server that stands below a path of its endpoint is handed what follows it.
  const below = serialized.host?.includes('/') ? serialized.host.slice(serialized.host.indexOf('/')) : '';
  const path = below !== '' && uri.startsWith(below) ? uri.slice(below.length) || '/' : uri;
  const compressed = given.requestcompression !== undefined;
  const body = compressed ? gzipSync(uncompressedBody(suite, each, protocol)) : (serialized.body ?? '');
  const request = wireRequest(method, path, lower, Buffer.from(body));
  return decodedRequest(request, request.body, 'normalised');
}

/** The cases of compression give no body, only what goes into it. */
function uncompressedBody(suite: DescribedSuite, { given, params = {} }: InputCase, protocol: ProtocolName) {
  const members = suite.shapes[given.input?.shape ?? '']?.members ?? {};
  const inBody = Object.entries(params).filter(([name]) => members[name]?.location === undefined);
  if (!protocol.endsWith('Query')) return JSON.stringify(Object.fromEntries(inBody));
  const upper = (name: string) =>
    protocol === 'ec2Query' ? name.charAt(0).toUpperCase() + name.slice(1) : name;
  const form = inBody.map(([name, value]) => [upper(name), String(value)]);
  const named = [
    ['Action', given.name],
    ['Version', suite.metadata.apiVersion ?? ''],
  ];
  return new URLSearchParams([...named, ...form] as [string, string][]).toString();
}

/** The parameters with the tokens that a client makes for members that are not set. */
function withTokens(suite: DescribedSuite, { given, params = {} }: InputCase): Record<string, unknown> {
  const members = Object.entries(suite.shapes[given.input?.shape ?? '']?.members ?? {});
  const made = members.filter(([name, member]) => member.idempotencyToken && params[name] === undefined);
  return { ...params, ...Object.fromEntries(made.map(([name]) => [name, MADE_TOKEN])) };
}

/** A value as botocore's tests write it: seconds for timestamps, text for blobs and infinities. */
function plain(shape: Shape, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (isStructure(shape)) {
    const source = value as Record<string, unknown>;
    const entries = shape.members
      .filter(({ name }) => source[name] !== undefined)
      .map((member) => [member.name, plain(member.shape, source[member.name])]);
    return Object.fromEntries(entries);
  }
  if (shape.kind === 'list') return (value as unknown[]).map((each) => plain(shape.item.shape, each));
  if (shape.kind === 'map') {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, plain(shape.value.shape, each)]),
    );
  }
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return value;
}

function textsOf(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
}

/** Absent and null are one; empty lists, maps and structures are too where a case is about them. */
function withoutAbsent(value: unknown, emptyIsAbsent: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutAbsent(each, emptyIsAbsent));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, each]) => [key, withoutAbsent(each, emptyIsAbsent)] as const)
    .filter(([, each]) => each !== undefined && each !== null && !(emptyIsAbsent && isEmpty(each)));
  return Object.fromEntries(entries);
}

function isEmpty(value: unknown): boolean {
  if (value === '') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
