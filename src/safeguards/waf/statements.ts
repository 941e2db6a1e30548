import { get, itemsOf, type Value } from '../../model/value.ts';

/** A statement inside a rule, with how it is nested. */
export interface StatementPart {
  readonly kind: string;
  readonly value: Value;
  /** Below an And: something else must hold as well. */
  readonly required: boolean;
  /** Below a Not. */
  readonly negated: boolean;
}

const MAX_DEPTH = 20;

/** The simple statements of a rule's statement, out of And, Or and Not. */
export function ruleStatements(statement: Value): readonly StatementPart[] {
  return collect(statement, { required: false, negated: false }, 0);
}

interface Nesting {
  readonly required: boolean;
  readonly negated: boolean;
}

function collect(statement: Value, nesting: Nesting, depth: number): readonly StatementPart[] {
  if (statement.kind !== 'map' || depth > MAX_DEPTH) return [];
  return [...statement.entries].flatMap(([kind, value]): readonly StatementPart[] => {
    switch (kind) {
      case 'AndStatement':
        return below(value, { ...nesting, required: true }, depth);
      case 'OrStatement':
        return below(value, nesting, depth);
      case 'NotStatement':
        return collect(get(value, 'Statement'), { ...nesting, negated: !nesting.negated }, depth + 1);
      default:
        return [{ kind, value, ...nesting }];
    }
  });
}

function below(value: Value, nesting: Nesting, depth: number): readonly StatementPart[] {
  return itemsOf(get(value, 'Statements')).flatMap((each) => collect(each, nesting, depth + 1));
}
