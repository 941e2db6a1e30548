import type { AwsError } from '../wire/aws-error.ts';
import { changedRequest, type IncomingRequest } from '../wire/http/incoming.ts';
import type { WireRequest } from '../wire/message.ts';
import { formOf } from '../wire/protocol/query.ts';
import type { SignatureClaim } from '../wire/sigv4/claim.ts';
import { pathStyle } from '../wire/virtual-host.ts';
import { type AuditedCall, readsOnly } from './audit.ts';
import type { Caller } from './caller.ts';
import type { RequestFacts } from './context.ts';
import type { LoadedService } from './loaded-service.ts';
import type { Platform, ServiceEntry } from './platform.ts';

/** One request, from its arrival on. */
export interface Visit {
  readonly request: IncomingRequest;
  readonly requestId: string;
  readonly now: Date;
  readonly facts: RequestFacts;
  readonly claim: SignatureClaim | 'missing' | 'malformed';
  readonly service?: LoadedService;
}

/** A visit of which the service is known. */
export interface ServiceVisit extends Visit {
  readonly service: LoadedService;
}

/** Begins a visit: what of the request conditions and records speak of. */
export function visitOf(
  request: IncomingRequest,
  requestId: string,
  now: Date,
  claim: Visit['claim'],
): Visit {
  const facts: RequestFacts = {
    sourceIp: request.sourceIp,
    userAgent: (request.wire.header('user-agent') ?? '').slice(0, 1_024),
    secureTransport: request.secureTransport,
    host: (request.wire.header('host') ?? '').slice(0, 255),
  };
  return { request, requestId, now, facts, claim };
}

/** The service that the credential scope names; of an unsigned request the one that the host or action names. */
export function serviceOf(
  services: readonly ServiceEntry[],
  { claim, request }: Visit,
): ServiceEntry | undefined {
  if (typeof claim !== 'string') return services.find(({ signingName }) => signingName === claim.service);
  const named = (request.wire.header('host') ?? '').split('.', 1)[0];
  const byHost = services.find(({ id, signingName }) => id === named || signingName === named);
  if (byHost) return byHost;
  const action = unsignedAction(request.wire);
  return action === undefined ? undefined : services.find(({ unsigned }) => unsigned.includes(action));
}

function unsignedAction(request: WireRequest): string | undefined {
  try {
    return formOf(request)?.children.get('Action')?.value;
  } catch {
    return undefined;
  }
}

/** Virtual-host addressing of S3 becomes path style before the operation is looked for. */
export function routedRequest(service: LoadedService, request: WireRequest): WireRequest {
  if (service.pathStyle !== 's3') return request;
  return changedRequest(request, { path: pathStyle(request.header('host') ?? '', request.path) });
}

/** The region of the credential scope; services with one region for all have theirs. */
export function regionOf(platform: Platform, { service, claim }: ServiceVisit): string {
  if (service.definition.global) return 'us-east-1';
  if (typeof claim === 'string' || claim.region === platform.region) return platform.region;
  return /^[a-z]{2,4}(?:-[a-z]{2,10}){1,3}-\d$/.test(claim.region) ? claim.region : platform.region;
}

/** The record of a request that was refused before its operation was done. */
export function refusedCall(visit: ServiceVisit, caller: Caller | undefined, error: AwsError): AuditedCall {
  return { ...unknownCall(visit, caller?.account ?? '', error), caller };
}

/** The record of a request of which nobody is known to have sent it. */
export function unknownCall(visit: Visit, account: string, error: AwsError): AuditedCall {
  const { claim, request, requestId, now, facts, service } = visit;
  const name = (request.wire.header('x-amz-target') ?? '').split('.').at(-1) || unsignedAction(request.wire);
  const eventName = /^[A-Za-z0-9_]{1,128}$/.test(name ?? '') ? (name ?? '') : 'Unknown';
  return {
    caller: undefined,
    ...(typeof claim !== 'string' && { claimedKey: claim.accessKeyId.slice(0, 128) }),
    account,
    region: 'us-east-1',
    requestId,
    now,
    request: facts,
    eventSource: service?.eventSource ?? 'unknown.amazonaws.com',
    eventName,
    readOnly: readsOnly(eventName),
    requestParameters: null,
    error,
  };
}
