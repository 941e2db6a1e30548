import { AwsError, awsError } from '../wire/aws-error.ts';
import { decodedBody } from '../wire/http/content-encoding.ts';
import type { IncomingRequest } from '../wire/http/incoming.ts';
import type { WireRequest, WireResponse } from '../wire/message.ts';
import { type Answerer, type Routed, wireError } from '../wire/protocol/protocol.ts';
import { formOf } from '../wire/protocol/query.ts';
import { guessedAnswerer } from '../wire/protocol/unknown-service.ts';
import { SerializationError } from '../wire/serialization-error.ts';
import { refusalError } from '../wire/service-errors.ts';
import { readClaim, type SignatureClaim } from '../wire/sigv4/claim.ts';
import { pathStyle } from '../wire/virtual-host.ts';
import { type AuditedCall, auditEvent, readsOnly } from './audit.ts';
import { authenticate } from './authenticate.ts';
import type { Caller } from './caller.ts';
import type { RequestFacts } from './context.ts';
import { dispatch } from './dispatch.ts';
import type { LoadedService } from './loaded-service.ts';
import type { Platform, ServiceEntry } from './platform.ts';
import { anonymousCaller } from './sign-in.ts';
import { unauthenticatedLog } from './unauthenticated.ts';

/** The AWS endpoint: from a request of which nothing is believed to its answer. */
export interface FrontDoor {
  handle(request: IncomingRequest, requestId: string): Promise<WireResponse>;
  close(): Promise<void>;
}

const DRAIN_MILLISECONDS = 60_000;

/**
 * @param account the account that unsigned operations are recorded in.
 */
export function frontDoor(platform: Platform, account: string): FrontDoor {
  const unauthenticated = unauthenticatedLog(() => performance.now());
  const timer = setInterval(() => {
    drain().catch(platform.onDefect);
  }, DRAIN_MILLISECONDS);
  timer.unref();

  async function drain(): Promise<void> {
    const events = unauthenticated.drain();
    if (events.length > 0) await platform.store.transact({ events });
  }

  /** Refuses before anybody is known, with a record or a count of it. */
  async function refuse(visit: Visit, error: AwsError, answer: Answerer): Promise<WireResponse> {
    // Where the permissions in force cannot be confirmed the store cannot be written either.
    const event = error.status === 503 ? undefined : unauthenticated.note(unknownCall(visit, account, error));
    if (event) await platform.audit.write(event);
    return answerError(visit, error, answer);
  }

  return {
    async close() {
      clearInterval(timer);
      await drain();
    },
    async handle(request, requestId) {
      const claim = readClaim(request.signed);
      const visit = visitOf(request, requestId, platform.now(), claim);
      const entry = serviceOf(platform.services, visit);
      const service = entry && (await platform.service(entry.id));
      if (!service)
        return refuse(
          visit,
          unknownService(visit),
          guessedAnswerer(request.wire, typeof claim === 'string' ? undefined : claim.service),
        );
      return serve({ platform, account, refuse }, { ...visit, service });
    },
  };
}

/** One request, from its arrival on. */
interface Visit {
  readonly request: IncomingRequest;
  readonly requestId: string;
  readonly now: Date;
  readonly facts: RequestFacts;
  readonly claim: SignatureClaim | 'missing' | 'malformed';
  readonly service?: LoadedService;
}

interface ServiceVisit extends Visit {
  readonly service: LoadedService;
}

interface Desk {
  readonly platform: Platform;
  readonly account: string;
  refuse(visit: Visit, error: AwsError, answer: Answerer): Promise<WireResponse>;
}

function visitOf(request: IncomingRequest, requestId: string, now: Date, claim: Visit['claim']): Visit {
  const facts: RequestFacts = {
    sourceIp: request.sourceIp,
    userAgent: (request.wire.header('user-agent') ?? '').slice(0, 1_024),
    secureTransport: request.secureTransport,
    host: (request.wire.header('host') ?? '').slice(0, 255),
  };
  return { request, requestId, now, facts, claim };
}

