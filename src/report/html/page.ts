import type { ResourceGraph } from '../../environment/graph.ts';
import type { Place } from '../../kernel/source-file.ts';
import type { Language, Text } from '../../kernel/texts.ts';
import { STATE_WORDS, stateShape } from '../../map/index.ts';
import type { Assessment, PlacedPatch } from '../../model/assessment.ts';
import type { RiskDecision } from '../../model/decision.ts';
import type { Band, Interval } from '../../model/risk.ts';
import type { SafeguardState } from '../../model/safeguard.ts';
import { SAFEGUARDS } from '../../safeguards/registry.generated.ts';
import { decisionsByRisk } from '../decision-words.ts';
import { type Namer, namerOf } from '../names.ts';
import { patchesOf } from '../patches.ts';
import { type PathTeller, pathTeller } from '../path-line.ts';
import { showInterval } from '../score.ts';
import { showPlace } from '../show-place.ts';
import { BAND_WORDS } from '../words.ts';
import { type Content, type Html, html, trusted } from './html.ts';

/** What every section of the page is given. */
export interface Page {
  readonly assessment: Assessment;
  readonly language: Language;
  readonly name: Namer;
  say(text: Text): string;
  /** The name of a resource in the page's language. */
  nameOf(resource: string): string;
  /** A path by its main stops. */
  readonly tell: PathTeller;
  readonly graph: ResourceGraph;
  readonly patches: readonly PlacedPatch[];
  /** The number of a patch, from 1, by its safeguard and place. */
  readonly patchNumbers: ReadonlyMap<string, number>;
  /** The titles of the risks by their ids. */
  readonly titleOf: ReadonlyMap<string, Text>;
  readonly decisionOf: ReadonlyMap<string, RiskDecision>;
}

export function pageOf(assessment: Assessment, graph: ResourceGraph, language: Language): Page {
  const name = namerOf(assessment.environment);
  const patches = assessment.patches ?? patchesOf(assessment, graph, SAFEGUARDS);
  return {
    assessment,
    graph,
    language,
    name,
    patches,
    patchNumbers: new Map(patches.map(({ safeguard, place }, index) => [`${safeguard} ${place}`, index + 1])),
    titleOf: new Map(assessment.risks.map(({ id, title }) => [id, title])),
    decisionOf: decisionsByRisk(assessment.decisions),
    say: (text) => text[language],
    nameOf: (resource) => name(resource)[language],
    tell: pathTeller(assessment.environment.resources, language),
  };
}

/** A long name that may break at its humps and joints, as narrow columns need. */
export function breakable(name: string): Html {
  const pieces = name.match(/[A-Z]?[^A-Z\s\-/._:]{1,16}[-/._:]?|./gsu) ?? [];
  return html`${pieces.map((piece, index) => (index === 0 ? piece : html`<wbr>${piece}`))}`;
}

/** A numbered part of the report. */
export function section(id: string, title: string, ...content: readonly Content[]): Html {
  return html`<section id="${id}"><h2>${title}</h2>${content}</section>`;
}

/** A table whose head repeats on every printed page; the title is read out to those who do not see it. */
export function table(
  kind: string,
  heads: readonly Content[],
  rows: readonly (readonly Content[])[],
  title?: string,
): Html {
  const head = heads.map((each) => html`<th scope="col">${each}</th>`);
  const body = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`);
  return html`<div class="scroll"><table class="${kind}"${title === undefined ? undefined : html` aria-label="${title}"`}><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A band as word and shape of border, a value beside it. */
export function bandBadge(band: Band, value: Interval, page: Page): Html {
  return html`<span class="band ${band}">${page.say(BAND_WORDS[band])} ${showInterval(value)}</span>`;
}

/** The mark of a state, with the word for those who do not see it. */
export function stateMark(state: SafeguardState, page: Page): Html {
  const word = page.say(STATE_WORDS[state]);
  return html`<svg class="mark-box" viewBox="-8 -8 16 16" role="img" aria-label="${word}">${trusted(stateShape(state, 0, 0))}</svg>`;
}

/** Mark and word. */
export function stateWord(state: SafeguardState, page: Page): Html {
  return html`<span class="state">${stateMark(state, page)} ${page.say(STATE_WORDS[state])}</span>`;
}

/** `file:line:column`, small. */
export function placeNote(place: Place | undefined): Html | undefined {
  const shown = showPlace(place);
  return shown === undefined ? undefined : html`<span class="place">${shown}</span>`;
}
