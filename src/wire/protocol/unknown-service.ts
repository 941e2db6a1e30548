import type { WireRequest } from '../message.ts';
import type { ServiceModel } from '../schema/service-model.ts';
import { cborOperation } from './cbor.ts';
import type { Answerer } from './protocol.ts';
import { serviceProtocols } from './service-protocols.ts';

/** A model without operations: enough to answer an error in the form of a protocol. */
function emptyModel(protocol: ServiceModel['protocol']): ServiceModel {
  return {
    protocol,
    target: '',
    version: '',
    xmlNamespace: 'https://honmaru.invalid/doc/',
    namespace: protocol === 'restXml' ? 'com.amazonaws.s3' : '',
    queryCompatible: false,
    operations: new Map(),
    errors: new Map(),
  };
}

/**
 * How to answer a request of which the service is not known, in the form that its client understands.
 *
 * @param service the one that the credential scope names.
 */
export function guessedAnswerer(request: WireRequest, service: string | undefined): Answerer {
  return serviceProtocols(emptyModel(guessedProtocol(request, service))).own.answer;
}

function guessedProtocol(request: WireRequest, service: string | undefined): ServiceModel['protocol'] {
  if (service === 's3') return 'restXml';
  const type = request.header('content-type') ?? '';
  if (request.header('smithy-protocol') === 'rpc-v2-cbor' || cborOperation(request.path)) return 'rpcv2Cbor';
  if (request.header('x-amz-target') !== undefined)
    return type.includes('json-1.0') ? 'awsJson1_0' : 'awsJson1_1';
  if (type.startsWith('application/x-www-form-urlencoded')) return 'awsQuery';
  return type.includes('xml') ? 'restXml' : 'restJson1';
}
