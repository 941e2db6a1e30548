import type { ResourceGraph } from '../../environment/graph.ts';
import { SAFEGUARDS } from '../../safeguards/registry.generated.ts';
import { attachmentsOf } from '../../safeguards/run.ts';
import type { Candidate } from './change.ts';

/**
 * Every safeguard that is off, partial or undecided at a place. An account-level service that is merely not
 * declared is undecided, not off, in a part of an account: adding a second one would fail the deployment.
 */
export function candidatesOf(graph: ResourceGraph): readonly Candidate[] {
  return SAFEGUARDS.flatMap((safeguard) =>
    attachmentsOf(safeguard, graph).flatMap(
      ({ resource, state, because, source, undecided }): Candidate[] => {
        const place = graph.get(resource);
        if (!place || place.external || state === 'on' || state === 'not-applicable') return [];
        const id = `${safeguard.id}@${resource}`;
        const hasOpenValue = undecided !== undefined || place.exists.is === 'unknown';
        return [{ id, safeguard, place, state, because, hasOpenValue, ...(source ? { source } : {}) }];
      },
    ),
  );
}
