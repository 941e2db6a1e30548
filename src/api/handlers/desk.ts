import type { RouteName } from '../contract.ts';
import type { DecisionDesk } from '../decisions/act.ts';
import { standingOf } from '../pages/risk-rows.ts';
import type { Asked } from './asked.ts';

/** What acting on risks needs, of a request. */
export function deskOf<Name extends RouteName>({ host }: Pick<Asked<Name>, 'host'>): DecisionDesk {
  const { store, now } = host.platform;
  return { workspace: host.workspace, store, now };
}

/** Where a risk stands after something was entered about it. */
export function standingAnswer<Name extends RouteName>({ host }: Pick<Asked<Name>, 'host'>, risk: string) {
  const { revision, decisions } = host.workspace.view();
  return { revision, standing: standingOf(decisions.get(risk)) };
}
