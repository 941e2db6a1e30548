import { type AccessRequest, type PreparedRequest, prepareRequest } from '../request.ts';
import { NO, or, type Truth, UNKNOWN, YES } from '../truth.ts';
import { resourceControlApplies, serviceControlApplies } from './applicability.ts';
import { type Answers, allowedBy, withholdingLayer } from './combine.ts';
import {
  answerOf,
  answerOfLevels,
  answerOfResource,
  type LayerAnswer,
  layerAnswer,
  type ResourceAnswer,
  SILENT,
  UNLIMITED,
} from './layer-answer.ts';
import type { Access, Layer } from './layers.ts';

export type Verdict = 'ALLOW' | 'DENY' | 'UNKNOWN';

/** The answer to a request, and what kind of answer it is. */
export interface Decision {
  readonly verdict: Verdict;
  /** `explicit`: a Deny statement holds; `implicit`: nothing allows; `open`: something is not known. */
  readonly kind: 'allowed' | 'explicit' | 'implicit' | 'open';
  /** The layer that refused; undefined when the request is allowed or open. */
  readonly layer: Layer | undefined;
}

const LAYERS: readonly Layer[] = [
  'resource-control',
  'service-control',
  'resource',
  'identity',
  'boundary',
  'session',
  'endpoint',
];
const ALLOWED: Decision = { verdict: 'ALLOW', kind: 'allowed', layer: undefined };
const OPEN: Decision = { verdict: 'UNKNOWN', kind: 'open', layer: undefined };
const EXPLICIT = refusals('explicit');
const IMPLICIT = refusals('implicit');

function refusals(kind: 'explicit' | 'implicit'): Readonly<Record<Layer, Decision>> {
  return Object.fromEntries(
    LAYERS.map((layer) => [layer, { verdict: 'DENY', kind, layer } satisfies Decision]),
  ) as Record<Layer, Decision>;
}

/**
 * Decides a request. Everything in it and in the policies may have holes; a decided answer stays the
 * same whatever fills them. Source: IAM User Guide, "Policy evaluation logic".
 */
export function evaluate(access: Access, request: AccessRequest): Decision {
  const prepared = prepareRequest(request);
  const answers = answersUntilRefused(access, prepared);
  return typeof answers === 'string' ? EXPLICIT[answers] : decide(answers, prepared);
}

/** The decision that follows from the answers of the layers. */
export function decide(answers: Answers, request: PreparedRequest): Decision {
  const refusing = refusingLayer(answers, YES);
  if (refusing !== undefined) return EXPLICIT[refusing];
  const allowed = allowedBy(answers, request);
  if (allowed === NO) return IMPLICIT[withholdingLayer(answers, request)];
  return allowed === YES && refusingLayer(answers, UNKNOWN) === undefined ? ALLOWED : OPEN;
}

/** The first layer that refuses for sure (YES) or perhaps (UNKNOWN). */
export function refusingLayer(answers: Answers, surely: Truth): Layer | undefined {
  if (answers.resourceControl.deny >= surely) return 'resource-control';
  if (answers.serviceControl.deny >= surely) return 'service-control';
  if (answers.resource.deny >= surely) return 'resource';
  if (answers.identity.deny >= surely) return 'identity';
  if (answers.boundary.deny >= surely) return 'boundary';
  if (answers.session.deny >= surely) return 'session';
  return answers.endpoint.deny >= surely ? 'endpoint' : undefined;
}

/** Asks every layer. */
export function answersOf(access: Access, request: PreparedRequest): Answers {
  return {
    resourceControl: refusalsOf(access, request),
    serviceControl: serviceControlAnswer(access, request),
    resource: resourceAnswer(access, request),
    identity: identityAnswer(access, request),
    ...limitsOf(access, request),
  };
}

/** Asks the layers in the order of `refusingLayer`, and no further than the first that surely refuses. */
function answersUntilRefused(access: Access, request: PreparedRequest): Answers | Layer {
  const resourceControl = refusalsOf(access, request);
  if (resourceControl.deny === YES) return 'resource-control';
  const serviceControl = serviceControlAnswer(access, request);
  if (serviceControl.deny === YES) return 'service-control';
  const resource = resourceAnswer(access, request);
  if (resource.deny === YES) return 'resource';
  const identity = identityAnswer(access, request);
  if (identity.deny === YES) return 'identity';
  const { boundary, session, endpoint } = limitsOf(access, request);
  return { resourceControl, serviceControl, resource, identity, boundary, session, endpoint };
}

function serviceControlAnswer(access: Access, request: PreparedRequest): LayerAnswer {
  return answerOfLevels(access.serviceControl, request, serviceControlApplies(access, request));
}

function resourceAnswer(access: Access, request: PreparedRequest): ResourceAnswer {
  return answerOfResource([access.resource, access.grants], request, isBounded(access, request));
}

/** The layers that only limit. */
function limitsOf(
  access: Access,
  request: PreparedRequest,
): Pick<Answers, 'boundary' | 'session' | 'endpoint'> {
  const bounded = isBounded(access, request);
  return {
    boundary: bounded && access.boundary ? answerOf(access.boundary, request) : UNLIMITED,
    session: access.session ? answerOf(access.session, request) : UNLIMITED,
    endpoint: access.endpoint ? answerOf(access.endpoint, request, bounded) : UNLIMITED,
  };
}

/** The root user of an account has no permission boundary. */
function isBounded(access: Access, { caller }: PreparedRequest): boolean {
  return access.boundary !== undefined && caller.kind === 'aws' && caller.type !== 'account-root';
}

/** RCPs only refuse: RCPFullAWSAccess stands at every level and cannot be detached. */
function refusalsOf(access: Access, request: PreparedRequest): LayerAnswer {
  const applies = resourceControlApplies(access, request);
  if (applies === NO || access.resourceControl === undefined) return UNLIMITED;
  let deny: Truth = NO;
  for (const program of access.resourceControl) deny = or(deny, answerOf(program, request).deny);
  return layerAnswer(deny < applies ? deny : applies, YES);
}

/** The root user may do everything in its account; callers from outside have no identity policies. */
function identityAnswer(access: Access, request: PreparedRequest): LayerAnswer {
  if (request.caller.type === 'account-root') return UNLIMITED;
  if (request.caller.kind !== 'aws' || access.identity === undefined) return SILENT;
  return answerOf(access.identity, request);
}
