import type { Text } from '../kernel/texts.ts';
import { type Answer, YES } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import type { AttackPath, Guard } from '../model/risk.ts';
import type { Value } from '../model/value.ts';
import { at, attackPath } from './paths.ts';

/** A path of one step: something about a resource is as it is, and the guards that would stop the event. */
export function factPath(
  resource: Resource,
  fact: { readonly what: Text; readonly at?: Value },
  guards: readonly Guard[],
  answer: Answer = YES,
): AttackPath {
  return attackPath([at(resource, fact.what, fact.at)], guards, answer);
}
