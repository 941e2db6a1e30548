import type { Control } from '../../controls/control.ts';
import type { ResourceGraph } from '../../environment/graph.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { RulePage } from '../../risk/rule-page.ts';
import type { Safeguard } from '../../safeguards/safeguard.ts';

/** What is known while something is explained; patches need the graph. */
export interface ExplainContext {
  readonly assessment?: Assessment;
  readonly graph?: ResourceGraph;
  readonly controls: readonly Control[];
  readonly safeguards: readonly Safeguard[];
  readonly rules?: readonly RulePage[];
}
