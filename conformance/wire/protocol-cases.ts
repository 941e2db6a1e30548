import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { awsError } from '../../src/wire/aws-error.ts';
import { jsonReaders } from '../../src/wire/codec/json-read.ts';
import { parseXml, type XmlElement } from '../../src/wire/codec/xml-parse.ts';
import { readXmlStructure } from '../../src/wire/codec/xml-read.ts';
import { wireRequest } from '../../src/wire/http/incoming.ts';
import type { WireResponse } from '../../src/wire/message.ts';
import { bindingsOf } from '../../src/wire/protocol/bindings.ts';
import { wireError } from '../../src/wire/protocol/protocol.ts';
import { serviceProtocols } from '../../src/wire/protocol/service-protocols.ts';
import type { ProtocolName } from '../../src/wire/schema/service-model.ts';
import { isStructure, type Shape, type StructureShape } from '../../src/wire/schema/shape.ts';
import { type DescribedOperation, type DescribedSuite, describedModel } from './described-model.ts';

/** What became of the cases of one file. */
export interface CaseResults {
  readonly file: string;
  passed: number;
  readonly failed: string[];
  /** Cases that ask for something only a client does. */
  readonly skipped: string[];
}

interface InputCase {
  readonly id?: string;
  readonly given: DescribedOperation;
  readonly params?: unknown;
  readonly serialized: {
    readonly method?: string;
    readonly uri?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

interface OutputCase {
  readonly id?: string;
  readonly given: DescribedOperation;
  readonly result?: unknown;
  readonly error?: Readonly<Record<string, unknown>>;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly response: {
    readonly status_code?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

type Suite<Case> = DescribedSuite & { readonly cases: readonly Case[] };

const FILES: readonly (readonly [file: string, protocol: ProtocolName])[] = [
  ['json.json', 'awsJson1_1'],
  ['json_1_0.json', 'awsJson1_0'],
  ['json_1_0-query-compatible.json', 'awsJson1_0'],
  ['query.json', 'awsQuery'],
  ['ec2.json', 'ec2Query'],
  ['rest-json.json', 'restJson1'],
];

/** Runs the published protocol cases turned round: a server reads requests and writes responses. */
export function protocolCases(directory: string): readonly CaseResults[] {
  return ['', 'legacy/'].flatMap((part) => {
    const folder = join(directory, part);
    const files = FILES.filter(([file]) => existsSync(join(folder, 'input', file)));
    return files.flatMap(([file, protocol]) => [
      inputCases(folder, part, file, protocol),
      outputCases(folder, part, file, protocol),
    ]);
  });
}

function suitesOf<Case>(directory: string, direction: string, file: string): readonly Suite<Case>[] {
  return JSON.parse(readFileSync(join(directory, direction, file), 'utf8'));
}

function inputCases(directory: string, part: string, file: string, protocol: ProtocolName): CaseResults {
  const results: CaseResults = { file: `${part}input/${file}`, passed: 0, failed: [], skipped: [] };
  for (const suite of suitesOf<InputCase>(directory, 'input', file)) {
    for (const [index, each] of suite.cases.entries()) {
      const id = each.id ?? `${suite.description} #${index + 1}`;
      const why = SERVER_SIDE_SKIPPED[id] ?? OLDER_INPUT[`${results.file} ${id}`];
      if (why !== undefined) results.skipped.push(`${id}: ${why}`);
      else record(results, id, () => readInput(suite, each, protocol));
    }
  }
  return results;
}

function record(results: CaseResults, id: string, run: () => string | undefined): void {
  let problem: string | undefined;
  try {
    problem = run();
  } catch (error) {
    problem = (error as Error).stack?.split('\n').slice(0, 3).join(' | ') ?? 'failed';
  }
  if (problem === undefined) results.passed += 1;
  else results.failed.push(`${results.file} ${id}: ${problem}`);
}

/** Cases of what a client adds or leaves out by itself; a server sees only what came of it. */
const NOT_ON_THE_WIRE = 'the client leaves out what is empty';
const TOKEN = 'the client makes the token';
const COMPRESSION = 'the client compresses; the case gives no compressed body';
const ENDPOINT = 'a path or host of the endpoint, which a server does not see or does not know';
const SERVER_SIDE_SKIPPED: Readonly<Record<string, string>> = {
  SDKAppliedContentEncoding_awsJson1_0: COMPRESSION,
  SDKAppliedContentEncoding_awsJson1_1: COMPRESSION,
  SDKAppliedContentEncoding_awsQuery: COMPRESSION,
  SDKAppliedContentEncoding_ec2Query: COMPRESSION,
  SDKAppliedContentEncoding_restJson1: COMPRESSION,
  SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0: COMPRESSION,
  SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1: COMPRESSION,
  SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery: COMPRESSION,
  SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query: COMPRESSION,
  SDKAppendedGzipAfterProvidedEncoding_restJson1: COMPRESSION,
  AwsJson10EndpointTrait: ENDPOINT,
  AwsJson10EndpointTraitWithHostLabel: ENDPOINT,
  AwsJson10HostWithPath: ENDPOINT,
  RestJsonHostWithPath: ENDPOINT,
  QueryProtocolIdempotencyTokenAutoFill: TOKEN,
  Ec2ProtocolIdempotencyTokenAutoFill: TOKEN,
  RestJsonQueryIdempotencyTokenAutoFill: TOKEN,
  QueryEmptyQueryMaps: NOT_ON_THE_WIRE,
  Ec2EmptyQueryLists: NOT_ON_THE_WIRE,
  RestJsonOmitsEmptyListQueryValues: NOT_ON_THE_WIRE,
  RestJsonHttpWithEmptyStructurePayload: NOT_ON_THE_WIRE,
  RestJsonHttpWithHeadersButNoPayload: NOT_ON_THE_WIRE,
  RestJsonQueryPrecedence: 'which of two parameters of one name a client sends',
  RestJsonQueryParamsStringListMap: 'a server puts bound parameters into the map too',
};

const UNSET = 'what a client sends for a member that is not set';

/** Cases of botocore's older collection that have no meaning for a server, by file, suite and number. */
const OLDER_INPUT: Readonly<Record<string, string>> = {
  'legacy/input/json.json Idempotency token auto fill #1': 'the case has no x-amz-target',
  'legacy/input/json.json Idempotency token auto fill #2': TOKEN,
  'legacy/input/query.json Idempotency token auto fill #2': TOKEN,
  'legacy/input/ec2.json Idempotency token auto fill #2': TOKEN,
  'legacy/input/rest-json.json Idempotency token auto fill #2': TOKEN,
  'legacy/input/rest-json.json JSON value trait #1':
    'botocore reads JSON in a header itself; AWS’s model says text',
  'legacy/input/rest-json.json Structure payload #2': UNSET,
  'legacy/input/rest-json.json Content-Type and JSON body #3': UNSET,
  'legacy/input/rest-json.json Content-Type and JSON body #5': UNSET,
  'legacy/input/rest-json.json Content-Type and JSON body #8': UNSET,
  'legacy/input/rest-json.json List in header #2': NOT_ON_THE_WIRE,
};

function readInput(suite: DescribedSuite, each: InputCase, protocol: ProtocolName): string | undefined {
  const model = describedModel(suite, each.given, protocol);
  const { method = each.given.http?.method ?? 'POST', uri = '/', headers = {}, body = '' } = each.serialized;
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  if (protocol.endsWith('Query')) lower.set('content-type', 'application/x-www-form-urlencoded');
  const bytes = Buffer.from(body);
  const routed = serviceProtocols(model).own.route(wireRequest(method, uri, lower, bytes));
  if (!routed) return 'not routed';
  const shape = model.operations.get(each.given.name)?.input;
  const read = shape && plain(shape, routed.read());
  const wanted = withoutEmpty(each.params ?? {});
  return isDeepStrictEqual(withoutEmpty(read), wanted)
    ? undefined
    : `read ${JSON.stringify(read)}, expected ${JSON.stringify(wanted)}`;
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

/** Absent and null are one; empty structures stay. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined && each !== null)
      .map(([key, each]) => [key, withoutEmpty(each)]),
  );
}

function outputCases(directory: string, part: string, file: string, protocol: ProtocolName): CaseResults {
  const results: CaseResults = { file: `${part}output/${file}`, passed: 0, failed: [], skipped: [] };
  for (const suite of suitesOf<OutputCase>(directory, 'output', file)) {
    for (const [index, each] of suite.cases.entries()) {
      const id = each.id ?? `${suite.description} #${index + 1}`;
      const why = CLIENT_LENIENCY[id] ?? OLDER_OUTPUT[`${results.file} ${id}`];
      if (why !== undefined) results.skipped.push(`${id}: ${why}`);
      else record(results, id, () => writeOutput(suite, each, protocol));
    }
  }
  return results;
}

/** Cases of odd answers that a client has to bear; a server writes the usual one, which other cases test. */
const ERROR_NAME = 'an error name with a URI or namespace, which a client cuts off';
const CLIENT_LENIENCY: Readonly<Record<string, string>> = {
  AwsJson11FooErrorUsingXAmznErrorTypeWithUri: ERROR_NAME,
  AwsJson11FooErrorUsingXAmznErrorTypeWithUriAndNamespace: ERROR_NAME,
  AwsJson10FooErrorUsingXAmznErrorTypeWithUri: ERROR_NAME,
  AwsJson10FooErrorUsingXAmznErrorTypeWithUriAndNamespace: ERROR_NAME,
  RestJsonFooErrorUsingXAmznErrorTypeWithUri: ERROR_NAME,
  RestJsonFooErrorUsingXAmznErrorTypeWithUriAndNamespace: ERROR_NAME,
  AwsJson11IntEnums: 'a request header in a response',
};

const UNKNOWN_ERROR = 'an error that the model does not name, or headers that it does not name';
const ODD_ANSWER = 'an answer that no model describes, which a client bears';

const OLDER_OUTPUT: Readonly<Record<string, string>> = {
  'legacy/output/json.json Lists #2': ODD_ANSWER,
  'legacy/output/json.json RPC JSON Event Stream #1': 'event streams are not built',
  'legacy/output/json.json Modeled exceptions #2': UNKNOWN_ERROR,
  'legacy/output/json.json Modeled exceptions #3': UNKNOWN_ERROR,
  'legacy/output/query.json Modeled exceptions #3': UNKNOWN_ERROR,
  'legacy/output/ec2.json Modeled exceptions #3': UNKNOWN_ERROR,
  'legacy/output/rest-json.json Modeled exceptions #4': UNKNOWN_ERROR,
  'legacy/output/rest-json.json Modeled exceptions #5': UNKNOWN_ERROR,
  'legacy/output/rest-json.json Modeled exceptions #6': UNKNOWN_ERROR,
  'legacy/output/rest-json.json Modeled exceptions #7': UNKNOWN_ERROR,
  'legacy/output/rest-json.json Timestamp members #1': 'a time with an offset, where a server writes Z',
  'legacy/output/rest-json.json Ignores undefined output #1': ODD_ANSWER,
  'legacy/output/rest-json.json JSON value trait #1': 'botocore writes JSON in a header itself',
  'legacy/output/rest-json.json Tagged Unions #3': 'a member of a newer model',
  'legacy/output/rest-json.json List in header #1': 'odd blanks, which a client bears',
};

function writeOutput(suite: DescribedSuite, each: OutputCase, protocol: ProtocolName): string | undefined {
  const model = describedModel(suite, each.given, protocol);
  const { answer } = serviceProtocols(model).own;
  const shape = model.operations.get(each.given.name);
  if (!shape) return 'no operation';
  const requestId = each.response.headers?.['X-Amzn-Requestid'] ?? 'foo-id';
  const error = each.error || each.errorCode ? errorOf(model, each, protocol) : undefined;
  const written = error
    ? answer.error(error, requestId)
    : answer.output(shape, rich(shape.output, each.result ?? {}), requestId);
  return difference(written, error ? error.shape : shape.output, each.response, protocol);
}

function errorOf(model: ReturnType<typeof describedModel>, each: OutputCase, protocol: ProtocolName) {
  const errors = [...model.errors.values()];
  const named = ({ name, traits }: StructureShape) =>
    name === each.errorCode || traits.awsQueryError?.[0] === each.errorCode;
  const shape = errors.find(named) ?? errors[0];
  const fields = (shape ? rich(shape, each.error ?? {}) : each.error) as Record<string, unknown>;
  const message = each.errorMessage ?? (fields.message as string) ?? (fields.Message as string) ?? '';
  const error = awsError(shape?.name ?? each.errorCode ?? '', message, { fields });
  return wireError(model, error, protocol.endsWith('Query'));
}

/** The reverse of {@link plain}. */
function rich(shape: Shape, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (isStructure(shape)) {
    const source = value as Record<string, unknown>;
    return Object.fromEntries(
      shape.members
        .filter(({ name }) => source[name] !== undefined)
        .map(({ name, shape: inner }) => [name, rich(inner, source[name])]),
    );
  }
  if (shape.kind === 'list') return (value as unknown[]).map((each) => rich(shape.item.shape, each));
  if (shape.kind === 'map') {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, rich(shape.value.shape, each)]),
    );
  }
  if (shape.kind === 'timestamp') return new Date(Number(value) * 1000);
  if (shape.kind === 'blob') return Buffer.from(String(value));
  if (shape.kind === 'number' && typeof value === 'string') return Number(value);
  return value;
}

function difference(
  written: WireResponse,
  shape: StructureShape | undefined,
  wanted: OutputCase['response'],
  protocol: ProtocolName,
): string | undefined {
  if (wanted.status_code !== undefined && written.status !== wanted.status_code) {
    return `status ${written.status}, expected ${wanted.status_code}`;
  }
  for (const [name, value] of Object.entries(wanted.headers ?? {})) {
    if (name.toLowerCase() === 'content-length') continue;
    const held = written.headers[name.toLowerCase()];
    if (name.toLowerCase() === 'content-type' && held?.startsWith(value.split(';', 1)[0] ?? '')) continue;
    if (held !== value) return `header ${name}: ${held}, expected ${value}`;
  }
  if (wanted.body === undefined) return undefined;
  const text =
    typeof written.body === 'string' ? written.body : Buffer.from(written.body as Uint8Array).toString();
  return sameBody(text, wanted.body, shape, protocol) ? undefined : `body ${text}, expected ${wanted.body}`;
}

/** Two bodies are the same when a client reads the same out of them. */
function sameBody(
  text: string,
  wanted: string,
  shape: StructureShape | undefined,
  protocol: ProtocolName,
): boolean {
  if (text === wanted) return true;
  if (shape === undefined) return false;
  const read = protocol.endsWith('Query')
    ? (body: string) => readXmlStructure(shape, innermost(parseXml(body)))
    : (body: string) => readJson(shape, body, protocol);
  return isDeepStrictEqual(read(text), read(wanted));
}

/** The element that holds the members: the result, the error, or the response itself. */
function innermost(element: XmlElement): XmlElement {
  const inner = element.children.find(({ name }) => /(?:Result|^Error|^Errors)$/.test(name));
  return inner ? innermost(inner) : element;
}

function readJson(shape: StructureShape, body: string, protocol: ProtocolName): unknown {
  const { payload, body: members } = bindingsOf(shape);
  const readers = jsonReaders({ jsonName: protocol === 'restJson1' });
  const parsed: unknown = JSON.parse(body.trim() === '' ? '{}' : body);
  if (payload) return readers.readerOf(payload.shape)(parsed);
  return readers.readerOf({ ...shape, members })(parsed);
}
