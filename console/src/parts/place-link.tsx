import type { Place } from '../../../src/api/contract.ts';
import { showPlace } from '../language/format.ts';

/** Where a fact is written, as file and line. */
export function PlaceText({ place }: { readonly place?: Place | undefined }) {
  return place ? <code className="place">{showPlace(place)}</code> : null;
}
