import { isDeepStrictEqual } from 'node:util';
import { awsError } from '../../src/wire/aws-error.ts';
import { jsonReaders } from '../../src/wire/codec/json-read.ts';
import { parseXml, type XmlElement } from '../../src/wire/codec/xml-parse.ts';
import { readXmlStructure } from '../../src/wire/codec/xml-read.ts';
import type { WireResponse } from '../../src/wire/message.ts';
import { bindingsOf } from '../../src/wire/protocol/bindings.ts';
import { type WireError, wireError } from '../../src/wire/protocol/protocol.ts';
import { serviceProtocols } from '../../src/wire/protocol/service-protocols.ts';
import type { ProtocolName } from '../../src/wire/schema/service-model.ts';
import { isStructure, type Shape, type StructureShape } from '../../src/wire/schema/shape.ts';
import { type CaseResults, record, suitesOf } from './case-results.ts';
import { type DescribedOperation, type DescribedSuite, describedModel } from './described-model.ts';

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

/** What no server writes, or ours does not. */
const NOT_WRITTEN: Readonly<Record<string, string>> = {
  'legacy/output/json.json RPC JSON Event Stream #1': 'event streams are not built',
  'legacy/output/rest-json.json Tagged Unions #3':
    'how an old client shows a member of a newer model: a server knows the members of its model',
};

/** Writes the responses of a file as a server does, and compares what a client reads out of them. */
export function outputCases(
  directory: string,
  part: string,
  file: string,
  protocol: ProtocolName,
): CaseResults {
  const results: CaseResults = { file: `${part}output/${file}`, passed: 0, failed: [], skipped: [] };
  for (const suite of suitesOf<OutputCase>(directory, 'output', file)) {
    for (const [index, each] of suite.cases.entries()) {
      const id = each.id ?? `${suite.description} #${index + 1}`;
      const why = NOT_WRITTEN[`${results.file} ${id}`];
      if (why !== undefined) results.skipped.push(`${id}: ${why}`);
      else record(results, id, () => writeOutput(suite, each, protocol));
    }
  }
  return results;
}

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
  if (error) return errorDifference(written, error, each, protocol);
  return difference(written, shape.output, each.response, protocol);
}

function errorOf(model: ReturnType<typeof describedModel>, each: OutputCase, protocol: ProtocolName) {
  const errors = [...model.errors.values()];
  const named = ({ name, traits }: StructureShape) =>
    name === each.errorCode || traits.awsQueryError?.[0] === each.errorCode;
  const shape = errors.find(named);
  const fields = (shape ? rich(shape, each.error ?? {}) : each.error) as Record<string, unknown>;
  const message = each.errorMessage ?? (fields.message as string) ?? (fields.Message as string) ?? '';
  const error = awsError(shape?.name ?? each.errorCode ?? '', message, { fields });
  return wireError(model, error, protocol.endsWith('Query'));
}

/** A value as handlers give it, of the words that botocore's tests have for it. */
function rich(shape: Shape, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (isStructure(shape)) {
    const source = value as Record<string, unknown>;
    return Object.fromEntries(
      shape.members
        .filter(({ name }) => source[name] !== undefined)
        .map(({ name, shape: inner, traits }) => {
          const json = traits.mediaType === 'application/json' && typeof source[name] !== 'string';
          return [name, rich(inner, json ? JSON.stringify(source[name]) : source[name])];
        }),
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

/** An error says what it is in a header or in the body; of one that no model describes nothing else is known. */
function errorDifference(
  written: WireResponse,
  error: WireError,
  each: OutputCase,
  protocol: ProtocolName,
): string | undefined {
  const name = nameOf(written, protocol);
  if (name !== each.errorCode) return `error ${name}, expected ${each.errorCode}`;
  const { headers = {}, ...response } = each.response;
  const bound = error.shape ? bindingsOf(error.shape).headers : [];
  const names = new Set(['x-amzn-errortype', 'x-amzn-query-error', 'content-type']);
  for (const { traits } of bound) names.add((traits.httpHeader ?? '').toLowerCase());
  const known = Object.entries(headers).filter(([header]) => names.has(header.toLowerCase()));
  const wanted = { ...response, headers: Object.fromEntries(known) };
  if (error.shape) return difference(written, error.shape, wanted, protocol);
  return difference(written, undefined, { headers: wanted.headers, ...statusOf(response) }, protocol);
}

function statusOf({ status_code }: OutputCase['response']): Pick<OutputCase['response'], 'status_code'> {
  return status_code === undefined ? {} : { status_code };
}

function nameOf(written: WireResponse, protocol: ProtocolName): string | undefined {
  const text = textOf(written);
  if (protocol.endsWith('Query')) return /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
  const queryError = written.headers['x-amzn-query-error'];
  if (queryError !== undefined) return queryError.split(';', 1)[0];
  const said = written.headers['x-amzn-errortype'] ?? JSON.parse(text).__type;
  return errorName(String(said));
}

/** Clients cut off what stands before `#` and behind `:`. Source: Smithy, "AWS JSON protocols", on errors. */
function errorName(text: string): string {
  return (text.split(':', 1)[0] ?? '').replace(/^.*#/, '');
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
    const held = written.headers[name.toLowerCase()];
    if (!sameHeader(name.toLowerCase(), held, value)) return `header ${name}: ${held}, expected ${value}`;
  }
  if (wanted.body === undefined) return undefined;
  const text = textOf(written);
  return sameBody(text, wanted.body, shape, protocol) ? undefined : `body ${text}, expected ${wanted.body}`;
}

function textOf({ body }: WireResponse): string {
  return typeof body === 'string' ? body : Buffer.from(body as Uint8Array).toString();
}

/** Two headers are the same when a client reads the same out of them. */
function sameHeader(name: string, held: string | undefined, wanted: string): boolean {
  // Node.js writes the length; a target stands in requests only, and one case has it in its response.
  if (name === 'content-length' || name === 'x-amz-target' || held === wanted) return true;
  if (held === undefined) return false;
  if (name === 'content-type') return held.startsWith(wanted.split(';', 1)[0] ?? '');
  if (name === 'x-amzn-errortype') return errorName(held) === errorName(wanted);
  if (ISO_TIME.test(held) && ISO_TIME.test(wanted)) return Date.parse(held) === Date.parse(wanted);
  const items = (text: string) => text.split(',').map((each) => each.trim());
  return isDeepStrictEqual(items(held), items(wanted));
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT/;

/** Two bodies are the same when a client reads the same out of them. */
function sameBody(
  text: string,
  wanted: string,
  shape: StructureShape | undefined,
  protocol: ProtocolName,
): boolean {
  if (text === wanted) return true;
  if (shape === undefined) return false;
  // Of an output without members nothing is read.
  if (shape.members.length === 0) return true;
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
