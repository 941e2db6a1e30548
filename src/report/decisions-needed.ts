import type { Proposal, Risk } from '../model/risk.ts';
import { worstFirst } from './order.ts';

/** One thing to decide: a proposal, and all the risks that it answers. */
export interface DecisionNeeded {
  readonly proposal: Proposal;
  /** Worst first. */
  readonly risks: readonly Risk[];
}

/**
 * The decisions that matter most: risks with the same proposal are one decision; those that lower the
 * worst risks, and most of them, come first. Risks that are proposed to be accepted are decisions too.
 */
export function decisionsNeeded(risks: readonly Risk[]): readonly DecisionNeeded[] {
  const groups = Map.groupBy(worstFirst(risks), ({ proposal }) => proposalKey(proposal));
  const decisions = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ proposal: first.proposal, risks: group }] : [];
  });
  return decisions.sort(
    (a, b) => worst(b) - worst(a) || drops(b) - drops(a) || b.risks.length - a.risks.length,
  );
}

function proposalKey({ response, safeguards }: Proposal): string {
  const parts = safeguards.map(({ id, place, facet }) => `${id} ${facet ?? ''} ${place}`).sort();
  return [response, ...parts].join('\n');
}

function worst({ risks }: DecisionNeeded): number {
  return Math.max(...risks.map(({ current }) => current.high));
}

/** How many of the risks end in a lower band. */
function drops({ risks }: DecisionNeeded): number {
  return risks.filter(({ band }) => band.target !== band.current).length;
}
