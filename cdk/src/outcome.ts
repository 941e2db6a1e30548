import type { CfnResource } from 'aws-cdk-lib/core';
import type { SafeguardId } from './catalogue.ts';

/** What became of one safeguard at one place. */
export interface Outcome {
  readonly safeguard: SafeguardId;
  /** The path of the construct at which it attaches. */
  readonly place: string;
  readonly state: 'attached' | 'already-on' | 'not-attached';
  /** What was done, or why nothing was and what would do it. */
  readonly because: string;
}

/** What one construct did at its place, before it is known under which name. */
export type Done = Omit<Outcome, 'safeguard' | 'place'>;

export function attached(because: string): Done {
  return { state: 'attached', because };
}

export function alreadyOn(because: string): Done {
  return { state: 'already-on', because };
}

export function notAttached(because: string): Done {
  return { state: 'not-attached', because };
}

export function outcomeAt(safeguard: SafeguardId, place: CfnResource, done: Done): Outcome {
  return { safeguard, place: place.node.path, ...done };
}
