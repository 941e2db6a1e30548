import { matchPartial } from '../match/partial-match.ts';
import { tokensOf } from '../match/tokens.ts';
import { type PartialString, partsOf } from '../partial.ts';
import type { PreparedRequest } from '../request.ts';
import { RCP_SERVICES } from '../table/rcp-services.generated.ts';
import { NO, not, type Truth, truthOf, UNKNOWN, YES } from '../truth.ts';
import type { Access } from './layers.ts';

/**
 * Service control policies limit the principals of member accounts, their root users too, but neither
 * service-linked roles nor the management account (AWS Organizations User Guide, "Service control
 * policies").
 */
export function serviceControlApplies(access: Access, request: PreparedRequest): Truth {
  if (access.serviceControl === undefined) return NO;
  if (request.caller.kind !== 'aws' || request.caller.serviceLinked) return NO;
  return outsideOf(access.managementAccount, request.caller.account);
}

/**
 * Resource control policies hold for the services that take part in them, not for service-linked roles
 * and not for resources of the management account ("Resource control policies").
 */
export function resourceControlApplies(access: Access, request: PreparedRequest): Truth {
  if (access.resourceControl === undefined || request.caller.serviceLinked) return NO;
  if (!RCP_SERVICES.has(serviceOf(request.action))) return NO;
  return outsideOf(access.managementAccount, request.resourceAccount);
}

/**
 * Key policies and trust policies must allow even within one account ("IAM role trust policies and KMS
 * key policies are exceptions"): for them an identity policy alone grants nothing.
 */
export function resourcePolicyMustAllow(request: PreparedRequest): boolean {
  const { action } = request;
  if (action.startsWith('kms:')) return isKey(request);
  if (!action.startsWith('sts:')) return false;
  return action.startsWith('sts:assumerole') || resourceBeginsWith(request, 'role/');
}

/** The service of a lower-case action. */
export function serviceOf(action: string): string {
  const colon = action.indexOf(':');
  return colon < 0 ? action : action.slice(0, colon);
}

/** Listing and creating keys has no key, and an alias has no policy. */
function isKey(request: PreparedRequest): boolean {
  return request.resource.text !== '*' && !resourceBeginsWith(request, 'alias/');
}

function resourceBeginsWith(request: PreparedRequest, prefix: string): boolean {
  const resource = request.resource.segments?.[5];
  const first = resource === undefined ? undefined : partsOf(resource)[0];
  return typeof first === 'string' && first.startsWith(prefix);
}

function outsideOf(management: PartialString | undefined, account: PartialString | undefined): Truth {
  if (management === undefined) return YES;
  if (account === undefined) return UNKNOWN;
  if (typeof management === 'string' && typeof account === 'string') return truthOf(management !== account);
  return not(matchPartial(tokensOf(management, { wildcards: false, variables: false }), account));
}
