import { readCbor } from '../codec/cbor-read.ts';
import { fromCbor, toCbor } from '../codec/cbor-shape.ts';
import { writeCbor } from '../codec/cbor-write.ts';
import type { ServiceModel } from '../schema/service-model.ts';
import { SerializationError } from '../serialization-error.ts';
import { type Answerer, errorMembers, type Protocol } from './protocol.ts';

const PATH = /\/service\/([A-Za-z0-9_.]{1,128})\/operation\/([A-Za-z0-9_]{1,128})$/;

/** rpcv2Cbor. Source: Smithy, "Smithy RPC v2 CBOR protocol". */
export function cborProtocol(model: ServiceModel): Protocol {
  const answer = cborAnswerer(model);
  return {
    answer,
    route(request) {
      const operation = cborOperation(request.path);
      if (operation === undefined) return undefined;
      const shape = model.operations.get(operation);
      return {
        operation: shape?.name ?? operation,
        shape,
        answer,
        read() {
          if (!shape) throw new SerializationError('the operation is not known');
          return fromCbor(shape.input, request.body.length === 0 ? {} : readCbor(request.body));
        },
      };
    },
  };
}

/** The operation that an rpcv2Cbor path names. */
export function cborOperation(path: string): string | undefined {
  return PATH.exec(path)?.[2];
}

function cborAnswerer(model: ServiceModel): Answerer {
  const headersOf = (requestId: string) => ({
    'content-type': 'application/cbor',
    'smithy-protocol': 'rpc-v2-cbor',
    'x-amzn-requestid': requestId,
  });
  return {
    output(shape, output, requestId) {
      return { status: 200, headers: headersOf(requestId), body: writeCbor(toCbor(shape.output, output)) };
    },
    error(error, requestId) {
      const members = errorMembers(error);
      const fields = error.shape ? toCbor(error.shape, members) : members;
      const type = error.shape ? `${model.namespace}#${error.code}` : error.code;
      const body = writeCbor({ __type: type, ...(fields as object) });
      return { status: error.status, headers: headersOf(requestId), body };
    },
  };
}
