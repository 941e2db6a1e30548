import { stableId } from '../kernel/ids.ts';
import { compare } from '../kernel/order.ts';
import type { Guard, Risk } from '../model/risk.ts';
import { guardKey } from './score.ts';

/**
 * What a decision about a risk is bound to: the failed findings, the hops of its paths, the states of the
 * safeguards on them and the classes of the assets. Texts, labels and line numbers do not count, nor does
 * the order in which anything is told.
 */
export function fingerprintOf(risk: Risk): string {
  const findings = risk.evidence
    .filter((each) => each.kind === 'finding')
    .map((each) => `finding ${each.id}`);
  const assets = risk.assets.map(
    ({ resource, importance, assumed }) =>
      `asset ${resource} ${importance.low}-${importance.high} ${assumed}`,
  );
  const paths = risk.scoring.paths.map(
    (path) =>
      `path ${path.decided} ${path.steps
        .map((step) => `${step.resource}[${step.guards.map(stateShown).sort(compare).join(' ')}]`)
        .join(' > ')}`,
  );
  const limits = risk.scoring.limits.map((guard) => `limit ${stateShown(guard)}`);
  const { low, high } = risk.scoring.threat;
  const facts = [...findings, ...assets, ...paths, ...limits, `threat ${low}-${high}`];
  return stableId(risk.id, ...[...new Set(facts)].sort(compare));
}

function stateShown(guard: Guard): string {
  return `${guardKey(guard)}=${guard.state}`;
}
