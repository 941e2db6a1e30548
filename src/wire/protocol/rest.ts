import { Readable } from 'node:stream';
import { type JsonReaders, jsonReaders } from '../codec/json-read.ts';
import { parseJsonBody } from '../codec/json-text.ts';
import { jsonWriters } from '../codec/json-write.ts';
import { bytesOf } from '../codec/simple-text.ts';
import { parseXml } from '../codec/xml-parse.ts';
import { readMembers, readXmlStructure } from '../codec/xml-read.ts';
import { xmlEscape } from '../codec/xml-text.ts';
import { xmlWriters } from '../codec/xml-write.ts';
import { WIRE_LIMITS } from '../limits.ts';
import type { WireRequest, WireResponse } from '../message.ts';
import type { ServiceModel } from '../schema/service-model.ts';
import { isStructure, type Member, type OperationShape, type StructureShape, UNIT } from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';
import { type Bindings, bindingsOf, queryValues, readBindings, writeHeaders } from './bindings.ts';
import { type Answerer, errorMembers, type Protocol } from './protocol.ts';
import { messageAndFields } from './query.ts';
import { restRouter } from './rest-route.ts';

/** How a REST protocol reads and writes the part of a structure that travels in the body. */
interface BodyFormat {
  readonly contentType: string;
  /** The body of an output of which nothing travels in the body. */
  readonly whenEmpty: string;
  readMembers(members: readonly Member[], body: Buffer): Record<string, unknown>;
  readPayload(shape: StructureShape, body: Buffer): unknown;
  writeMembers(members: readonly Member[], shape: StructureShape, output: unknown): string | Buffer;
  writePayload(member: Member, value: unknown): string | Buffer;
}

/** restJson1. Source: Smithy, "AWS REST JSON 1 protocol". */
export function restJson(model: ServiceModel): Protocol {
  const format = jsonFormat();
  return restProtocol(model, format, jsonErrors(format));
}

/** restXml. Source: Smithy, "AWS REST XML protocol". */
export function restXml(model: ServiceModel, options: { readonly wrapped: boolean }): Protocol {
  return restProtocol(model, xmlFormat(model), xmlErrors(model, options.wrapped));
}

function restProtocol(model: ServiceModel, format: BodyFormat, error: Answerer['error']): Protocol {
  const router = restRouter(model);
  const inputs = bindingsCache();
  const outputs = bindingsCache();
  const answer: Answerer = {
    error,
    output: (shape, output, requestId) =>
      writeOutput(format, outputs(shape.output), shape, output, requestId),
  };
  return {
    answer,
    route(request) {
      const query = queryValues(request.query);
      const match = router({ method: request.method, path: request.path, query, header: request.header });
      if (!match) return undefined;
      const { operation, labels } = match;
      return {
        operation: operation.name,
        shape: operation,
        answer,
        read() {
          const bindings = inputs(operation.input);
          const input = readBindings(bindings, request, labels, query);
          return { ...readBody(format, bindings, request), ...input };
        },
      };
    },
  };
}

function bindingsCache(): (shape: StructureShape) => Bindings {
  const kept = new Map<StructureShape, Bindings>();
  return (shape) => {
    const before = kept.get(shape);
    if (before) return before;
    const made = bindingsOf(shape);
    kept.set(shape, made);
    return made;
  };
}

function readBody(
  format: BodyFormat,
  { payload, body }: Bindings,
  request: WireRequest,
): Record<string, unknown> {
  if (payload) {
    const held = readPayload(format, payload, request.body);
    return held === undefined ? {} : { [payload.name]: held };
  }
  if (body.length === 0 || request.body.length === 0) return {};
  return format.readMembers(body, request.body);
}

function readPayload(format: BodyFormat, { shape }: Member, body: Buffer): unknown {
  if (shape.kind === 'blob') return body.length === 0 ? undefined : body;
  if (body.length === 0) return undefined;
  if (shape.kind === 'string') return body.toString('utf8');
  if (shape.kind === 'document') return parseJsonBody(body, WIRE_LIMITS.depth);
  if (isStructure(shape)) return format.readPayload(shape, body);
  throw new SerializationError('the body cannot be read');
}

function writeOutput(
  format: BodyFormat,
  bindings: Bindings,
  shape: OperationShape,
  output: unknown,
  requestId: string,
): WireResponse {
  const source = output as Readonly<Record<string, unknown>>;
  const code = bindings.responseCode && source[bindings.responseCode.name];
  const status = typeof code === 'number' ? code : (shape.traits.http?.[2] ?? 200);
  const headers = { ...writeHeaders(bindings, source), 'x-amzn-requestid': requestId };
  const { payload } = bindings;
  if (payload) return { status, ...payloadPart(format, payload, source[payload.name], headers) };
  const empty = bindings.body.length === 0;
  if (empty && (shape.output === UNIT || format.whenEmpty === '')) return { status, headers, body: '' };
  return {
    status,
    headers: { 'content-type': format.contentType, ...headers },
    body: empty ? format.whenEmpty : format.writeMembers(bindings.body, shape.output, output),
  };
}

