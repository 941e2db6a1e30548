import type { EventEnvelope } from '../model/event.ts';
import { type AwsError, awsError } from '../wire/aws-error.ts';
import { decodedRequest } from '../wire/http/content-encoding.ts';
import type { IncomingRequest } from '../wire/http/incoming.ts';
import type { WireResponse } from '../wire/message.ts';
import type { Answerer, Routed } from '../wire/protocol/protocol.ts';
import { guessedAnswerer } from '../wire/protocol/unknown-service.ts';
import { refusalError } from '../wire/refusal-error.ts';
import { readClaim } from '../wire/sigv4/claim.ts';
import { auditRecord } from './audit.ts';
import type { AuditedCall } from './audited-call.ts';
import { type Authentication, authenticate } from './authenticate.ts';
import type { Caller } from './caller.ts';
import { dispatch, type Outcome } from './dispatch.ts';
import { answerError, knownError, unknownOperation, unknownService } from './front-errors.ts';
import { issuerDocument } from './issuer-documents.ts';
import type { LoadedService } from './loaded-service.ts';
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

  /** Records a failure of somebody unknown, or counts it. */
  async function note(failure: AuditedCall): Promise<void> {
    if (failure.error?.status === 503) {
      // Where the permissions in force cannot be confirmed the store cannot be written either: later it can.
      unauthenticated.count(failure);
      return;
    }
    const event = unauthenticated.note(failure);
    if (event) await platform.audit.write(event);
  }

  /** Refuses before anybody is known. */
  async function refuse(visit: Visit, error: AwsError, answer: Answerer): Promise<WireResponse> {
    await note(unknownCall(visit, account, error));
    return answerError(visit, error, answer);
  }

  const desk: Desk = { platform, account, refuse, note };

  return {
    async close() {
      clearInterval(timer);
      await drain();
    },
    handle(request, requestId) {
      const claim = readClaim(request.signed);
      const published = claim === 'missing' ? issuerDocument(platform, request, requestId) : undefined;
      if (published) return published;
      const visit = visitOf(request, requestId, platform.now(), claim);
      const entry = serviceOf(platform.services, visit);
      const loading = entry && (platform.serviceAtHand(entry.id) ?? platform.service(entry.id));
      if (!loading) {
        const named = typeof claim === 'string' ? undefined : claim.service;
        return refuse(visit, unknownService(visit), guessedAnswerer(request.wire, named));
      }
      return serve(desk, visit, loading);
    },
  };
}

interface Desk {
  readonly platform: Platform;
  readonly account: string;
  refuse(visit: Visit, error: AwsError, answer: Answerer): Promise<WireResponse>;
  note(failure: AuditedCall): Promise<void>;
}

async function serve(
  desk: Desk,
  begun: Visit,
  loading: LoadedService | Promise<LoadedService>,
): Promise<WireResponse> {
  const service = loading instanceof Promise ? await loading : loading;
  const { request, requestId, now, facts, claim } = begun;
  const visit: ServiceVisit = { request, requestId, now, facts, claim, service };
  const { protocolOf } = service.protocols;
  const wire = routedRequest(service, request.wire);
  const protocol = protocolOf(wire);
  let answer = protocol.answer;
  let caller: Caller | undefined;
  try {
    // A compressed body cannot be read yet.
    const early = wire.header('content-encoding') === undefined ? protocol.route(wire) : undefined;
    answer = early?.answer ?? answer;
    const signing = signIn(desk, visit, early);
    const signedIn = signing instanceof Promise ? await signing : signing;
    caller = signedIn.caller;
    // An aws-chunked or compressed body is only decoded once its signature is believed.
    const decoded = decodedRequest(wire, signedIn.body, service.pathStyle);
    const routed = early && decoded === wire ? early : protocol.route(decoded);
    if (!routed?.shape) throw unknownOperation(service, decoded);
    const outcome = await perform(desk, visit, routed, signedIn);
    return 'error' in outcome
      ? answerError(visit, outcome.error, routed.answer)
      : routed.answer.output(routed.shape, outcome.output, visit.requestId);
  } catch (error) {
    const known = knownError(service, error, desk.platform.onDefect);
    if (!caller || caller.kind === 'anonymous') return desk.refuse(visit, known, answer);
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

/** Most callers are known already; waiting for what is at hand would cost as much as looking it up. */
function signIn(desk: Desk, visit: ServiceVisit, routed: Routed | undefined): SignedIn | Promise<SignedIn> {
  const { service, claim, request, now } = visit;
  const unsigned = routed && service.built(routed.operation)?.signature === 'none';
  if (claim === 'missing' && unsigned) return anonymous(desk, request.wire.body);
  const answer = authenticate(desk.platform, service, request.signed, claim, now);
  if (answer instanceof Promise) return answer.then((found) => signedIn(visit, found));
  return signedIn(visit, answer);
}

async function anonymous({ account, platform }: Desk, body: Buffer): Promise<SignedIn> {
  return { caller: anonymousCaller(account), ports: await platform.ports(), body };
}

/** @throws AwsError the refusal in the service's own words. */
function signedIn({ service, claim, request, now }: ServiceVisit, answer: Authentication): SignedIn {
  if ('refusal' in answer) {
    const { code, message, status } = refusalError(answer.refusal, service.errors, { claim, now });
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

/** @throws AwsError, SerializationError when the input cannot be read. */
function perform(
  desk: Desk,
  visit: ServiceVisit,
  routed: Routed,
  { caller, ports }: SignedIn,
): Promise<Outcome> {
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
  return dispatch(platform, {
    service,
    operation: routed.operation,
    input: routed.read(),
    caller,
    ports,
    request: facts,
    requestId,
    now,
    region,
    recordFailure: caller.kind === 'anonymous' ? desk.note : undefined,
  });
}
