/** Random cases in the words of the engine: with everything known, or with holes punched into them. */
import {
  type Access,
  type AccessRequest,
  type Caller,
  compilePolicies,
  type PolicyProgram,
  readPolicy,
} from '../../src/iam/index.ts';
import { known, list, map, type Value } from '../../src/model/value.ts';
import type { ReferenceLayers, ReferencePolicy, ReferenceRequest } from './reference.ts';

export const SPAN = { file: { path: 'case.json', text: '' }, start: 0, end: 0 };

/** Turns a string of a policy into a value: known, or with holes. */
export type TextToValue = (text: string) => Value;

export const KNOWN_TEXT: TextToValue = (text) => known(text, SPAN);

/** What becomes of a statement with a Sid such as `?C0`, which may be missing. */
export type StatementToValue = (statement: Value, mark: string) => Value;

/** The value of a policy; strings inside of lists are the text that a template may leave open. */
export function policyValue(node: unknown, text: TextToValue, statement: StatementToValue): Value {
  if (Array.isArray(node)) {
    const items = node.map((each) =>
      typeof each === 'string' ? text(each) : policyValue(each, text, statement),
    );
    return list(items, SPAN);
  }
  if (typeof node !== 'object' || node === null) return known(node as string, SPAN);
  const entries = Object.entries(node);
  const value = map(new Map(entries.map(([key, each]) => [key, policyValue(each, text, statement)])), SPAN);
  const sid = (node as { Sid?: string }).Sid;
  return sid?.startsWith('?') ? statement(value, sid.slice(1)) : value;
}

/** Compiles the layers of a case. */
export function accessOf(
  layers: ReferenceLayers,
  text: TextToValue = KNOWN_TEXT,
  statement: StatementToValue = (value) => value,
): Access {
  const program = (policies: readonly ReferencePolicy[]): PolicyProgram =>
    compilePolicies(
      policies.map((policy) => readPolicy(policyValue(policy, text, statement), 'case').policy),
    );
  return {
    ...(layers.identity ? { identity: program(layers.identity) } : {}),
    ...(layers.boundary ? { boundary: program(layers.boundary) } : {}),
    ...(layers.session ? { session: program(layers.session) } : {}),
    ...(layers.serviceControl ? { serviceControl: layers.serviceControl.map(program) } : {}),
    ...(layers.resource ? { resource: program(layers.resource) } : {}),
  };
}

/** The request of a case in the words of the engine. */
export function requestOf(request: ReferenceRequest): AccessRequest {
  return {
    principal: callerOf(request),
    action: request.action,
    resource: request.resource,
    resourceAccount: request.owner,
    context: request.context,
  };
}

function callerOf({ caller }: ReferenceRequest): Caller {
  if (caller.role === undefined) return { type: 'user', arn: caller.self };
  return { type: 'role-session', role: caller.role, session: caller.self };
}
