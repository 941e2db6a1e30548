import type { Language } from '../kernel/texts.ts';
import { roleOf } from '../map/roles.ts';
import type { AssessedResource } from '../model/assessment.ts';
import type { PathStep } from '../model/risk.ts';
import { type Namer, namerOf } from './names.ts';

/** Tells a path on one line. */
export type PathTeller = (path: readonly PathStep[]) => string;

/** What a reader need not see on the line: rules, gateways and parts; the hops below it name them all. */
const SILENT_ROLES: readonly string[] = ['network', 'gateway', 'part', 'subnet', 'vpc'];

/**
 * Tells paths by their main stops: `internet → LoadBalancer → WebServer → Database`. The last hop is
 * always told.
 */
export function pathTeller(
  resources: readonly Named[],
  language: Language,
  namer: Namer = namerOf({ resources }),
): PathTeller {
  const silent = new Set(
    resources.filter(({ type }) => SILENT_ROLES.includes(roleOf(type))).map(({ id }) => id),
  );
  return (path) => {
    const stops = path.filter((step, index) => index === path.length - 1 || !silent.has(step.resource));
    const names = stops.map((step) => namer(step.resource)[language]);
    return names.filter((name, index) => name !== names[index - 1]).join(' → ');
  };
}

type Named = Pick<AssessedResource, 'id' | 'name' | 'type'>;
