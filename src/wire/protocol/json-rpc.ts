import { jsonReaders } from '../codec/json-read.ts';
import { jsonWriters } from '../codec/json-write.ts';
import { WIRE_LIMITS } from '../limits.ts';
import type { ServiceModel } from '../schema/service-model.ts';
import { SerializationError } from '../serialization-error.ts';
import { type Answerer, errorMembers, type Protocol, type WireError } from './protocol.ts';

/** awsJson 1.0 and 1.1. Source: Smithy, "AWS JSON 1.0 protocol" and "AWS JSON 1.1 protocol". */
export function jsonRpc(model: ServiceModel, version: '1.0' | '1.1'): Protocol {
  const readers = jsonReaders({ jsonName: false });
  const answer = jsonAnswerer(model, `application/x-amz-json-${version}`);
  return {
    answer,
    route(request) {
      const target = request.header('x-amz-target') ?? '';
      const dot = target.lastIndexOf('.');
      if (dot < 0 || target.slice(0, dot) !== model.target) return undefined;
      const operation = target.slice(dot + 1);
      const shape = model.operations.get(operation);
      return {
        // The model's own string is quicker to look up with than a part of what was sent.
        operation: shape?.name ?? operation,
        shape,
        answer,
        read() {
          if (!shape) throw new SerializationError('the operation is not known');
          return readers.bodyReaderOf(shape.input)(request.body, WIRE_LIMITS.depth);
        },
      };
    },
  };
}

function jsonAnswerer(model: ServiceModel, contentType: string): Answerer {
  const writers = jsonWriters({ jsonName: false });
  return {
    output(shape, output, requestId) {
      const body = shape.output.members.length === 0 ? '' : writers.bodyWriterOf(shape.output)(output);
      return { status: 200, headers: { 'content-type': contentType, 'x-amzn-requestid': requestId }, body };
    },
    error(error, requestId) {
      const members = errorMembers(error);
      const text = error.shape
        ? writers.writerOf(error.shape)(members)
        : JSON.stringify({ message: error.message });
      const hasMessage = error.shape === undefined || error.shape.members.some(({ name }) => name in members);
      const inside = hasMessage ? text.slice(1) : `"message":${JSON.stringify(error.message)}}`;
      return {
        status: error.status,
        headers: {
          'content-type': contentType,
          'x-amzn-requestid': requestId,
          'x-amzn-errortype': error.code,
          ...(model.queryCompatible && { 'x-amzn-query-error': queryError(error) }),
        },
        body: `{"__type":${JSON.stringify(error.code)}${inside === '}' ? '}' : `,${inside}`}`,
      };
    },
  };
}

/** The code that the service had when it still spoke awsQuery. Source: Smithy, "awsQueryCompatible trait". */
function queryError(error: WireError): string {
  const code = error.shape?.traits.awsQueryError?.[0] ?? error.code;
  return `${code};${error.sender ? 'Sender' : 'Receiver'}`;
}
