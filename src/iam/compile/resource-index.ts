import { tokensOf } from '../match/tokens.ts';
import type { PartialString } from '../partial.ts';
import type { Candidate } from './candidate.ts';

/** Fewer statements than this are asked one by one. */
const WORTH_INDEXING = 8;

/** The candidates of one action that a resource may concern, Deny statements first. */
export type CandidatesByResource = (resource: PartialString) => readonly Candidate[];

/**
 * Narrows the Allow statements of an action by the literal beginnings of their resource patterns: one
 * that begins otherwise than the request's resource cannot match it. Letters are compared without case,
 * because the service of an ARN is; what is not ASCII ends the beginning, because its case depends on
 * what follows.
 */
export function indexByResource(
  denies: readonly Candidate[],
  allows: readonly Candidate[],
): CandidatesByResource {
  const all = [...denies, ...allows];
  if (allows.length < WORTH_INDEXING) return () => all;
  const always = [...denies];
  const byLength = new Map<number, Map<string, Candidate[]>>();
  for (const candidate of allows) {
    const beginnings = beginningsOf(candidate);
    if (beginnings.includes('')) always.push(candidate);
    else for (const beginning of beginnings) put(byLength, beginning, candidate);
  }
  return (resource) => {
    if (typeof resource !== 'string') return all;
    const text = resource.toLowerCase();
    let found: readonly Candidate[] = always;
    for (const [length, group] of byLength) {
      const here = length <= text.length ? group.get(text.slice(0, length)) : undefined;
      if (here !== undefined) found = found.length === 0 ? here : found.concat(here);
    }
    return found;
  };
}

function put(byLength: Map<number, Map<string, Candidate[]>>, beginning: string, candidate: Candidate): void {
  const group = byLength.get(beginning.length) ?? new Map<string, Candidate[]>();
  byLength.set(beginning.length, group);
  const list = group.get(beginning);
  if (list) list.push(candidate);
  else group.set(beginning, [candidate]);
}

/** The shortest literal beginnings of a statement's resources; an empty one where anything may match. */
function beginningsOf({ compiled }: Candidate): readonly string[] {
  const { resources, variables } = compiled.statement;
  if (resources === undefined || resources.negated) return [''];
  const all = resources.items.map(({ text }) => literalBeginning(text, variables)).toSorted();
  return all.filter((each, index) => !all.slice(0, index).some((shorter) => each.startsWith(shorter)));
}

function literalBeginning(text: PartialString, variables: boolean): string {
  const first = tokensOf(text, { wildcards: true, variables })[0];
  if (typeof first !== 'string') return '';
  const foreign = [...first].findIndex((character) => character > '\u007f');
  return (foreign < 0 ? first : first.slice(0, foreign)).toLowerCase();
}
