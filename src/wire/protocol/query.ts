import { type FormNode, formReaders, parseForm } from '../codec/query-read.ts';
import { xmlEscape } from '../codec/xml-text.ts';
import { type XmlWriters, xmlWriters } from '../codec/xml-write.ts';
import type { WireRequest } from '../message.ts';
import type { ServiceModel } from '../schema/service-model.ts';
import { type OperationShape, UNIT } from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';
import { type Answerer, errorMembers, type Protocol, type WireError } from './protocol.ts';

/** awsQuery and ec2Query. Source: Smithy, "AWS query protocol" and "AWS EC2 query protocol". */
export function queryProtocol(model: ServiceModel, dialect: 'awsQuery' | 'ec2Query'): Protocol {
  const readerOf = formReaders(dialect);
  const readers = new Map<OperationShape, (form: FormNode) => unknown>();
  const answer = dialect === 'awsQuery' ? queryAnswerer(model) : ec2Answerer(model);
  return {
    answer,
    route(request) {
      const form = formOf(request);
      const operation = form?.children.get('Action')?.value;
      if (form === undefined || operation === undefined) return undefined;
      // Another version of the API has other members.
      const asked = form.children.get('Version')?.value;
      const shape = asked === model.version ? model.operations.get(operation) : undefined;
      return {
        // The model's own string is quicker to look up with than a part of what was sent.
        operation: shape?.name ?? operation,
        shape,
        answer,
        read() {
          if (!shape) throw new SerializationError('the operation is not known');
          let reader = readers.get(shape);
          if (reader === undefined) {
            reader = readerOf(shape.input);
            readers.set(shape, reader);
          }
          return reader(form);
        },
      };
    },
  };
}

/** The form of a request: its body, or its query when it is a GET. */
export function formOf(request: WireRequest): FormNode | undefined {
  if (request.method === 'GET' || request.body.length === 0) return parseForm(request.query);
  const type = request.header('content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return undefined;
  return parseForm(request.body.toString('utf8'));
}

const LONGEST_SHOWN = 128;

/** What a request asks for, as AWS's InvalidAction says it. */
export function askedOf(request: WireRequest): string {
  const form = formOf(request);
  const shown = (name: string) => form?.children.get(name)?.value?.slice(0, LONGEST_SHOWN);
  const operation = shown('Action') ?? 'NO_ACTION_SPECIFIED';
  return `operation ${operation} for version ${shown('Version') ?? 'NO_VERSION_SPECIFIED'}`;
}

const XML = 'text/xml';

function queryAnswerer(model: ServiceModel): Answerer {
  const writers = xmlWriters();
  const namespace = xmlEscape(model.xmlNamespace);
  return {
    output(shape, output, requestId) {
      const result =
        shape.output === UNIT
          ? ''
          : `<${shape.name}Result>${writers.inner(shape.output)(output)}</${shape.name}Result>`;
      const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
      const body = `<${shape.name}Response xmlns="${namespace}">${result}${metadata}</${shape.name}Response>`;
      return { status: 200, headers: { 'content-type': XML, 'x-amzn-requestid': requestId }, body };
    },
    error(error, requestId) {
      const type = `<Type>${error.sender ? 'Sender' : 'Receiver'}</Type>`;
      const inside = `${type}<Code>${xmlEscape(error.code)}</Code>${messageAndFields(error, writers)}`;
      const body = `<ErrorResponse xmlns="${namespace}"><Error>${inside}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
      return { status: error.status, headers: { 'content-type': XML, 'x-amzn-requestid': requestId }, body };
    },
  };
}

function ec2Answerer(model: ServiceModel): Answerer {
  const writers = xmlWriters();
  const namespace = xmlEscape(model.xmlNamespace);
  return {
    output(shape, output, requestId) {
      const inside = shape.output.members.length === 0 ? '' : writers.inner(shape.output)(output);
      const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${shape.name}Response xmlns="${namespace}"><requestId>${requestId}</requestId>${inside}</${shape.name}Response>`;
      return {
        status: 200,
        headers: { 'content-type': `${XML};charset=UTF-8`, 'x-amzn-requestid': requestId },
        body,
      };
    },
    error(error, requestId) {
      const inside = `<Code>${xmlEscape(error.code)}</Code>${messageAndFields(error, writers)}`;
      const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>${inside}</Error></Errors><RequestID>${requestId}</RequestID></Response>`;
      return {
        status: error.status,
        headers: { 'content-type': `${XML};charset=UTF-8`, 'x-amzn-requestid': requestId },
        body,
      };
    },
  };
}

/** Clients read `Message`; the modelled members stand beside it. */
export function messageAndFields(error: WireError, writers: XmlWriters): string {
  const message = `<Message>${xmlEscape(error.message)}</Message>`;
  if (!error.shape) return message;
  const others = error.shape.members.filter(({ name }) => name.toLowerCase() !== 'message');
  return `${message}${writers.innerOf(others)(errorMembers(error))}`;
}
