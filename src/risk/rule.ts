import type { Text } from '../kernel/texts.ts';
import type { Resource } from '../model/resource.ts';
import type { AttackPath, Guard, Interval, RiskEvidence } from '../model/risk.ts';
import type { Factor } from '../model/safeguard.ts';
import type { RiskContext } from './context.ts';

/** One kind of thing that can happen, found on the paths of the graph. */
export interface RiskRule {
  readonly id: string;
  /** The number in the risk method's list. */
  readonly number: number;
  readonly title: Text;
  readonly factor: Factor;
  find(context: RiskContext): readonly Candidate[];
}

/** A risk as a rule finds it, before it is scored and a treatment is proposed. */
export interface Candidate {
  /** What the risk is about; with the rule it makes the risk's id. */
  readonly resources: readonly string[];
  /** Cause → event → effect. */
  readonly statement: { readonly cause: Text; readonly event: Text; readonly effect: Text };
  /** The assets that the event reaches. */
  readonly reaches: readonly Resource[];
  readonly threat: Threat;
  readonly paths: readonly AttackPath[];
  readonly limits?: readonly Guard[];
  readonly seenBy?: readonly Guard[];
  readonly evidence?: readonly RiskEvidence[];
  /** Controls whose failed findings on these resources are evidence. */
  readonly controls?: readonly string[];
  /** The exposure can simply be removed: by these of its guards. */
  readonly avoid?: { readonly guards: readonly Guard[]; readonly reason: Text };
  /** To whom the rest can be transferred, said beside the proposal. */
  readonly transfer?: Text;
}

/** How readily the threat occurs, with the row of the table that says so. */
export interface Threat {
  readonly level: Interval;
  readonly reason: Text;
}

/** Declares a risk rule; the folder's generated registry finds it by its file. */
export function riskRule(definition: RiskRule): RiskRule {
  return definition;
}
