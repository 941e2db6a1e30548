import type { ResourceGraph } from '../environment/graph.ts';
import { readNamed } from '../environment/reachability/index.ts';
import { type Condition, type Statement, showPartial } from '../iam/engine.ts';
import type { Resource } from '../model/resource.ts';
import { get, type Value } from '../model/value.ts';

/** An Allow statement of a role's trust policy, with whether it surely holds. */
export interface TrustStatement {
  readonly statement: Statement;
  readonly sure: boolean;
  readonly policy: Value;
}

/** The Allow statements of the trust policy of a role. */
export function trustOf(graph: ResourceGraph, role: Resource): readonly TrustStatement[] {
  const policy = get(role.properties, 'AssumeRolePolicyDocument');
  if (policy.kind !== 'map') return [];
  return readNamed(graph, policy)
    .statements.filter((statement) => statement.effect === 'Allow')
    .map((statement) => ({ statement, sure: statement.undecided.length === 0, policy }));
}

/** The principals of a kind that a statement trusts, as text. */
export function principalsOf(statement: Statement, type: string): readonly string[] {
  const list = statement.principals;
  if (!list || list.negated) return [];
  return list.items.filter((item) => item.type === type).map((item) => showPartial(item.text));
}

/** Whether a statement asks for a key; the key's ending is compared without regard to case. */
export function conditionOn(statement: Statement, ending: string): Condition | undefined {
  return statement.conditions.find((condition) => condition.key.toLowerCase().endsWith(ending.toLowerCase()));
}

/** A subject that begins with a wildcard, or names no repository's owner. */
const ANYTHING = /^(?:repo:|project_path:)?\*/;

/** Whether a condition lets everybody through (`*`, `repo:*`). */
export function admitsAnything(condition: Condition): boolean {
  return condition.values.some((value) => typeof value.text === 'string' && ANYTHING.test(value.text));
}
