import type { Policy, Statement } from '../language/policy.ts';
import type { PreparedRequest } from '../request.ts';
import { NO, type Truth, UNKNOWN } from '../truth.ts';
import { type CompiledCondition, compileCondition } from './condition.ts';
import { compileActions, compileResources, type ResourceMatcher } from './elements.ts';
import { compilePrincipals, type PrincipalMatcher } from './principals.ts';

/** A statement compiled to closures. */
export interface CompiledStatement {
  readonly policy: Policy;
  readonly statement: Statement;
  readonly allows: boolean;
  readonly action: (action: string) => Truth;
  readonly resource: ResourceMatcher | undefined;
  readonly principal: PrincipalMatcher | undefined;
  readonly conditions: readonly CompiledCondition[];
}

/** A statement that may apply to an action, and how sure that is. */
export interface Candidate {
  readonly compiled: CompiledStatement;
  /** UNKNOWN when the action or the statement itself hangs on something open. */
  readonly applies: Truth;
}

/**
 * The policies of one layer, compiled once per version. Which statements speak of an action is worked
 * out when the action is first asked about and kept, Deny statements first.
 */
export interface PolicyProgram {
  readonly policies: readonly Policy[];
  readonly statements: readonly CompiledStatement[];
  candidates(action: string): readonly Candidate[];
}

/** Most actions of which the candidates are kept; beyond, the memory starts anew. */
const MOST_ACTIONS = 4_096;

/** Compiles policies that stand side by side in one layer. */
export function compilePolicies(policies: readonly Policy[]): PolicyProgram {
  const statements = policies.flatMap((policy) =>
    policy.statements.map((statement) => compileStatement(policy, statement)),
  );
  const byAction = new Map<string, readonly Candidate[]>();
  return {
    policies,
    statements,
    candidates(action) {
      const kept = byAction.get(action);
      if (kept !== undefined) return kept;
      if (byAction.size >= MOST_ACTIONS) byAction.clear();
      const found = candidatesOf(statements, action);
      byAction.set(action, found);
      return found;
    },
  };
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

function candidatesOf(statements: readonly CompiledStatement[], action: string): readonly Candidate[] {
  const denies: Candidate[] = [];
  const allows: Candidate[] = [];
  for (const compiled of statements) {
    const speaks = compiled.action(action);
    if (speaks === NO) continue;
    const applies = compiled.statement.undecided.length > 0 ? UNKNOWN : speaks;
    (compiled.allows ? allows : denies).push({ compiled, applies });
  }
  return [...denies, ...allows];
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
