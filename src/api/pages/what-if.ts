import type { Guard, Risk, Scoring } from '../../model/risk.ts';
import { MODEL_NOTE } from '../../report/words.ts';
import { cutOf } from '../../risk/cut.ts';
import { pathOpenness, type Scores, scoresOf } from '../../risk/score.ts';
import type { Band, Switch, WhatIf } from '../contract.ts';
import { plainName } from '../environment/base.ts';
import type { View } from '../environment/view.ts';
import { namedPlace } from './risk-detail.ts';

/** What the risks would be if safeguards were on or off at places: the same scorer on the changed paths. */
export function whatIf(view: View, switches: readonly Switch[]): WhatIf {
  const { base } = view;
  const before = emptyCounts();
  const after = emptyCounts();
  const risks: WhatIf['risks'][number][] = [];
  for (const risk of base.assessment.risks) {
    const then = switched(risk, switches);
    before[risk.band.current] += 1;
    after[then.band.current] += 1;
    const same = risk.current.high === then.current.high && risk.current.low === then.current.low;
    const openPaths = { before: openIn(risk.scoring), after: openIn(then.scoring) };
    if (same && openPaths.before === openPaths.after) continue;
    risks.push({
      risk: risk.id,
      title: risk.title,
      factor: risk.factor,
      before: { current: risk.current, band: risk.band.current },
      after: { current: then.current, band: then.band.current },
      cut: cutOf(mostOpen(then.scoring)).map(({ safeguard, place, facet }) =>
        namedPlace(base, { id: safeguard, place, ...(facet === undefined ? {} : { facet }) }),
      ),
      openPaths,
    });
  }
  risks.sort((one, other) => changeOf(other) - changeOf(one));
  return { revision: view.revision, marking: MODEL_NOTE, risks, counts: { before, after } };
}

function changeOf({ before, after }: WhatIf['risks'][number]): number {
  return Math.abs(before.current.high - after.current.high);
}

function emptyCounts(): Record<Band, number> {
  return { low: 0, medium: 0, high: 0 };
}

/** The scores of a risk with some guards taken as on or off. */
export function switched(risk: Risk, switches: readonly Switch[]): Scores & { readonly scoring: Scoring } {
  const turn = (guard: Guard): Guard => {
    const found = switches.findLast(
      ({ safeguard, place, facet }) =>
        safeguard === guard.safeguard &&
        place === guard.place &&
        (facet === undefined || facet === guard.facet),
    );
    return found ? { ...guard, state: found.state } : guard;
  };
  const { scoring } = risk;
  const changed: Scoring = {
    ...scoring,
    limits: scoring.limits.map(turn),
    paths: scoring.paths.map((path) => ({
      ...path,
      steps: path.steps.map((step) => ({ ...step, guards: step.guards.map(turn) })),
    })),
  };
  return { ...scoresOf(changed), scoring: changed };
}

/** How many paths have neither a block nor a hinder. */
function openIn({ paths }: Scoring): number {
  return paths.filter((path) => pathOpenness(path, 'current', 'high') === 3).length;
}

function mostOpen({ paths }: Scoring) {
  return paths.toSorted(
    (one, other) => pathOpenness(other, 'current', 'high') - pathOpenness(one, 'current', 'high'),
  )[0];
}

/** The first switch that names no place at which the safeguard is known; undefined when each does. */
export function unknownSwitch({ base }: View, switches: readonly Switch[]): string | undefined {
  const wrong = switches.find(
    ({ safeguard, place }) =>
      !base.assessment.safeguards.some(
        ({ id, attachments }) => id === safeguard && attachments.some(({ resource }) => resource === place),
      ) &&
      !base.assessment.risks.some(({ scoring }) =>
        guardsOf(scoring).some((guard) => guard.safeguard === safeguard && guard.place === place),
      ),
  );
  return wrong && `${wrong.safeguard} @ ${plainName(base, wrong.place)}`;
}

function guardsOf({ paths, limits }: Scoring): readonly Guard[] {
  return [...limits, ...paths.flatMap(({ steps }) => steps.flatMap(({ guards }) => guards))];
}
