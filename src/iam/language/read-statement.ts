import type { ProblemDetails } from '../../kernel/errors.ts';
import type { Span } from '../../kernel/source-file.ts';
import { type MapValue, stringFrom, type Value } from '../../model/value.ts';
import type { ElementList, Statement } from './policy.ts';
import { badValue, bothElements, FLAWS, policyProblem, unknownElement } from './problems.ts';
import { readConditions } from './read-conditions.ts';
import { readElements } from './read-elements.ts';
import { readPrincipals } from './read-principals.ts';

export interface StatementContext {
  readonly variables: boolean;
  readonly undecided: readonly string[];
  readonly problems: ProblemDetails[];
}

const ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

/** Reads one statement; an effect that is not decided gives one statement for each effect it may have. */
export function readStatement(
  value: MapValue,
  index: number,
  context: StatementContext,
): readonly Statement[] {
  const { problems } = context;
  for (const [key, entry] of value.entries) {
    if (!ELEMENTS.has(key)) problems.push(policyProblem('syntax', unknownElement(key), entry.span));
  }
  const actions = readList(value, 'Action', problems);
  if (actions === undefined) problems.push(policyProblem('syntax', FLAWS.noAction, value.span));
  const resources = readList(value, 'Resource', problems);
  const principals = readPrincipals(value, problems);
  const { conditions, undecided } = readConditions(value.entries.get('Condition'), problems);
  const sid = sidOf(value, problems);
  const effects = effectsOf(value.entries.get('Effect'), value.span, problems);
  return effects.map(({ effect, because }) => ({
    index,
    ...(sid === undefined ? {} : { sid }),
    effect,
    actions: actions ?? { negated: false, items: [] },
    ...(resources === undefined ? {} : { resources }),
    ...(principals === undefined ? {} : { principals }),
    conditions,
    variables: context.variables,
    undecided: [...context.undecided, ...undecided, ...because],
    span: value.span,
  }));
}

function readList(value: MapValue, name: string, problems: ProblemDetails[]): ElementList | undefined {
  const plain = present(value.entries.get(name));
  const negated = present(value.entries.get(`Not${name}`));
  if (plain !== undefined && negated !== undefined) {
    problems.push(policyProblem('syntax', bothElements(name, `Not${name}`), negated.span));
  }
  const chosen = plain ?? negated;
  if (chosen === undefined) return undefined;
  return { negated: plain === undefined, items: readElements(chosen, name, problems) };
}

function present(value: Value | undefined): Value | undefined {
  return value === undefined || value.kind === 'absent' ? undefined : value;
}

function sidOf(value: MapValue, problems: ProblemDetails[]): string | undefined {
  const sid = present(value.entries.get('Sid'));
  if (sid === undefined) return undefined;
  if (sid.kind === 'known') return stringFrom(sid);
  if (sid.kind === 'list' || sid.kind === 'map')
    problems.push(policyProblem('syntax', badValue('Sid'), sid.span));
  return undefined;
}

interface PossibleEffect {
  readonly effect: 'Allow' | 'Deny';
  readonly because: readonly string[];
}

function effectsOf(
  value: Value | undefined,
  span: Span,
  problems: ProblemDetails[],
): readonly PossibleEffect[] {
  if (value?.kind === 'known' && (value.value === 'Allow' || value.value === 'Deny')) {
    return [{ effect: value.value, because: [] }];
  }
  if (value?.kind === 'unknown') {
    return [
      { effect: 'Allow', because: [value.expression] },
      { effect: 'Deny', because: [value.expression] },
    ];
  }
  if (value?.kind === 'oneOf') {
    return value.options.flatMap((option) =>
      effectsOf(option, span, problems).map((each) => ({
        effect: each.effect,
        because: [value.condition, ...each.because],
      })),
    );
  }
  problems.push(policyProblem('syntax', FLAWS.noEffect, value?.span ?? span));
  return [];
}
