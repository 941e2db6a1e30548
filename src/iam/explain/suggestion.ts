import { resourcePolicyMustAllow } from '../decide/applicability.ts';
import type { Answers } from '../decide/combine.ts';
import type { Layer } from '../decide/layers.ts';
import { showPartial } from '../partial.ts';
import type { PreparedRequest } from '../request.ts';
import { NO, or } from '../truth.ts';
import type { LayerReport } from './layer-report.ts';

/** A statement that one layer lacks. */
export interface Suggestion {
  readonly layer: Layer;
  /** The level of an organisation's policies, from 1. */
  readonly level?: number;
  readonly statement: SuggestedStatement;
}

export interface SuggestedStatement {
  readonly Effect: 'Allow';
  readonly Principal?: Readonly<Record<string, string>> | '*';
  readonly Action: string;
  readonly Resource?: string;
}

/**
 * The smallest statements that together would allow a request which nothing refuses explicitly: one for
 * each layer that withholds it, for exactly this caller, action and resource.
 */
export function suggestStatements(
  answers: Answers,
  request: PreparedRequest,
  layers: readonly LayerReport[],
): readonly Suggestion[] {
  const suggestions: Suggestion[] = [];
  for (const report of layers) {
    if (report.layer !== 'service-control' || report.allows !== NO) continue;
    suggestions.push({ layer: report.layer, level: report.level ?? 1, statement: plain(request) });
  }
  for (const layer of lackingLayers(answers, request)) {
    const statement = layer === 'resource' ? withPrincipal(request) : plain(request);
    suggestions.push({ layer, statement });
  }
  return suggestions;
}

function lackingLayers(answers: Answers, request: PreparedRequest): readonly Layer[] {
  const { resource, identity, boundary, session, endpoint } = answers;
  const lacking: Layer[] = endpoint.allow === NO ? ['endpoint'] : [];
  if (request.caller.kind !== 'aws') return resource.direct === NO ? [...lacking, 'resource'] : lacking;
  const across = request.sameAccount === NO;
  if (!across && resource.direct !== NO) return lacking;
  const granted = or(resource.role, resource.account);
  const resourceMust = across || resourcePolicyMustAllow(request);
  if (resourceMust && or(resource.direct, granted) === NO) lacking.push('resource');
  const byRole = !across && resource.role !== NO;
  if (identity.allow === NO && !byRole && !(lacking.includes('resource') && !across))
    lacking.push('identity');
  if (boundary.allow === NO) lacking.push('boundary');
  if (session.allow === NO) lacking.push('session');
  return lacking;
}

function plain(request: PreparedRequest): SuggestedStatement {
  return { Effect: 'Allow', Action: request.request.action, Resource: showPartial(request.resource.text) };
}

function withPrincipal(request: PreparedRequest): SuggestedStatement {
  const base = { Effect: 'Allow', Principal: principalOf(request), Action: request.request.action } as const;
  const isTrust = request.action.startsWith('sts:');
  return isTrust ? base : { ...base, Resource: showPartial(request.resource.text) };
}

function principalOf(request: PreparedRequest): Readonly<Record<string, string>> | '*' {
  const { caller } = request;
  if (caller.kind === 'service') return { Service: caller.name };
  if (caller.kind === 'federated') return { Federated: caller.name };
  if (caller.kind === 'anonymous') return '*';
  return { AWS: showPartial(caller.principalArn ?? '') };
}
