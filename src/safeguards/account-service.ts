import type { ResourceGraph } from '../environment/graph.ts';
import type { Resource } from '../model/resource.ts';
import { type HowToLearn, notDeclarable, notDeclared } from './absence.ts';
import { providedBy, strongest } from './presence.ts';
import type { Presence } from './safeguard.ts';

/** The declared resources of some types. */
export function declared(graph: ResourceGraph, ...types: readonly string[]): readonly Resource[] {
  return graph.ofType(...types).filter((each) => !each.external);
}

/** A service of the account or region: as its best declaring resource says, else absent by scope. */
export function serviceState(
  graph: ResourceGraph,
  types: readonly string[],
  judge: (provider: Resource) => Presence,
  missing: HowToLearn,
): Presence {
  return declaredState(graph, types, judge) ?? notDeclared(graph, missing);
}

/** A fact that only a pseudo-type shows: as it says, else unknown because CloudFormation cannot say it. */
export function accountFact(
  graph: ResourceGraph,
  type: string,
  judge: (fact: Resource) => Presence,
  missing: HowToLearn,
): Presence {
  return declaredState(graph, [type], judge) ?? notDeclarable(missing);
}

function declaredState(
  graph: ResourceGraph,
  types: readonly string[],
  judge: (provider: Resource) => Presence,
): Presence | undefined {
  return strongest(declared(graph, ...types).map((provider) => providedBy(provider, judge(provider))));
}
