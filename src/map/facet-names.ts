import { type Text, verbatim } from '../kernel/texts.ts';
import { SAFEGUARDS } from '../safeguards/registry.generated.ts';

/** What people call a facet of a safeguard; its id where nobody gave it a name. */
export function facetName(safeguard: string, facet: string): Text {
  const facets = SAFEGUARDS.find(({ id }) => id === safeguard)?.facets;
  return facets?.find(({ id }) => id === facet)?.name ?? verbatim(facet);
}
