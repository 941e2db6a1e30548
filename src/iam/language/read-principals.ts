import type { ProblemDetails } from '../../kernel/errors.ts';
import type { MapValue, Value } from '../../model/value.ts';
import { openText, partialOfUnknown } from '../partial.ts';
import type { PrincipalItem, PrincipalList, PrincipalType } from './policy.ts';
import { bothElements, FLAWS, policyProblem } from './problems.ts';
import { readElements } from './read-elements.ts';

const TYPES: ReadonlySet<string> = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser']);

/** Reads `Principal` or `NotPrincipal`; undefined when the statement has neither. */
export function readPrincipals(statement: MapValue, problems: ProblemDetails[]): PrincipalList | undefined {
  const plain = statement.entries.get('Principal');
  const negated = statement.entries.get('NotPrincipal');
  if (plain !== undefined && negated !== undefined) {
    problems.push(policyProblem('syntax', bothElements('Principal', 'NotPrincipal'), negated.span));
  }
  const chosen = plain ?? negated;
  if (chosen === undefined || chosen.kind === 'absent') return undefined;
  return { negated: plain === undefined, items: itemsOf(chosen, false, problems) };
}

function itemsOf(value: Value, maybe: boolean, problems: ProblemDetails[]): readonly PrincipalItem[] {
  switch (value.kind) {
    case 'known':
      if (value.value === '*') return [{ type: '*', text: '*', maybe, span: value.span }];
      break;
    case 'unknown':
      return [{ type: 'unknown', text: partialOfUnknown(value), maybe, span: value.span }];
    case 'oneOf':
      return value.options.flatMap((option) =>
        option.kind === 'absent' ? [] : itemsOf(option, true, problems),
      );
    case 'map':
      return [...value.entries].flatMap(([type, entry]) => typedItems(type, entry, maybe, problems));
    default:
      break;
  }
  problems.push(policyProblem('syntax', FLAWS.badPrincipal, value.span));
  return [];
}

function typedItems(
  type: string,
  value: Value,
  maybe: boolean,
  problems: ProblemDetails[],
): readonly PrincipalItem[] {
  if (!TYPES.has(type)) {
    problems.push(policyProblem('syntax', FLAWS.badPrincipal, value.span));
    return [];
  }
  if (value.kind === 'unknown' && value.parts === undefined) {
    return [{ type: type as PrincipalType, text: openText(value.expression), maybe, span: value.span }];
  }
  return readElements(value, type, problems).map((element) => ({
    ...element,
    type: type as PrincipalType,
    maybe: maybe || element.maybe,
  }));
}
