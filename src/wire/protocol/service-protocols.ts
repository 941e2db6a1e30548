import type { WireRequest } from '../message.ts';
import type { ProtocolName, ServiceModel } from '../schema/service-model.ts';
import { cborOperation, cborProtocol } from './cbor.ts';
import { jsonRpc } from './json-rpc.ts';
import type { Protocol } from './protocol.ts';
import { queryProtocol } from './query.ts';
import { restJson, restXml } from './rest.ts';

/**
 * The protocols of one service. Besides the one that its SDK client speaks today, a service understands
 * the others that a request announces itself: older and newer clients speak them.
 */
export interface ServiceProtocols {
  protocolOf(request: WireRequest): Protocol;
  readonly own: Protocol;
}

const RPC = new Set<ProtocolName>(['awsQuery', 'ec2Query', 'awsJson1_0', 'awsJson1_1', 'rpcv2Cbor']);

/** Makes the protocols of a service, each when it is first needed. */
export function serviceProtocols(model: ServiceModel): ServiceProtocols {
  const made = new Map<ProtocolName, Protocol>();
  const protocol = (name: ProtocolName): Protocol => {
    const before = made.get(name);
    if (before) return before;
    const fresh = makeProtocol(model, name);
    made.set(name, fresh);
    return fresh;
  };
  return {
    own: protocol(model.protocol),
    protocolOf: (request) => protocol(RPC.has(model.protocol) ? announced(request, model) : model.protocol),
  };
}

function announced(request: WireRequest, model: ServiceModel): ProtocolName {
  if (request.header('smithy-protocol') === 'rpc-v2-cbor' || cborOperation(request.path)) return 'rpcv2Cbor';
  if (request.header('x-amz-target') !== undefined) {
    return (request.header('content-type') ?? '').includes('json-1.0') ? 'awsJson1_0' : 'awsJson1_1';
  }
  if (model.protocol === 'ec2Query') return 'ec2Query';
  const form = (request.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded');
  return form || request.method === 'GET' ? 'awsQuery' : model.protocol;
}

function makeProtocol(model: ServiceModel, name: ProtocolName): Protocol {
  switch (name) {
    case 'awsJson1_0':
      return jsonRpc(model, '1.0');
    case 'awsJson1_1':
      return jsonRpc(model, '1.1');
    case 'restJson1':
      return restJson(model);
    case 'restXml':
      return restXml(model, { wrapped: model.namespace !== 'com.amazonaws.s3' });
    case 'awsQuery':
    case 'ec2Query':
      return queryProtocol(model, name);
    case 'rpcv2Cbor':
      return cborProtocol(model);
  }
}
