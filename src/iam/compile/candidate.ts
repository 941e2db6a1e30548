import type { Policy, Statement } from '../language/policy.ts';
import type { Truth } from '../truth.ts';
import type { CompiledCondition } from './condition.ts';
import type { ResourceMatcher } from './elements.ts';
import type { PrincipalMatcher } from './principals.ts';

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
