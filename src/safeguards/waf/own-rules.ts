import { text } from '../../kernel/texts.ts';
import type { Answer } from '../../model/answer.ts';
import { get, stringFrom, type Value } from '../../model/value.ts';
import { hasKey } from '../values.ts';
import { type Contribution, nameOf, STOPPING, scopedDown, undecidedJudgement } from './contribution.ts';
import { ruleStatements } from './statements.ts';

/** What a rate-based rule does: it counts where it stops requests, for all of them. */
export function rateRule(rule: Value, rate: Value, onlyCounts: boolean): Contribution {
  const name = nameOf(rule);
  const stops: Answer = hasKey(get(rule, 'Action'), ...STOPPING);
  if (onlyCounts || stops.is === 'no') {
    return {
      facet: 'rate',
      strength: 'none',
      because: text(`the rate rule ${name} only counts`, `レートルール${name}はカウントのみです`),
      at: get(rule, 'Action'),
    };
  }
  if (stops.is === 'unknown') return { facet: 'rate', ...undecidedJudgement(name, get(rule, 'Action')) };
  const scope = get(rate, 'ScopeDownStatement');
  if (scope.kind !== 'absent') return { facet: 'rate', ...scopedDown(name, scope) };
  const limit = stringFrom(get(rate, 'Limit')) ?? '?';
  const window = stringFrom(get(rate, 'EvaluationWindowSec')) ?? '300';
  return {
    facet: 'rate',
    strength: 'full',
    because: text(
      `more than ${limit} requests in ${window} s are blocked`,
      `${window}秒に${limit}件を超えるリクエストを遮断します`,
    ),
    at: rate,
  };
}

/** Own SQL injection and cross-site scripting statements count where they block. */
export function ownStatements(rule: Value, statement: Value, onlyCounts: boolean): readonly Contribution[] {
  if (onlyCounts || hasKey(get(rule, 'Action'), ...STOPPING).is === 'no') return [];
  const parts = ruleStatements(statement);
  const found: Contribution[] = [];
  const name = nameOf(rule);
  const sqli = parts.filter((each) => each.kind === 'SqliMatchStatement' && !each.negated);
  if (sqli.length > 0) {
    const everywhere =
      !sqli.some((each) => each.required) && coversQueryAndBody(sqli.map((each) => each.value));
    found.push({
      facet: 'sqli',
      strength: everywhere ? 'full' : 'partial',
      because: everywhere
        ? text(`rule ${name} blocks SQL injection`, `ルール${name}がSQLインジェクションをブロックします`)
        : text(
            `rule ${name} looks for SQL injection in a part of the request only`,
            `ルール${name}はリクエストの一部でのみSQLインジェクションを検査します`,
          ),
      at: statement,
    });
  }
  if (parts.some((each) => each.kind === 'XssMatchStatement' && !each.negated)) {
    found.push({
      facet: 'common',
      strength: 'partial',
      because: text(
        `rule ${name} blocks cross-site scripting only`,
        `ルール${name}はクロスサイトスクリプティングだけをブロックします`,
      ),
      at: statement,
    });
  }
  return found;
}

function coversQueryAndBody(statements: readonly Value[]): boolean {
  const inspects = (...fields: readonly string[]) =>
    statements.some((each) => hasKey(get(each, 'FieldToMatch'), ...fields).is === 'yes');
  return inspects('QueryString', 'AllQueryArguments') && inspects('Body', 'JsonBody');
}
