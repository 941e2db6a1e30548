import type { ResourceGraph } from '../environment/graph.ts';
import { isOffAws } from '../environment/self-hosted/topology.ts';
import type { Control } from './control.ts';
import { CONTROL_LOADERS } from './loaders.generated.ts';

/**
 * Loads the controls that judge some resource of a graph, in the order of the registry. The others could
 * give no finding, and loading all of them takes longer than a small assessment.
 */
export async function controlsFor(graph: ResourceGraph): Promise<readonly Control[]> {
  // Where nothing of AWS was read there is no account whose settings could be judged.
  const offAws = isOffAws(graph);
  const wanted = CONTROL_LOADERS.filter(
    ({ resourceTypes }) =>
      graph.ofType(...resourceTypes).length > 0 && !(offAws && resourceTypes.every(isOfAccount)),
  );
  const modules = await Promise.all(wanted.map((loader) => loader.load()));
  return modules.map(({ definition }) => definition);
}

function isOfAccount(type: string): boolean {
  return type.startsWith('Account::');
}

/** Every resource type that some control judges. */
export function judgedTypes(): ReadonlySet<string> {
  return new Set(CONTROL_LOADERS.flatMap(({ resourceTypes }) => resourceTypes));
}
