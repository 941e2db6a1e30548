import type { PreparedRequest } from '../request.ts';
import { agree, and, NO, or, type Truth, YES } from '../truth.ts';
import { resourcePolicyMustAllow } from './applicability.ts';
import type { LayerAnswer, ResourceAnswer } from './layer-answer.ts';
import type { Layer } from './layers.ts';

/** The answers of all layers about one request. */
export interface Answers {
  readonly resourceControl: LayerAnswer;
  readonly serviceControl: LayerAnswer;
  readonly resource: ResourceAnswer;
  readonly identity: LayerAnswer;
  readonly boundary: LayerAnswer;
  readonly session: LayerAnswer;
  readonly endpoint: LayerAnswer;
}

/** Whether the layers together allow, explicit refusals left aside. */
export function allowedBy(answers: Answers, request: PreparedRequest): Truth {
  return and(and(answers.serviceControl.allow, answers.endpoint.allow), grantedBy(answers, request));
}

/** Whether identity and resource policies grant the request, within boundary and session. */
function grantedBy(answers: Answers, request: PreparedRequest): Truth {
  if (request.caller.kind !== 'aws') return answers.resource.direct;
  switch (request.sameAccount) {
    case YES:
      return grantedWithin(answers, request);
    case NO:
      return grantedAcross(answers);
    default:
      return agree(grantedWithin(answers, request), grantedAcross(answers));
  }
}

/**
 * Within one account either side grants. A resource policy that names the user or the session grants
 * past boundary and session policies, one that names the role stays within them, one that names the
 * account only makes room for identity policies.
 */
function grantedWithin({ resource, identity, boundary, session }: Answers, request: PreparedRequest): Truth {
  const limits = and(boundary.allow, session.allow);
  const side = resourcePolicyMustAllow(request) ? anyGrant(resource) : YES;
  const byIdentity = and(and(identity.allow, side), limits);
  return or(or(byIdentity, resource.direct), and(resource.role, limits));
}

/** Across accounts both sides must allow. */
function grantedAcross({ resource, identity, boundary, session }: Answers): Truth {
  return and(anyGrant(resource), and(identity.allow, and(boundary.allow, session.allow)));
}

function anyGrant(resource: ResourceAnswer): Truth {
  return or(resource.direct, or(resource.role, resource.account));
}

/** The layer that withholds what nobody refuses explicitly; the answer of `allowedBy` was no. */
export function withholdingLayer(answers: Answers, request: PreparedRequest): Layer {
  if (answers.serviceControl.allow === NO) return 'service-control';
  if (answers.endpoint.allow === NO) return 'endpoint';
  if (request.caller.kind !== 'aws') return 'resource';
  const resourceMustAllow = request.sameAccount === NO || resourcePolicyMustAllow(request);
  if (resourceMustAllow && anyGrant(answers.resource) === NO) return 'resource';
  if (answers.identity.allow === NO && answers.resource.role === NO) return 'identity';
  if (answers.boundary.allow === NO) return 'boundary';
  if (answers.session.allow === NO) return 'session';
  return answers.identity.allow === NO ? 'identity' : 'resource';
}
