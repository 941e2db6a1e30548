import { isDeclared, type ResourceGraph } from '../environment/graph.ts';
import { isOffAws } from '../environment/self-hosted/topology.ts';
import { placeOf } from '../kernel/source-file.ts';
import { text } from '../kernel/texts.ts';
import { bareName, firstNames } from '../model/moved.ts';
import { ACCOUNT_TYPE, type Basis, REGION_TYPE, type Resource } from '../model/resource.ts';
import type { Attachment, SafeguardReport } from '../model/safeguard.ts';
import { showUndecided, unknown } from '../model/value.ts';
import { unsure } from './presence.ts';
import type { Presence, Safeguard } from './safeguard.ts';

/**
 * The state of every safeguard at every place where it attaches. A place that exists only under an
 * undecided condition is unknown there; what a person declared decides an unknown, with that basis. A
 * safeguard that fails on a place is a defect and is reported as unknown with its name, never skipped.
 */
export function runSafeguards(
  graph: ResourceGraph,
  safeguards: readonly Safeguard[],
): readonly SafeguardReport[] {
  const off = isOffAws(graph);
  return safeguards.map((definition) => ({
    id: definition.id,
    name: (off && definition.offAws?.name) || definition.name,
    factor: definition.factor,
    effect: definition.effect,
    price: (off && definition.offAws?.price) || definition.price,
    attachments: attachmentsOf(definition, graph),
  }));
}

const judged = new WeakMap<ResourceGraph, Map<Safeguard, readonly Attachment[]>>();

/** The attachments of one safeguard over the whole graph; a graph is judged once. */
export function attachmentsOf(definition: Safeguard, graph: ResourceGraph): readonly Attachment[] {
  const known = judged.get(graph) ?? new Map<Safeguard, readonly Attachment[]>();
  judged.set(graph, known);
  const attachments = known.get(definition) ?? judge(definition, graph);
  known.set(definition, attachments);
  return attachments;
}

function judge(definition: Safeguard, graph: ResourceGraph): readonly Attachment[] {
  const { value: places, missing } = graph.record(() => graph.ofType(...definition.attachesTo));
  const attachments = places.flatMap((place) => {
    const presence = presenceAt(definition, graph, place);
    return presence ? [attachment(definition, graph, place, presence)] : [];
  });
  return attachments.length === 0 && missing.length > 0 ? [unseen(graph, missing)] : attachments;
}

/** Where no place was seen because they could not be read, the safeguard is not "not applicable" but unknown. */
function unseen(graph: ResourceGraph, missing: readonly string[]): Attachment {
  const [some = '', ...others] = missing;
  const more = others.length === 0 ? '' : `, +${others.length}`;
  return {
    resource: graph.account.id,
    state: 'unknown',
    basis: 'live',
    asOf: graph.facts.asOf,
    because: text(
      `what it would protect could not be read (${some}${more})`,
      `保護の対象になるものを読み取れませんでした(${some}${more})`,
    ),
  };
}

function presenceAt(definition: Safeguard, graph: ResourceGraph, place: Resource): Presence | undefined {
  const view = graph.viewOf(place);
  try {
    const { value, missing } = view.record(() => definition.presence(view, place));
    const presence = value && missing.length > 0 ? asFarAsRead(value, missing, place) : value;
    return presence && ifPlaceExists(place, presence);
  } catch (defect) {
    const message = defect instanceof Error ? defect.message : String(defect);
    return unsure(
      text(
        `the safeguard ${definition.id} failed on this place (a defect of Honmaru): ${message}`,
        `対策${definition.id}の判定に失敗しました(Honmaruの不具合): ${message}`,
      ),
    );
  }
}

/** A state that may rest on the absence of what could not be read is not known. */
function asFarAsRead(presence: Presence, missing: readonly string[], place: Resource): Presence {
  const { state, because } = presence;
  const seen = presence.basis !== undefined || presence.at !== undefined;
  if (state === 'unknown' || state === 'not-applicable' || (state !== 'off' && seen)) return presence;
  const types = missing.join(', ');
  return {
    ...unsure(
      text(
        `${types} could not be read; of what was read: ${because.en}`,
        `${types}を読み取れませんでした。読み取れた範囲では: ${because.ja}`,
      ),
      missing.map((type) => unknown(type, 'not-collected', place.span)),
    ),
    ...undecidedFacets(presence),
  };
}

/** Facets of a place whose state is not known are not known either. */
function undecidedFacets(presence: Presence): Pick<Presence, 'facets'> {
  if (!presence.facets) return {};
  return {
    facets: presence.facets.map((each) =>
      each.state === 'not-applicable' ? each : { ...each, state: 'unknown' as const },
    ),
  };
}

function ifPlaceExists(place: Resource, presence: Presence): Presence {
  if (place.exists.is !== 'unknown') return presence;
  if (presence.state === 'unknown' || presence.state === 'not-applicable') return presence;
  return {
    ...unsure(
      text(
        `whether ${place.name} exists is not decided; if it does: ${presence.because.en}`,
        `${place.name}が存在するかどうかが未確定です。存在する場合: ${presence.because.ja}`,
      ),
      place.exists.undecided,
    ),
    ...undecidedFacets(presence),
  };
}

function attachment(
  definition: Safeguard,
  graph: ResourceGraph,
  place: Resource,
  presence: Presence,
): Attachment {
  const declared = presence.state === 'unknown' ? declaredFor(definition, graph, place) : undefined;
  if (declared) return { resource: place.id, asOf: graph.facts.asOf, basis: 'declared', ...declared };
  const span = presence.at?.span ?? place.span;
  return {
    resource: place.id,
    state: presence.state,
    basis: presence.basis ?? basisAt(graph, place),
    asOf: graph.facts.asOf,
    because: presence.because,
    ...(presence.facets ? { facets: presence.facets } : {}),
    ...(span.file.path ? { source: placeOf(span) } : {}),
    ...undecidedOf(presence),
  };
}

function declaredFor(
  definition: Safeguard,
  graph: ResourceGraph,
  place: Resource,
): Pick<Attachment, 'state' | 'because'> | undefined {
  const { safeguards = [], moved } = graph.facts.declaration;
  const first = firstNames(moved)(place.id);
  const names = [undefined, place.id, place.name, first, bareName(first)];
  const declared = safeguards.find(
    (each) => each.safeguard === definition.id && names.includes(each.resource),
  );
  if (!declared) return undefined;
  const says = declared.says ? `: ${declared.says}` : '';
  return {
    state: declared.state,
    because: text(`declared in honmaru.yaml${says}`, `honmaru.yamlで宣言されています${says}`),
  };
}

/** What would decide an unknown; a value that is merely not written names nothing. */
function undecidedOf(presence: Presence): Pick<Attachment, 'undecided'> {
  const shown = (presence.undecided ?? []).filter((value) => value.kind !== 'absent').map(showUndecided);
  return shown.length > 0 ? { undecided: [...new Set(shown)] } : {};
}

/** What is said of the account or region without a provider rests on what was read as a whole. */
function basisAt(graph: ResourceGraph, place: Resource): Basis {
  return place.type === ACCOUNT_TYPE || place.type === REGION_TYPE ? graph.memo(basisOfReading) : place.basis;
}

function basisOfReading(graph: ResourceGraph): Basis {
  return graph.resources.find(isDeclared)?.basis ?? 'declared';
}
