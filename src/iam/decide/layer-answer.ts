import type { Candidate } from '../compile/candidate.ts';
import { meant } from '../compile/principals.ts';
import { holdsApartFromPrincipal, type PolicyProgram } from '../compile/program.ts';
import type { PreparedRequest } from '../request.ts';
import { and, NO, not, or, type Truth, YES } from '../truth.ts';

/** What one layer says: whether it refuses, and whether it allows. */
export interface LayerAnswer {
  readonly deny: Truth;
  readonly allow: Truth;
}

/** What the resource's side says: grants to the caller itself, to its role, to its account. */
export interface ResourceAnswer {
  readonly deny: Truth;
  readonly direct: Truth;
  readonly role: Truth;
  readonly account: Truth;
}

const TRUTHS: readonly Truth[] = [0, 1, 2];
const ANSWERS: readonly LayerAnswer[] = TRUTHS.flatMap((deny) => TRUTHS.map((allow) => ({ deny, allow })));

/** The answer object for two truths; there are nine of them and none is made anew. */
export function layerAnswer(deny: Truth, allow: Truth): LayerAnswer {
  return ANSWERS[deny * 3 + allow] as LayerAnswer;
}

/** The answer of a layer that does not apply. */
export const UNLIMITED: LayerAnswer = layerAnswer(NO, YES);
export const SILENT: LayerAnswer = layerAnswer(NO, NO);
const SILENT_RESOURCE: ResourceAnswer = { deny: NO, direct: NO, role: NO, account: NO };

/** Asks the statements of one layer; a statement with principals counts when it means the caller. */
export function answerOf(program: PolicyProgram, request: PreparedRequest, bounded = false): LayerAnswer {
  let deny: Truth = NO;
  let allow: Truth = NO;
  for (const candidate of program.candidatesFor(request.action, request.resource.text)) {
    const { allows } = candidate.compiled;
    if (allows && allow === YES) break;
    const truth = holds(candidate, request, bounded);
    if (truth === NO) continue;
    if (allows) {
      if (truth > allow) allow = truth;
    } else {
      if (truth === YES) return layerAnswer(YES, NO);
      deny = truth;
    }
  }
  return layerAnswer(deny, allow);
}

/** Whether a statement holds for a request, its principals included. */
export function holds(candidate: Candidate, request: PreparedRequest, bounded: boolean): Truth {
  const { principal } = candidate.compiled;
  if (principal === undefined) return holdsApartFromPrincipal(candidate, request);
  const named = meant(principal(request.caller, bounded));
  return named === NO ? NO : and(named, holdsApartFromPrincipal(candidate, request));
}

/** The answer of organisation policies: every level must allow, and any may refuse. */
export function answerOfLevels(
  programs: readonly PolicyProgram[] | undefined,
  request: PreparedRequest,
  applies: Truth,
): LayerAnswer {
  if (programs === undefined || applies === NO) return UNLIMITED;
  let deny: Truth = NO;
  let allow: Truth = YES;
  for (const program of programs) {
    const answer = answerOf(program, request);
    deny = or(deny, answer.deny);
    allow = and(allow, answer.allow);
  }
  return layerAnswer(and(deny, applies), or(allow, not(applies)));
}

/** The answer of the resource's policy and grants, told apart by whom they name. */
export function answerOfResource(
  programs: readonly (PolicyProgram | undefined)[],
  request: PreparedRequest,
  bounded: boolean,
): ResourceAnswer {
  let answer = SILENT_RESOURCE;
  for (const program of programs) {
    if (program !== undefined) answer = addProgram(answer, program, request, bounded);
  }
  return answer;
}

function addProgram(
  before: ResourceAnswer,
  program: PolicyProgram,
  request: PreparedRequest,
  bounded: boolean,
): ResourceAnswer {
  let { deny, direct, role, account } = before;
  for (const candidate of program.candidatesFor(request.action, request.resource.text)) {
    const match = candidate.compiled.principal?.(request.caller, bounded);
    if (match === undefined || meant(match) === NO) continue;
    const truth = holdsApartFromPrincipal(candidate, request);
    if (truth === NO) continue;
    if (!candidate.compiled.allows) {
      deny = or(deny, and(truth, meant(match)));
      continue;
    }
    direct = or(direct, and(truth, match.direct));
    role = or(role, and(truth, match.role));
    account = or(account, and(truth, match.account));
  }
  return { deny, direct, role, account };
}
