import type { PlacedSafeguard, Risk } from '../../model/risk.ts';
import type { Attachment, SafeguardReport } from '../../model/safeguard.ts';
import { loweringOf } from '../../risk/cut.ts';
import { facetName } from '../../risk/facet-names.ts';
import { bandOf, guardKey, highWith } from '../../risk/score.ts';
import { SAFEGUARDS } from '../../safeguards/registry.generated.ts';
import type { Panel } from '../contract.ts';
import { type Base, plainName } from '../environment/base.ts';
import type { View } from '../environment/view.ts';
import { namedPlace } from './risk-detail.ts';
import { switched } from './what-if.ts';

/** Everything about a safeguard at a place; undefined when it does not attach there. */
export async function panel(view: View, id: string, place: string): Promise<Panel | undefined> {
  const { base } = view;
  const report = base.assessment.safeguards.find((each) => each.id === id);
  const attachment = report?.attachments.find(({ resource }) => resource === place);
  const definition = SAFEGUARDS.find((each) => each.id === id);
  if (!report || !attachment || !definition) return undefined;
  const patch = attachment.state === 'on' ? undefined : await base.desk.patch(id, place);
  return {
    revision: view.revision,
    safeguard: id,
    name: report.name,
    place: { id: place, name: plainName(base, place), type: base.typeOf(place) },
    state: attachment.state,
    because: attachment.because,
    basis: attachment.basis,
    asOf: attachment.asOf,
    ...(attachment.source && { source: attachment.source }),
    undecided: attachment.undecided ?? [],
    facets: (attachment.facets ?? []).map((facet) => ({
      id: facet.id,
      name: facetName(id, facet.id),
      state: facet.state,
      because: facet.because,
    })),
    factor: report.factor,
    effect: report.effect,
    price: report.price,
    stops: definition.stops,
    doesNotStop: definition.doesNotStop,
    ...(definition.confusedWith && { confusedWith: definition.confusedWith }),
    risks: changedRisks(base, report, attachment),
    ...(patch && { patch }),
    switchable: attachment.state !== 'not-applicable',
  };
}

/** The risks whose band it changes: by going on (with what else), or by going off where it is on. */
function changedRisks(base: Base, { id }: SafeguardReport, attachment: Attachment): Panel['risks'] {
  const { resource: place, state } = attachment;
  return base.assessment.risks.flatMap((risk) => {
    if (state === 'on') return withoutIt(risk, id, place);
    const set = (risk.lowering ?? loweringOf(risk.scoring)).find((sets) =>
      sets.some((each) => each.id === id && each.place === place),
    );
    return set ? [loweredBy(base, risk, set, id, place)] : [];
  });
}

function loweredBy(base: Base, risk: Risk, set: readonly PlacedSafeguard[], id: string, place: string) {
  const keys = new Set(set.map((each) => guardKey({ ...each, safeguard: each.id })));
  return {
    risk: risk.id,
    title: risk.title,
    from: risk.band.current,
    to: bandOf(highWith(risk.scoring, keys)),
    together: set
      .filter((each) => each.id !== id || each.place !== place)
      .map((each) => namedPlace(base, each)),
  };
}

function withoutIt(risk: Risk, safeguard: string, place: string): Panel['risks'] {
  const after = switched(risk, [{ safeguard, place, state: 'off' }]);
  if (after.band.current === risk.band.current) return [];
  return [
    { risk: risk.id, title: risk.title, from: risk.band.current, to: after.band.current, together: [] },
  ];
}
