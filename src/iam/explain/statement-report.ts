import type { Candidate } from '../compile/candidate.ts';
import { meant } from '../compile/principals.ts';
import type { Condition, Policy, Statement } from '../language/policy.ts';
import type { PartialString } from '../partial.ts';
import type { PreparedRequest } from '../request.ts';
import { and, NO, type Truth, YES } from '../truth.ts';

/** What a statement that speaks of the action says about a request, and which part of it decided that. */
export interface StatementReport {
  readonly policy: Policy;
  readonly statement: Statement;
  readonly holds: Truth;
  /** The first part that does not hold; undefined when the statement holds. */
  readonly failing: FailingPart | undefined;
}

export interface FailingPart {
  readonly part: 'statement' | 'principal' | 'resource' | 'condition';
  /** NO or UNKNOWN. */
  readonly holds: Truth;
  readonly condition?: ConditionReport;
}

/** A condition and what the request had to say about its key. */
export interface ConditionReport {
  readonly condition: Condition;
  /** The values of the request; undefined when the key is absent. */
  readonly given: readonly PartialString[] | undefined;
}

/** Looks at a candidate part by part; a part that fails for sure is named before one that is open. */
export function reportOn(candidate: Candidate, request: PreparedRequest, bounded: boolean): StatementReport {
  const { compiled } = candidate;
  const { policy, statement } = compiled;
  let holds: Truth = candidate.applies;
  let failing: FailingPart | undefined =
    candidate.applies === YES ? undefined : { part: 'statement', holds: candidate.applies };
  const note = (truth: Truth, part: FailingPart['part'], condition?: ConditionReport): void => {
    holds = and(holds, truth);
    if (truth === YES || (failing !== undefined && failing.holds <= truth)) return;
    failing = condition === undefined ? { part, holds: truth } : { part, holds: truth, condition };
  };
  if (compiled.principal) note(meant(compiled.principal(request.caller, bounded)), 'principal');
  if (compiled.resource && holds !== NO) note(compiled.resource(request.resource, request), 'resource');
  for (const condition of compiled.conditions) {
    if (holds === NO) break;
    const truth = condition.holds(request);
    if (truth === YES) continue;
    note(truth, 'condition', { condition: condition.source, given: request.entry(condition.key)?.values });
  }
  return { policy, statement, holds, failing };
}
