import type { CallerName, PreparedCaller } from '../caller.ts';
import type { PrincipalItem } from '../language/policy.ts';
import { arnText } from '../match/arn.ts';
import { matchPartial } from '../match/partial-match.ts';
import { tokensOf } from '../match/tokens.ts';
import type { PartialString, PartialText } from '../partial.ts';
import { and, NO, or, type Truth, truthOf, UNKNOWN, YES } from '../truth.ts';

/** One entry of a Principal element, ready to be compared. */
export interface CompiledPrincipal {
  /** Whether the entry means everybody of its kind, so that it grants to the caller itself. */
  readonly everybody: Truth;
  /** Whether the entry is this name of an AWS caller. */
  named(caller: PreparedCaller, name: CallerName): Truth;
  /** Whether the entry is this service, identity provider or anonymous caller. */
  outside(caller: PreparedCaller): Truth;
}

const nobody = () => NO;

/** Compiles one entry. Principals are compared whole: there are no wildcards inside of them. */
export function compilePrincipal(item: PrincipalItem): CompiledPrincipal {
  switch (item.type) {
    case '*':
      return { everybody: YES, named: () => YES, outside: () => YES };
    case 'unknown':
      return { everybody: UNKNOWN, named: () => UNKNOWN, outside: () => UNKNOWN };
    case 'AWS':
      return awsPrincipal(item.text);
    case 'Service':
      return outsider(item.text, 'service');
    case 'Federated':
      return outsider(item.text, 'federated');
    case 'CanonicalUser':
      return { everybody: NO, named: (caller, name) => canonical(item.text, caller, name), outside: nobody };
  }
}

function awsPrincipal(text: PartialString): CompiledPrincipal {
  if (text === '*') {
    return { everybody: YES, named: () => YES, outside: (caller) => truthOf(caller.kind === 'anonymous') };
  }
  const account = accountMeant(text);
  if (account !== undefined) {
    return {
      everybody: NO,
      named: (caller, name) => (name.level === 'account' ? equal(account, caller.account) : NO),
      outside: nobody,
    };
  }
  if (typeof text === 'string' && !text.startsWith('arn:')) {
    return { everybody: NO, named: (caller, name) => uniqueId(text, caller, name), outside: nobody };
  }
  if (typeof text === 'string') {
    return { everybody: NO, named: (_caller, name) => equal(text, name.arn), outside: nobody };
  }
  return openPrincipal(text);
}

/** An entry with holes may turn out to be `*`, an account number or a unique id as well as an ARN. */
function openPrincipal(text: PartialText): CompiledPrincipal {
  const everybody = and(equal(text, '*'), UNKNOWN);
  return {
    everybody,
    named(caller, name) {
      const byName = equal(text, name.arn);
      if (byName === YES) return YES;
      const other = or(equal(text, caller.id), name.level === 'account' ? equal(text, caller.account) : NO);
      return or(or(byName, everybody), and(other, UNKNOWN));
    },
    outside: (caller) => (caller.kind === 'anonymous' ? everybody : NO),
  };
}

/** The account that an entry such as `111122223333` or `arn:aws:iam::111122223333:root` means. */
function accountMeant(text: PartialString): PartialString | undefined {
  if (typeof text === 'string' && /^\d{12}$/.test(text)) return text;
  if (typeof text === 'object' && text.parts.length === 1) {
    const only = text.parts[0];
    if (typeof only === 'object' && only.type === 'account') return text;
  }
  const segments = arnText(text).segments;
  return segments?.[5] === 'root' ? segments[4] : undefined;
}

/**
 * IAM replaces the ARN of a deleted user or role by its unique id; whoever gets the same name later
 * has another id and is not meant.
 */
function uniqueId(text: string, caller: PreparedCaller, name: CallerName): Truth {
  const id = caller.id?.split(':', 1)[0];
  if (id === undefined || id !== text) return NO;
  const own = caller.type === 'role-session' ? 'role' : 'direct';
  return truthOf(name.level === own);
}

function canonical(text: PartialString, caller: PreparedCaller, name: CallerName): Truth {
  return name.level === 'account' ? equal(text, caller.canonicalUser) : NO;
}

function outsider(text: PartialString, kind: PreparedCaller['kind']): CompiledPrincipal {
  const matches = (caller: PreparedCaller) => {
    if (caller.kind !== kind) return NO;
    return text === '*' ? YES : or(equal(text, caller.name), and(equal(text, '*'), UNKNOWN));
  };
  return { everybody: NO, named: nobody, outside: matches };
}

function equal(wanted: PartialString, given: PartialString | undefined): Truth {
  if (given === undefined) return NO;
  if (typeof wanted === 'string' && typeof given === 'string') return truthOf(wanted === given);
  return matchPartial(tokensOf(wanted, { wildcards: false, variables: false }), given);
}