/** The service that the credential scope names; of an unsigned request the one that the host or action names. */
function serviceOf(services: readonly ServiceEntry[], { claim, request }: Visit): ServiceEntry | undefined {
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

function unknownService({ claim }: Visit): AwsError {
  if (claim === 'missing') {
    return awsError('MissingAuthenticationToken', 'Missing Authentication Token', { status: 403 });
  }
  if (claim === 'malformed') {
    return awsError('IncompleteSignature', 'The request signature does not conform to AWS standards.', {
      status: 400,
    });
  }
  return awsError('NotImplemented', `The service ${claim.service} is not built in this version of Honmaru.`, {
    status: 501,
  });
}

async function serve(desk: Desk, visit: ServiceVisit): Promise<WireResponse> {
  const { service, request } = visit;
  const { protocolOf } = service.protocols;
  const wire = routedRequest(service, request.wire);
  const protocol = protocolOf(wire);
  let answer = protocol.answer;
  let caller: Caller | undefined;
  try {
    const early = protocol.route(wire);
    answer = early?.answer ?? answer;
    const signedBody = await signIn(desk, visit, early);
    caller = signedBody.caller;
    // An aws-chunked or compressed body is only decoded once its signature is believed.
    const body = decodedBody(wire, signedBody.body);
    const routed = body === wire.body ? early : protocol.route({ ...wire, body });
    if (!routed) throw unknownOperation(service, wire);
    return await perform(desk, visit, routed, caller);
  } catch (error) {
    const known = knownError(desk.platform, visit, error);
    if (!caller) return desk.refuse(visit, known, answer);
    await desk.platform.audit.write(auditEvent(callOf(visit, caller, known)));
    return answerError(visit, known, answer);
  }
}

/** Virtual-host addressing of S3 becomes path style before the operation is looked for. */
function routedRequest(service: LoadedService, request: WireRequest): WireRequest {
  if (service.pathStyle !== 's3') return request;
  return { ...request, path: pathStyle(request.header('host') ?? '', request.path) };
}

interface SignedIn {
  readonly caller: Caller;
  /** What was signed, out of its `aws-chunked` form. */
  readonly body: Buffer;
}

async function signIn(desk: Desk, visit: ServiceVisit, routed: Routed | undefined): Promise<SignedIn> {
  const { service, claim, request, now } = visit;
  const unsigned = routed && service.built(routed.operation)?.signature === 'none';
  if (claim === 'missing' && unsigned)
    return { caller: anonymousCaller(desk.account), body: request.wire.body };
  const answer = await authenticate(desk.platform, service, request.signed, claim, now);
  if ('refusal' in answer) {
    const { code, message, status } = refusalError(answer.refusal, service.errors);
    throw awsError(code, message, { status });
  }
  const { body } = answer;
  return {
    caller: answer.caller,
    body:
      body === request.signed.body
        ? request.wire.body
        : Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  };
}

async function perform(
  desk: Desk,
  visit: ServiceVisit,
  routed: Routed,
  caller: Caller,
): Promise<WireResponse> {
  const { platform } = desk;
  const { service, requestId, now, facts } = visit;
  const region = regionOf(platform, visit);
  if (caller.principal) {
    platform.usage.note(caller.accessKeyId, caller.principal.id, {
      at: now.getTime(),
      service: service.signingName,
      region,
    });
  }
  const input = routed.shape ? routed.read() : {};
  const outcome = await dispatch(platform, {
    service,
    operation: routed.operation,
    input,
    caller,
    ports: await platform.ports(),
    request: facts,
    requestId,
    now,
    region,
  });
  if ('error' in outcome) return answerError(visit, outcome.error, routed.answer);
  return routed.answer.output(routed.shape as NonNullable<Routed['shape']>, outcome.output, requestId);
}

function regionOf(platform: Platform, { service, claim }: ServiceVisit): string {
  if (service.definition.global) return 'us-east-1';
  if (typeof claim === 'string') return platform.region;
  return /^[a-z]{2,4}(?:-[a-z]{2,10}){1,3}-\d$/.test(claim.region) ? claim.region : platform.region;
}

/** Source: the APIs' "Common Errors": InvalidAction of awsQuery, UnknownOperationException of the others. */
function unknownOperation(service: LoadedService, wire: WireRequest): AwsError {
  const query = service.model.protocol === 'awsQuery' || service.model.protocol === 'ec2Query';
  if (query)
    return awsError('InvalidAction', 'Could not find the operation that the request names.', { status: 400 });
  const rest = service.model.protocol === 'restJson1' || service.model.protocol === 'restXml';
  return awsError('UnknownOperationException', `No operation for ${wire.method}`.slice(0, 200), {
    status: rest ? 404 : 400,
  });
}

function knownError(platform: Platform, { service }: ServiceVisit, error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof SerializationError) {
    const query = service.model.protocol === 'awsQuery' || service.model.protocol === 'ec2Query';
    return awsError(query ? 'MalformedInput' : 'SerializationException', error.message, { status: 400 });
  }
  platform.onDefect(error);
  return awsError('InternalFailure', 'The request processing has failed because of an unknown error.', {
    status: 500,
  });
}

function answerError({ service, requestId }: Visit, error: AwsError, answer: Answerer): WireResponse {
  const query = service?.model.protocol === 'awsQuery' || service?.model.protocol === 'ec2Query';
  const shown = service
    ? wireError(service.model, error, query)
    : {
        code: error.code,
        message: error.message,
        status: error.status ?? 400,
        sender: (error.status ?? 400) < 500,
        shape: undefined,
        fields: {},
      };
  return answer.error(shown, requestId);
}

/** The record of a request that was refused before its operation was done. */
function callOf(visit: ServiceVisit, caller: Caller | undefined, error: AwsError): AuditedCall {
  return { ...unknownCall(visit, caller?.account ?? '', error), caller };
}

function unknownCall(visit: Visit, account: string, error: AwsError): AuditedCall {
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
