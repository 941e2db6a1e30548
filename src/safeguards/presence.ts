import { joinTexts, type Text, text } from '../kernel/texts.ts';
import { type Answer, all } from '../model/answer.ts';
import type { Basis, Resource } from '../model/resource.ts';
import type { SafeguardState } from '../model/safeguard.ts';
import type { Value } from '../model/value.ts';
import type { FacetName, Presence } from './safeguard.ts';

/** What is said in each of the three cases of an answer. */
export interface StateTexts {
  readonly on: Text;
  readonly off: Text;
  readonly unknown: Text;
}

export function on(because: Text, at?: Value): Presence {
  return state('on', because, at);
}

export function partial(because: Text, at?: Value): Presence {
  return state('partial', because, at);
}

export function off(because: Text, at?: Value): Presence {
  return state('off', because, at);
}

/** Unknown, naming the values that would decide it. */
export function unsure(because: Text, values: readonly Value[] = []): Presence {
  const at = values[0];
  return {
    state: 'unknown',
    because,
    ...(values.length > 0 ? { undecided: values } : {}),
    ...(at ? { at } : {}),
  };
}

/** The safeguard cannot attach here, or has nothing to protect here. */
export function notApplicable(because: Text, at?: Value): Presence {
  return state('not-applicable', because, at);
}

function state(which: SafeguardState, because: Text, at: Value | undefined): Presence {
  return at ? { state: which, because, at } : { state: which, because };
}

/** Yes is on, no is off, unknown names what would decide it. */
export function presenceOf(question: Answer, texts: StateTexts, at?: Value): Presence {
  if (question.is === 'yes') return on(texts.on, at);
  if (question.is === 'no') return off(texts.off, at);
  return unsure(texts.unknown, question.undecided);
}

/** An answer that counts only if the resource that gives it exists. */
export function ifExists(provider: Resource, question: Answer): Answer {
  return all([provider.exists, question]);
}

/** A presence whose facts another resource gives: that resource's basis, and unknown where it may not exist. */
export function providedBy(provider: Resource, presence: Presence): Presence {
  const based = { ...presence, basis: provider.basis };
  if (provider.exists.is !== 'unknown') return based;
  if (presence.state === 'unknown' || presence.state === 'not-applicable') return based;
  return {
    ...unsure(
      text(
        `${provider.name} exists only under a condition that is not decided`,
        `${provider.name}は未確定の条件のもとでのみ存在します`,
      ),
      provider.exists.undecided,
    ),
    ...(presence.facets
      ? { facets: presence.facets.map((each) => ({ ...each, state: 'unknown' as const })) }
      : {}),
    basis: provider.basis,
  };
}

/** A facet with its own presence, before they are rolled up into one state. */
export interface FacetPresence {
  readonly facet: FacetName;
  readonly presence: Presence;
  /** A facet that is only told: it does not count for the state as a whole. */
  readonly informative?: boolean;
}

/**
 * One state from several facets: on or off where all agree, partial where some are on and some are
 * not, unknown where an undecided facet leaves that open. Facets that do not apply do not count.
 */
export function rollUp(facets: readonly FacetPresence[]): Presence {
  const counting = facets.filter(
    ({ presence, informative }) => !informative && presence.state !== 'not-applicable',
  );
  const which = combinedState(counting.map(({ presence }) => presence.state));
  const deciding = counting.find(({ presence }) => presence.state === which) ?? counting[0];
  const shown = counting.length > 0 ? counting : facets;
  const undecided = counting.flatMap(({ presence }) => presence.undecided ?? []);
  const at = deciding?.presence.at;
  const basis = facets
    .map(({ presence }) => presence.basis)
    .find((each): each is Basis => each !== undefined);
  return {
    state: which,
    because: joinTexts(shown.map(explained), { en: '; ', ja: '。' }),
    facets: facets.map(({ facet, presence }) => ({
      id: facet.id,
      state: presence.state,
      because: presence.because,
    })),
    ...(at ? { at } : {}),
    ...(basis ? { basis } : {}),
    ...(which === 'unknown' && undecided.length > 0 ? { undecided } : {}),
  };
}

function combinedState(states: readonly SafeguardState[]): SafeguardState {
  if (states.length === 0) return 'not-applicable';
  const seen = new Set(states);
  if (seen.size === 1) return states[0] ?? 'not-applicable';
  const good = seen.has('on') || seen.has('partial');
  const bad = seen.has('off') || seen.has('partial');
  if (good && bad) return 'partial';
  return 'unknown';
}

function explained({ facet, presence }: FacetPresence): Text {
  return text(
    `${facet.name.en}: ${presence.because.en}`,
    `${facet.name.ja}: ${presence.because.ja.replace(/。$/, '')}`,
  );
}

/** The strongest of several presences at one place: the first that is on, else partial, unknown, off. */
export function strongest(presences: readonly Presence[]): Presence | undefined {
  for (const wanted of ['on', 'partial', 'unknown', 'off'] as const) {
    const found = presences.find((each) => each.state === wanted);
    if (found) return found;
  }
  return presences[0];
}

/**
 * One state from several facets that all must hold: as weak as the weakest of them. Off where one is
 * off, else unknown where one is unknown, else partial where one is partial.
 */
export function chain(facets: readonly FacetPresence[]): Presence {
  const rolled = rollUp(facets);
  const counting = facets.filter(
    ({ presence, informative }) => !informative && presence.state !== 'not-applicable',
  );
  for (const state of ['off', 'unknown', 'partial'] as const) {
    const weak = counting.filter(({ presence }) => presence.state === state);
    const [first] = weak;
    if (!first) continue;
    const { facets: shown, basis } = rolled;
    return {
      ...first.presence,
      because: joinTexts(weak.map(explained), { en: '; ', ja: '。' }),
      ...(shown ? { facets: shown } : {}),
      ...(basis ? { basis } : {}),
    };
  }
  return rolled;
}
