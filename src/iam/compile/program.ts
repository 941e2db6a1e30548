import type { Policy, Statement } from '../language/policy.ts';
import type { PartialString } from '../partial.ts';
import type { PreparedRequest } from '../request.ts';
import { NO, type Truth, UNKNOWN } from '../truth.ts';
import type { Candidate, CompiledStatement } from './candidate.ts';
import { compileCondition } from './condition.ts';
import { compileActions, compileResources } from './elements.ts';
import { compilePrincipals } from './principals.ts';
import { type CandidatesByResource, indexByResource } from './resource-index.ts';

/**
 * The policies of one layer, compiled once per version. Which statements speak of an action is worked
 * out when the action is first asked about and kept, Deny statements first.
 */
export interface PolicyProgram {
  readonly policies: readonly Policy[];
  readonly statements: readonly CompiledStatement[];
  candidates(action: string): readonly Candidate[];
  /** The candidates that a resource may concern: never fewer than hold, mostly far fewer than speak. */
  candidatesFor(action: string, resource: PartialString): readonly Candidate[];
}

/** Most actions of which the candidates are kept; beyond, the memory starts anew. */
const MOST_ACTIONS = 4_096;

/** Compiles policies that stand side by side in one layer. */
export function compilePolicies(policies: readonly Policy[]): PolicyProgram {
  const statements = policies.flatMap((policy) =>
    policy.statements.map((statement) => compileStatement(policy, statement)),
  );
  const byAction = new Map<string, ActionCandidates>();
  const ofAction = (action: string): ActionCandidates => {
    const kept = byAction.get(action);
    if (kept !== undefined) return kept;
    if (byAction.size >= MOST_ACTIONS) byAction.clear();
    const found = candidatesOf(statements, action);
    byAction.set(action, found);
    return found;
  };
  return {
    policies,
    statements,
    candidates: (action) => ofAction(action).all,
    candidatesFor: (action, resource) => ofAction(action).byResource(resource),
  };
}

/** What is kept of one action. */
interface ActionCandidates {
  readonly all: readonly Candidate[];
  readonly byResource: CandidatesByResource;
}

function compileStatement(policy: Policy, statement: Statement): CompiledStatement {
  return {
    policy,
    statement,
    allows: statement.effect === 'Allow',
    action: compileActions(statement.actions),
    resource: statement.resources && compileResources(statement.resources, statement),
    principal: statement.principals && compilePrincipals(statement.principals, statement.effect),
    conditions: statement.conditions.map((condition) => compileCondition(condition, statement)),
  };
}

function candidatesOf(statements: readonly CompiledStatement[], action: string): ActionCandidates {
  const denies: Candidate[] = [];
  const allows: Candidate[] = [];
  for (const compiled of statements) {
    const speaks = compiled.action(action);
    if (speaks === NO) continue;
    const applies = compiled.statement.undecided.length > 0 ? UNKNOWN : speaks;
    (compiled.allows ? allows : denies).push({ compiled, applies });
  }
  return { all: [...denies, ...allows], byResource: indexByResource(denies, allows) };
}

/** Whether a candidate holds for a request, the principal left aside. */
export function holdsApartFromPrincipal(candidate: Candidate, request: PreparedRequest): Truth {
  const { compiled } = candidate;
  let truth = candidate.applies;
  if (compiled.resource !== undefined) {
    const each = compiled.resource(request.resource, request);
    if (each === NO) return NO;
    if (each < truth) truth = each;
  }
  for (const condition of compiled.conditions) {
    const each = condition.holds(request);
    if (each === NO) return NO;
    if (each < truth) truth = each;
  }
  return truth;
}

/** A program that says nothing. */
export const NO_POLICIES: PolicyProgram = compilePolicies([]);