function payloadPart(
  format: BodyFormat,
  member: Member,
  value: unknown,
  headers: Record<string, string>,
): Pick<WireResponse, 'headers' | 'body'> {
  const { shape, traits } = member;
  if (value === undefined || value === null) return { headers, body: '' };
  if (value instanceof Readable) {
    return { headers: { 'content-type': 'application/octet-stream', ...headers }, body: value };
  }
  if (shape.kind === 'blob') {
    const contentType = traits.mediaType ?? 'application/octet-stream';
    return { headers: { 'content-type': contentType, ...headers }, body: bytesOf(value) };
  }
  if (shape.kind === 'string') {
    return { headers: { 'content-type': traits.mediaType ?? 'text/plain', ...headers }, body: String(value) };
  }
  return {
    headers: { 'content-type': format.contentType, ...headers },
    body: format.writePayload(member, value),
  };
}

function jsonFormat(): BodyFormat & {
  readonly readers: JsonReaders;
  readonly write: ReturnType<typeof jsonWriters>;
} {
  const readers = jsonReaders({ jsonName: true });
  const write = jsonWriters({ jsonName: true });
  const bodies = new Map<readonly Member[], StructureShape>();
  const bodyShape = (members: readonly Member[]): StructureShape => {
    const before = bodies.get(members);
    if (before) return before;
    const made: StructureShape = { kind: 'structure', name: '', traits: {}, members };
    bodies.set(members, made);
    return made;
  };
  return {
    readers,
    write,
    contentType: 'application/json',
    whenEmpty: '{}',
    readMembers(members, body) {
      const read = readers.bodyReaderOf(bodyShape(members));
      return read(body, WIRE_LIMITS.depth) as Record<string, unknown>;
    },
    readPayload: (shape, body) => readers.bodyReaderOf(shape)(body, WIRE_LIMITS.depth),
    writeMembers: (members, _shape, output) => write.bodyWriterOf(bodyShape(members))(output),
    writePayload: ({ shape }, value) => write.bodyWriterOf(shape)(value),
  };
}

function jsonErrors({ write }: ReturnType<typeof jsonFormat>): Answerer['error'] {
  return (error, requestId) => {
    const members = errorMembers(error);
    const bindings = error.shape && bindingsOf(error.shape);
    const known = bindings ? write.membersWriter(bindings.body)(members) : JSON.stringify(members);
    const body = known === '{}' ? JSON.stringify({ message: error.message }) : known;
    return {
      status: error.status,
      headers: {
        'content-type': 'application/json',
        ...(bindings && writeHeaders(bindings, members)),
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': error.code,
      },
      body,
    };
  };
}

const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

function xmlFormat(model: ServiceModel): BodyFormat {
  const writers = xmlWriters();
  const namespace = model.xmlNamespace === '' ? '' : ` xmlns="${xmlEscape(model.xmlNamespace)}"`;
  return {
    contentType: 'application/xml',
    whenEmpty: '',
    readMembers: (members, body) => readMembers(members, parseXml(body.toString('utf8'))),
    readPayload: (shape, body) => readXmlStructure(shape, parseXml(body.toString('utf8'))),
    writeMembers(members, shape, output) {
      const name = shape.traits.xmlName ?? shape.name;
      return `${XML_DECLARATION}<${name}${namespace}>${writers.innerOf(members)(output)}</${name}>`;
    },
    writePayload({ shape, traits }, value) {
      const name = traits.xmlName ?? shape.traits.xmlName ?? shape.name;
      const own = traits.xmlNamespace ?? shape.traits.xmlNamespace;
      const written = writers.element(shape, name, own ? { xmlNamespace: own } : {})(value);
      if (own || namespace === '') return `${XML_DECLARATION}${written}`;
      return `${XML_DECLARATION}${written.replace(`<${name}`, `<${name}${namespace}`)}`;
    },
  };
}

function xmlErrors(model: ServiceModel, wrapped: boolean): Answerer['error'] {
  const writers = xmlWriters();
  return (error, requestId) => {
    const inside = `<Code>${xmlEscape(error.code)}</Code>${messageAndFields(error, writers)}`;
    const id = `<RequestId>${requestId}</RequestId>`;
    const type = `<Type>${error.sender ? 'Sender' : 'Receiver'}</Type>`;
    const body = wrapped
      ? `<ErrorResponse xmlns="${xmlEscape(model.xmlNamespace)}"><Error>${type}${inside}</Error>${id}</ErrorResponse>`
      : `<Error>${inside}${id}</Error>`;
    return {
      status: error.status,
      headers: { 'content-type': 'application/xml', 'x-amzn-requestid': requestId },
      body: `${XML_DECLARATION}${body}`,
    };
  };
}
