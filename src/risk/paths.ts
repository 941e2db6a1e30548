import { hop, type NetworkHop, startHop } from '../environment/reachability/index.ts';
import type { Text } from '../kernel/texts.ts';
import { type Answer, YES } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import type { AttackPath, Guard, PathStep } from '../model/risk.ts';
import type { Effect, SafeguardState } from '../model/safeguard.ts';
import { showUndecided, type Value } from '../model/value.ts';
import { guardKey, pathOpenness } from './score.ts';

/** Something that happens at a resource, as the next step of a path. */
export function at(resource: Resource, what: Text, value?: Value): NetworkHop {
  const written = value && value.kind !== 'absent' ? value : undefined;
  return hop(resource.id, what, written ?? resource);
}

export { startHop };

/**
 * A path of hops with the guards on it: each stands at the last step of its own place, or at the end
 * where the path does not pass its place.
 */
export function attackPath(
  hops: readonly NetworkHop[],
  guards: readonly Guard[],
  answer: Answer = YES,
): AttackPath {
  const distinct = [...new Map(guards.map((guard) => [guardKey(guard), guard])).values()];
  const placed = new Map<number, Guard[]>();
  for (const guard of distinct) {
    const found = hops.findLastIndex((each) => each.resource === guard.place);
    const index = found < 0 ? hops.length - 1 : found;
    placed.set(index, [...(placed.get(index) ?? []), guard]);
  }
  const steps: PathStep[] = hops.map((each, index) => ({ ...each, guards: placed.get(index) ?? [] }));
  if (answer.is !== 'unknown') return { decided: true, steps };
  const undecided = [...new Set(answer.undecided.map(showUndecided))].slice(0, MOST_EXPRESSIONS);
  return { decided: false, steps, undecided };
}

const MOST_EXPRESSIONS = 8;

/** A guard whose state the topology itself decides: what stands open is off, what is undecided unknown. */
export function topologyGuard(
  safeguard: string,
  place: string,
  answer: Answer,
  options: { readonly effect?: Effect; readonly facet?: string } = {},
): Guard {
  const state: SafeguardState = answer.is === 'unknown' ? 'unknown' : answer.is === 'yes' ? 'off' : 'on';
  const { effect = 'block', facet } = options;
  return { safeguard, ...(facet === undefined ? {} : { facet }), place, effect, state, proposed: false };
}

/** Paths that differ in nothing that counts are told once; the most open ones come first. */
export function essential(paths: readonly AttackPath[]): readonly AttackPath[] {
  const bySignature = new Map<string, AttackPath>();
  for (const path of paths) {
    const signature = signatureOf(path);
    if (!bySignature.has(signature)) bySignature.set(signature, path);
  }
  return [...bySignature.values()]
    .map((path) => ({ path, open: pathOpenness(path, 'current', 'high') }))
    .sort((a, b) => b.open - a.open || Number(b.path.decided) - Number(a.path.decided))
    .map(({ path }) => path);
}

function signatureOf(path: AttackPath): string {
  const guards = path.steps
    .filter((step) => step.guards.length > 0)
    .map((step) => step.guards.map((guard) => `${guardKey(guard)}=${guard.state}`).join(','));
  return `${path.decided} ${guards.join(' > ')}`;
}
