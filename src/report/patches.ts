import type { ResourceGraph } from '../environment/graph.ts';
import type { Assessment, PlacedPatch } from '../model/assessment.ts';
import type { Safeguard } from '../safeguards/safeguard.ts';

/**
 * The patch of every safeguard that some risk's proposal puts at some place, each once: what is proposed
 * for several risks is done once. Places outside of the graph (entered by hand) have none.
 */
export function patchesOf(
  assessment: Pick<Assessment, 'risks'>,
  graph: ResourceGraph,
  safeguards: readonly Safeguard[],
): readonly PlacedPatch[] {
  const byId = new Map(safeguards.map((each) => [each.id, each]));
  const proposed = assessment.risks.flatMap(({ proposal }) => proposal.safeguards);
  const places = Map.groupBy(proposed, ({ id, place }) => `${id} ${place}`);
  return [...places.values()].flatMap((same): readonly PlacedPatch[] => {
    const { id = '', place = '' } = same[0] ?? {};
    const safeguard = byId.get(id);
    const resource = graph.get(place);
    if (!safeguard || !resource) return [];
    return [{ safeguard: id, place, ...safeguard.remedy(graph, resource, wantedFacets(same)) }];
  });
}

/** The facets that are proposed at one place; undefined when the safeguard as a whole is. */
function wantedFacets(same: readonly { readonly facet?: string }[]): readonly string[] | undefined {
  const facets = same.map(({ facet }) => facet);
  return facets.includes(undefined) ? undefined : [...new Set(facets.filter((each) => each !== undefined))];
}
