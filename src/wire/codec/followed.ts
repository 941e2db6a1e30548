/**
 * A member and the one that came after it last time. Messages of a kind mostly hold the same members in the same
 * order, so that nothing has to be looked up by its name.
 */
export interface Followed<Step> {
  next: Step | undefined;
}

/** Links members in the order of the model, which is right for the first message of most clients. Returns the start. */
export function inTurn<Step extends Followed<Step>>(steps: readonly Step[]): Followed<Step> {
  for (const [index, step] of steps.entries()) step.next = steps[index + 1];
  return { next: steps[0] };
}
