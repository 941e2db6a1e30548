import type { ResourceGraph } from '../../environment/graph.ts';
import type { Assessment } from '../../model/assessment.ts';

/** A state as it was read and assessed. */
export interface AssessedState {
  readonly graph: ResourceGraph;
  readonly assessment: Assessment;
}
