import type { ProblemDetails } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import { stringFrom, type Value } from '../../model/value.ts';
import { LIMITS } from '../limits.ts';
import { openText } from '../partial.ts';
import type { Policy, Statement } from './policy.ts';
import { FLAWS, policyProblem, tooLarge } from './problems.ts';
import { readStatement } from './read-statement.ts';

/** A policy, as far as it could be read, and everything that is wrong with it. */
export interface PolicyReading {
  readonly policy: Policy;
  /** Flaws for which IAM refuses the document; empty when it is well formed. */
  readonly problems: readonly ProblemDetails[];
}

/**
 * Reads a policy from a value of a template or of a document. What the reader of the template could not
 * decide stays open: a policy that is unknown as a whole may allow and may deny anything.
 */
export function readPolicy(value: Value, name: string): PolicyReading {
  const problems: ProblemDetails[] = [];
  const statements = statementsOf(value, [], problems);
  const id = value.kind === 'map' ? value.entries.get('Id') : undefined;
  const label = id === undefined ? undefined : stringFrom(id);
  return { policy: { name, ...(label === undefined ? {} : { id: label }), statements }, problems };
}

function statementsOf(value: Value, undecided: readonly string[], problems: ProblemDetails[]): Statement[] {
  switch (value.kind) {
    case 'unknown':
      return openStatements(0, value.expression, value, undecided);
    case 'oneOf':
      return value.options.flatMap((option) =>
        option.kind === 'absent' ? [] : statementsOf(option, [...undecided, value.condition], problems),
      );
    case 'map':
      return statementsOfMap(value, undecided, problems);
    default:
      problems.push(policyProblem('syntax', FLAWS.notAPolicy, value.span));
      return [];
  }
}

function statementsOfMap(
  value: Extract<Value, { kind: 'map' }>,
  undecided: readonly string[],
  problems: ProblemDetails[],
): Statement[] {
  const version = value.entries.get('Version');
  const written = version === undefined ? '2008-10-17' : stringFrom(version);
  if (written !== '2012-10-17' && written !== '2008-10-17' && version?.kind === 'known') {
    problems.push(policyProblem('version', FLAWS.badVersion, version.span));
  }
  const body = value.entries.get('Statement');
  if (body === undefined || body.kind === 'absent') {
    problems.push(policyProblem('syntax', FLAWS.noStatement, value.span));
    return [];
  }
  const items = body.kind === 'list' ? body.items : [body];
  if (items.length > LIMITS.statements) {
    problems.push(
      policyProblem('size', tooLarge(LIMITS.statements, text('statements', 'ステートメント')), body.span),
    );
    return [];
  }
  const variables = written === '2012-10-17';
  return items.flatMap((item, index) => statementsAt(item, index, { variables, undecided, problems }));
}

interface StatementContext {
  readonly variables: boolean;
  readonly undecided: readonly string[];
  readonly problems: ProblemDetails[];
}

function statementsAt(item: Value, index: number, context: StatementContext): readonly Statement[] {
  switch (item.kind) {
    case 'absent':
      return [];
    case 'unknown':
      return openStatements(index, item.expression, item, context.undecided);
    case 'oneOf':
      return item.options.flatMap((option) =>
        statementsAt(option, index, { ...context, undecided: [...context.undecided, item.condition] }),
      );
    case 'list':
      return item.items.flatMap((each) => statementsAt(each, index, context));
    case 'map':
      return readStatement(item, index, context);
    default:
      context.problems.push(policyProblem('syntax', FLAWS.badStatement, item.span));
      return [];
  }
}

/** What is not known at all may be an Allow and may be a Deny of everything. */
function openStatements(
  index: number,
  expression: string,
  value: Value,
  undecided: readonly string[],
): Statement[] {
  const item = { text: openText(expression), maybe: true, span: value.span };
  return (['Allow', 'Deny'] as const).map((effect) => ({
    index,
    effect,
    actions: { negated: false, items: [item] },
    resources: { negated: false, items: [item] },
    principals: { negated: false, items: [{ ...item, type: 'unknown' }] },
    conditions: [],
    variables: true,
    undecided: [...undecided, expression],
    span: value.span,
  }));
}
