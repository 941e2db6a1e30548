import { placeOf } from '../kernel/source-file.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { UnknownFact } from '../model/assessment.ts';
import type { Resource } from '../model/resource.ts';
import { showUndecided, type UnknownReason, visit } from '../model/value.ts';

/** The facts of the resources that could not be decided. A plain reference to another resource is decided. */
export function unknownFacts(resources: readonly Resource[]): readonly UnknownFact[] {
  const facts: UnknownFact[] = [];
  for (const resource of resources) {
    visit(resource.properties, (value, path) => {
      if (value.kind === 'oneOf') {
        facts.push(fact(resource, path, showUndecided(value), 'condition', value.span));
      } else if (value.kind === 'unknown' && value.why !== 'after-deployment') {
        facts.push(fact(resource, path, showUndecided(value), value.why, value.span));
      }
    });
    if (resource.exists.is !== 'unknown') continue;
    for (const value of resource.exists.undecided) {
      const expression = showUndecided(value);
      facts.push(fact(resource, [], expression, 'condition', value.span));
    }
  }
  return facts;
}

function fact(
  resource: Resource,
  path: readonly (string | number)[],
  expression: string,
  why: UnknownReason,
  span: Resource['span'],
): UnknownFact {
  return {
    resource: resource.id,
    property: path.join('.'),
    expression,
    why: REASONS[why],
    ...(span.file.path ? { source: placeOf(span) } : {}),
  };
}

const REASONS: Readonly<Record<UnknownReason, Text>> = {
  'after-deployment': text('known only after deployment', 'デプロイ後にしか分かりません'),
  parameter: text('a parameter without a value here', '値が与えられていないパラメータです'),
  'pseudo-parameter': text('depends on the account and region', 'アカウントとリージョンによって決まります'),
  import: text('imported from a stack that was not given', '指定されていないスタックから取り込まれる値です'),
  'dynamic-reference': text('looked up at deployment', 'デプロイ時に参照される値です'),
  condition: text('depends on a condition that cannot be decided', '判定できない条件によって決まります'),
  function: text('the function cannot be computed here', 'ここでは計算できない関数です'),
  'dangling-reference': text(
    'refers to something that is not declared',
    '宣言されていないものを参照しています',
  ),
  'not-collected': text(
    'the account did not answer, or was not asked',
    'アカウントから回答が得られなかったか、問い合わせていません',
  ),
  invalid: text('written wrongly', '書き方が正しくありません'),
};
