import type { EventEnvelope } from '../model/event.ts';
import { type AwsError, awsError } from '../wire/aws-error.ts';
import { decodedBody } from '../wire/http/content-encoding.ts';
import { changedRequest, type IncomingRequest } from '../wire/http/incoming.ts';
import type { WireResponse } from '../wire/message.ts';
import type { Answerer, Routed } from '../wire/protocol/protocol.ts';
import { guessedAnswerer } from '../wire/protocol/unknown-service.ts';
import type { OperationShape } from '../wire/schema/shape.ts';
import { refusalError } from '../wire/service-errors.ts';
import { readClaim } from '../wire/sigv4/claim.ts';
import { auditRecord } from './audit.ts';
import { authenticate } from './authenticate.ts';
import type { Caller } from './caller.ts';
import { dispatch } from './dispatch.ts';
import { answerError, knownError, unknownOperation, unknownService } from './front-errors.ts';
import type { Platform } from './platform.ts';
import type { Ports } from './ports.ts';
import { anonymousCaller } from './sign-in.ts';
import { unauthenticatedLog } from './unauthenticated.ts';
import {
  refusedCall,
  regionOf,
  routedRequest,
  type ServiceVisit,
  serviceOf,
  unknownCall,
  type Visit,
  visitOf,
} from './visit.ts';

/** The AWS endpoint: from a request of which nothing is believed to its answer. */
export interface FrontDoor {
  handle(request: IncomingRequest, requestId: string): Promise<WireResponse>;
  close(): Promise<void>;
}

const DRAIN_MILLISECONDS = 60_000;
/** The store takes a thousand events at once. */
const MOST_UNWRITTEN = 1_000;

/**
 * @param account the account that unsigned operations are recorded in.
 */
export function frontDoor(platform: Platform, account: string): FrontDoor {
  const unauthenticated = unauthenticatedLog(() => performance.now());
  const timer = setInterval(() => {
    drain().catch(platform.onDefect);
  }, DRAIN_MILLISECONDS);
  timer.unref();

  let unwritten: readonly EventEnvelope[] = [];

  /** Counts that the store does not take are kept for the next time. */
  async function drain(): Promise<void> {
    unwritten = [...unwritten, ...unauthenticated.drain()].slice(-MOST_UNWRITTEN);
    if (unwritten.length === 0) return;
    await platform.store.transact({ events: unwritten });
    unwritten = [];
  }

  /** Refuses before anybody is known, with a record or a count of it. */
  async function refuse(visit: Visit, error: AwsError, answer: Answerer): Promise<WireResponse> {
    const call = unknownCall(visit, account, error);
    if (error.status === 503) {
      // Where the permissions in force cannot be confirmed the store cannot be written either: later it can.
      unauthenticated.count(call);
      return answerError(visit, error, answer);
    }
    const event = unauthenticated.note(call);
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

interface Desk {
  readonly platform: Platform;
  readonly account: string;
  refuse(visit: Visit, error: AwsError, answer: Answerer): Promise<WireResponse>;
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
    const signedIn = await signIn(desk, visit, early);
    caller = signedIn.caller;
    // An aws-chunked or compressed body is only decoded once its signature is believed.
    const body = decodedBody(wire, signedIn.body);
    const routed = body === wire.body ? early : protocol.route(changedRequest(wire, { body }));
    if (!routed?.shape) throw unknownOperation(service, wire);
    return await perform(desk, visit, routed, routed.shape, signedIn);
  } catch (error) {
    const known = knownError(service, error, desk.platform.onDefect);
    if (!caller) return desk.refuse(visit, known, answer);
    await desk.platform.audit.append(auditRecord(refusedCall(visit, caller, known)));
    return answerError(visit, known, answer);
  }
}

interface SignedIn {
  readonly caller: Caller;
  readonly ports: Ports;
  /** What was signed, out of its `aws-chunked` form. */
  readonly body: Buffer;
}

async function signIn(desk: Desk, visit: ServiceVisit, routed: Routed | undefined): Promise<SignedIn> {
  const { service, claim, request, now } = visit;
  const unsigned = routed && service.built(routed.operation)?.signature === 'none';
  if (claim === 'missing' && unsigned)
    return {
      caller: anonymousCaller(desk.account),
      ports: await desk.platform.ports(),
      body: request.wire.body,
    };
  const answer = await authenticate(desk.platform, service, request.signed, claim, now);
  if ('refusal' in answer) {
    const { code, message, status } = refusalError(answer.refusal, service.errors);
    throw awsError(code, message, { status });
  }
  const { body } = answer;
  return {
    caller: answer.caller,
    ports: answer.ports,
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
  shape: OperationShape,
  { caller, ports }: SignedIn,
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
  const input = routed.read();
  const outcome = await dispatch(platform, {
    service,
    operation: routed.operation,
    input,
    caller,
    ports,
    request: facts,
    requestId,
    now,
    region,
  });
  if ('error' in outcome) return answerError(visit, outcome.error, routed.answer);
  return routed.answer.output(shape, outcome.output, requestId);
}
