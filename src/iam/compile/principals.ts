import type { CallerName, PreparedCaller } from '../caller.ts';
import type { PrincipalItem, PrincipalList, Statement } from '../language/policy.ts';
import { and, NO, not, or, type Truth, UNKNOWN, YES } from '../truth.ts';
import { type CompiledPrincipal, compilePrincipal } from './principal-item.ts';

/**
 * By which of its names a policy means a caller. A grant to the caller itself counts without its other
 * policies, one to the role behind a session is bounded by boundary and session policies, and one to the
 * account only delegates ("Policy evaluation for requests within a single account").
 */
export interface PrincipalMatch {
  readonly direct: Truth;
  readonly role: Truth;
  readonly account: Truth;
}

export const NOBODY: PrincipalMatch = { direct: NO, role: NO, account: NO };
export const EVERYBODY: PrincipalMatch = { direct: YES, role: NO, account: NO };

/** Answers who is meant; `bounded` says whether the caller has a permissions boundary. */
export type PrincipalMatcher = (caller: PreparedCaller, bounded: boolean) => PrincipalMatch;

/** Compiles the principals of a statement; answers are kept per caller, because callers come again. */
export function compilePrincipals(list: PrincipalList, effect: Statement['effect']): PrincipalMatcher {
  const items = list.items.map(compileItem);
  const match = list.negated ? exceptFor(items, effect) : (caller: PreparedCaller) => anyOf(items, caller);
  const answers = new WeakMap<PreparedCaller, PrincipalMatch>();
  const deniesBounded = list.negated && effect === 'Deny';
  return (caller, bounded) => {
    if (deniesBounded && bounded) return EVERYBODY;
    let answer = answers.get(caller);
    if (answer === undefined) {
      answer = match(caller);
      answers.set(caller, answer);
    }
    return answer;
  };
}

/** Whether the caller is meant by any of its names. */
export function meant(match: PrincipalMatch): Truth {
  return or(match.direct, or(match.role, match.account));
}

function compileItem(item: PrincipalItem): CompiledPrincipal {
  const compiled = compilePrincipal(item);
  if (!item.maybe) return compiled;
  return {
    everybody: and(compiled.everybody, UNKNOWN),
    named: (caller, name) => and(compiled.named(caller, name), UNKNOWN),
    outside: (caller) => and(compiled.outside(caller), UNKNOWN),
  };
}

function anyOf(items: readonly CompiledPrincipal[], caller: PreparedCaller): PrincipalMatch {
  if (caller.kind !== 'aws') return { ...NOBODY, direct: listedOutside(items, caller) };
  const answer = { direct: NO as Truth, role: NO as Truth, account: NO as Truth };
  for (const item of items) {
    answer.direct = or(answer.direct, item.everybody);
    if (item.everybody === YES) continue;
    for (const name of caller.names) {
      answer[name.level] = or(answer[name.level], item.named(caller, name));
    }
  }
  return answer;
}

/**
 * `NotPrincipal`. A Deny spares a caller only when each of its names is listed, from the account down
 * to the session; an Allow leaves out a caller when any of them is. (A Deny meets whoever has a
 * permissions boundary in any case.) Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal".
 */
function exceptFor(
  items: readonly CompiledPrincipal[],
  effect: Statement['effect'],
): (caller: PreparedCaller) => PrincipalMatch {
  return (caller) => {
    if (caller.kind !== 'aws') return { ...NOBODY, direct: not(listedOutside(items, caller)) };
    const listed = caller.names.map((name) => listedName(items, caller, name));
    const spared = effect === 'Deny' ? listed.reduce(and, YES as Truth) : listed.reduce(or, NO as Truth);
    return { ...NOBODY, direct: not(spared) };
  };
}

function listedName(items: readonly CompiledPrincipal[], caller: PreparedCaller, name: CallerName): Truth {
  return items.reduce<Truth>((sum, item) => or(sum, item.named(caller, name)), NO);
}

function listedOutside(items: readonly CompiledPrincipal[], caller: PreparedCaller): Truth {
  return items.reduce<Truth>((sum, item) => or(sum, item.outside(caller)), NO);
}
